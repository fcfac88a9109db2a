//! The cmdlets that the tenant models, with the parameters that the reference names (graph-exchange-api.md 4.2).

mod authorization;
mod change;
mod contacts;
mod domains;
mod group_members;
mod groups;
mod mailbox_permissions;
mod mailboxes;
mod names;
mod recipient_permissions;
mod recipients;
mod send_on_behalf;
mod table;

pub(super) use table::CMDLETS;

use super::fault::Fault;
use super::invocation::{Invocation, Outcome};
use super::parameter::Parameter;

pub(super) struct Cmdlet {
    pub(super) name: &'static str,
    pub(super) parameters: &'static [Parameter],
    pub(super) run: fn(&Invocation) -> Outcome,
    pub(super) lists: Listing,
    /// It makes a mailbox or a group.
    pub(super) creates: bool,
    /// It asks whether it is meant.
    pub(super) asks: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    No,
    /// `Identity` names the one object to show.
    Objects,
    /// `Identity` names an object whose parts are shown.
    Parts,
}

/// Never for apps (Exchange Online PowerShell, "App-only authentication").
const NOT_FOR_APPS: [&str; 4] = [
    "New-UnifiedGroup",
    "Remove-UnifiedGroup",
    "Add-UnifiedGroupLinks",
    "Remove-UnifiedGroupLinks",
];
/// Verbs of cmdlets that may well exist, though not here.
const VERBS: [&str; 12] = [
    "Add", "Disable", "Enable", "Get", "New", "Remove", "Restore", "Search", "Set", "Start", "Test", "Update",
];

pub(super) fn named(name: &str) -> Result<&'static Cmdlet, Fault> {
    let same = |known: &str| known.eq_ignore_ascii_case(name);
    if let Some(found) = CMDLETS.iter().find(|cmdlet| same(cmdlet.name)) {
        return Ok(found);
    }
    let verb = name.split_once('-').map_or("", |(verb, _)| verb);
    let may_exist = VERBS.iter().any(|known| known.eq_ignore_ascii_case(verb));
    if NOT_FOR_APPS.into_iter().any(same) || !may_exist {
        return Err(Fault::Forbidden);
    }
    Err(Fault::NotModelled(format!("the cmdlet {name}")))
}
