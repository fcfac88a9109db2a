//! What the Set-cmdlets have in common: names, addresses, who may send on behalf, and plain settings.

use serde_json::{Map, Value};

use super::{names, send_on_behalf};
use crate::addresses;
use crate::directory::ObjectId;
use crate::exchange::addressing;
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::recipient::{self, Kind, Recipient};
use crate::exchange::state::Settings;
use crate::world::Tenant;

/// Parameters that are kept as they come.
const PLAIN: [&str; 12] = [
    "MailTip",
    "MemberJoinRestriction",
    "MemberDepartRestriction",
    "RequireSenderAuthenticationEnabled",
    "AcceptMessagesOnlyFrom",
    "AcceptMessagesOnlyFromDLMembers",
    "AcceptMessagesOnlyFromSendersOrMembers",
    "MessageCopyForSentAsEnabled",
    "MessageCopyForSendOnBehalfEnabled",
    "ForwardingSmtpAddress",
    "DeliverToMailboxAndForward",
    "BccBlocked",
];
const EXTENSION: &str = "onPremisesExtensionAttributes";

/// A recipient that may be changed here, not in the company's own directory.
pub(super) fn target<'t>(
    invocation: &Invocation,
    tenant: &'t Tenant,
    wanted: fn(Kind) -> bool,
) -> Result<Recipient<'t>, Fault> {
    let found = recipient::find(tenant, invocation.now, invocation.identity(), wanted)?;
    if found.is_synced() {
        return Err(Fault::synced(found.name(), invocation.cmdlet.name));
    }
    Ok(found)
}

/// All that a Set-cmdlet can change of a recipient.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Face {
    pub(super) display_name: String,
    pub(super) properties: Map<String, Value>,
    pub(super) settings: Settings,
}

impl Face {
    pub(super) fn of(found: &Recipient) -> Self {
        Self {
            display_name: found.display_name.to_owned(),
            properties: found.properties.clone(),
            settings: found.settings.clone(),
        }
    }
}

/// The face after the parameters that all Set-cmdlets share. `own_domain`: addresses must be of the company.
pub(super) fn changed(
    invocation: &Invocation,
    tenant: &Tenant,
    found: &Recipient,
    own_domain: bool,
) -> Result<Face, Fault> {
    let mut face = Face::of(found);
    if let Some(name) = invocation.text("DisplayName") {
        name.clone_into(&mut face.display_name);
    }
    rename(invocation, tenant, found, &mut face)?;
    if let Some(all) = addressing::asked(invocation, found.properties)?.filter(|_| own_domain) {
        addressing::check(invocation, tenant, Some(found.id), &all)?;
        face.properties.insert("proxyAddresses".to_owned(), all.into());
        if let Some(first) = addresses::primary(&face.properties) {
            face.properties.insert("mail".to_owned(), first.into());
        }
    }
    if let Some(hidden) = invocation.flag("HiddenFromAddressListsEnabled") {
        face.settings.hidden = hidden;
    }
    send_on_behalf::change(invocation, tenant, &mut face.settings)?;
    for name in PLAIN {
        match invocation.value(name) {
            Some(Value::Null) => drop(face.settings.others.remove(name)),
            Some(value) => drop(face.settings.others.insert(name.to_owned(), value.clone())),
            None => {}
        }
    }
    extension_attributes(invocation, &mut face.properties);
    Ok(face)
}

fn rename(invocation: &Invocation, tenant: &Tenant, found: &Recipient, face: &mut Face) -> Result<(), Fault> {
    let name = invocation
        .text("Name")
        .filter(|name| !name.eq_ignore_ascii_case(found.name()));
    let alias = invocation
        .text("Alias")
        .filter(|alias| !alias.eq_ignore_ascii_case(found.alias()));
    if let Some(name) = name {
        names::check_free(invocation, tenant, name, "")?;
        face.settings.name = Some(name.to_owned());
    }
    if let Some(alias) = alias {
        let mut known = recipient::all(tenant, invocation.now).into_iter();
        if known.any(|other| other.id != found.id && other.alias().eq_ignore_ascii_case(alias)) {
            return Err(Fault::exists(alias));
        }
        // The name stays what it was, though it was born as the alias.
        face.settings.name.get_or_insert_with(|| found.name().to_owned());
        face.properties.insert("mailNickname".to_owned(), alias.into());
    }
    Ok(())
}

/// CustomAttribute1 to 15 are the directory's extension attributes.
fn extension_attributes(invocation: &Invocation, properties: &mut Map<String, Value>) {
    for number in 1..=15 {
        let Some(value) = invocation.value(&format!("CustomAttribute{number}")) else {
            continue;
        };
        let all = properties
            .entry(EXTENSION)
            .or_insert_with(|| Value::Object(Map::new()));
        if let Some(all) = all.as_object_mut() {
            let empty = value.as_str().is_none_or(str::is_empty);
            let value = if empty { Value::Null } else { value.clone() };
            all.insert(format!("extensionAttribute{number}"), value);
        }
    }
}

/// Puts the new face on, with a warning when it is the old one.
pub(super) fn put(
    invocation: &Invocation,
    tenant: &mut Tenant,
    id: ObjectId,
    before: &Face,
    after: Face,
) -> Outcome {
    if *before == after {
        return Ok(Done::warned(unchanged(invocation.identity())));
    }
    let renamed = before.display_name != after.display_name || before.properties != after.properties;
    if before.settings != after.settings {
        *tenant.exchange.settings(id) = after.settings;
    }
    let directory = &mut tenant.directory;
    let what = if let Some(user) = directory.users.get_mut(&id) {
        (user.display_name, user.properties) = (after.display_name, after.properties);
        "mailbox"
    } else if let Some(group) = directory.groups.get_mut(&id) {
        (group.display_name, group.properties) = (after.display_name, after.properties);
        "group"
    } else if let Some(contact) = directory.contacts.get_mut(&id) {
        (contact.display_name, contact.properties) = (after.display_name, after.properties);
        "contact"
    } else {
        return Err(Fault::not_found(invocation.identity()));
    };
    if renamed && what == "mailbox" {
        directory.rename(id, invocation.now);
    }
    invocation.record(tenant, format!("exchange:update:{what}:{}", id.0));
    Ok(Done::default())
}

pub(super) fn unchanged(identity: &str) -> String {
    format!("The command completed successfully but no settings of '{identity}' have been modified.")
}
