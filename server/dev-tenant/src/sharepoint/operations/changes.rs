//! Reading the change log, trimmed to what the caller may see.

use jiff::{SignedDuration, Timestamp};

use super::fault::{Fault, SP_EXCEPTION};
use super::session::Session;
use crate::sharepoint::state::change::{Change, ChangeType, Changed};
use crate::sharepoint::state::ids::ListId;

/// How long changes are kept (Microsoft: `SPList.GetChanges`).
pub const KEPT: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Changes in one answer when nobody says otherwise (Microsoft's JSOM).
const DEFAULT_LIMIT: usize = 1_000;

/// Ticks (100 ns) from 0001-01-01 to the Unix epoch, as .NET counts time.
const TICKS_AT_EPOCH: i128 = 621_355_968_000_000_000;

/// `version;scope;scopeId;ticks;event`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeToken {
    pub ticks: i128,
    /// -1 = purely by time.
    pub event: i64,
}

impl ChangeToken {
    pub fn at(at: Timestamp, event: i64) -> Self {
        Self {
            ticks: TICKS_AT_EPOCH + at.as_nanosecond() / 100,
            event,
        }
    }

    /// # Errors
    /// 400 for text that is no change token.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let parts: Vec<&str> = text.split(';').collect();
        let wrong = || Fault::argument(format!("The changeToken '{text}' is not valid."));
        let [_, _, _, ticks, event] = parts[..] else {
            return Err(wrong());
        };
        Ok(Self {
            ticks: ticks.parse().map_err(|_| wrong())?,
            event: event.parse().map_err(|_| wrong())?,
        })
    }

    /// Scope 1 is a site, 2 a web, 3 a list; `id` is that object's.
    pub fn write(self, scope: u8, id: uuid::Uuid) -> String {
        format!("1;{scope};{id};{};{}", self.ticks, self.event)
    }
}

#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the members of SP.ChangeQuery")]
pub struct ChangeQuery {
    pub list: Option<ListId>,
    pub item: bool,
    pub list_changes: bool,
    pub field: bool,
    pub view: bool,
    pub web: bool,
    pub group: bool,
    pub types: Vec<ChangeType>,
    pub start: Option<ChangeToken>,
    pub end: Option<ChangeToken>,
    pub limit: Option<usize>,
    pub latest_first: bool,
    pub ignore_old_start: bool,
    pub require_security_trim: bool,
}

/// The changes that fit a query, as far as the caller may see what changed.
///
/// # Errors
/// A start token older than the log.
pub fn changes<'a>(session: &'a Session<'_>, query: &ChangeQuery) -> Result<Vec<&'a Change>, Fault> {
    let oldest = ChangeToken::at(session.at.saturating_sub(KEPT).unwrap_or(Timestamp::MIN), -1);
    if !query.ignore_old_start && query.start.is_some_and(|start| start.ticks < oldest.ticks) {
        return Err(Fault::new(
            500,
            -2_146_232_832,
            SP_EXCEPTION,
            "The changeToken refers to a time before the start of the current change log.",
        ));
    }
    let exclusive = session.tenant.switches.change_token_exclusive;
    let first = query.start.map_or(0, |start| start.event.max(0));
    let since = session.site().changes.from(query.list, first);
    let found = since
        .filter(|change| ChangeToken::at(change.at, -1).ticks >= oldest.ticks)
        .filter(|change| query.start.is_none_or(|start| is_after(change, start, exclusive)))
        .filter(|change| query.end.is_none_or(|end| !is_after(change, end, true)))
        .filter(|change| query.wants(change) && is_shown(session, query, change));
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    Ok(if query.latest_first {
        found.rev().take(limit).collect()
    } else {
        found.take(limit).collect()
    })
}

/// Trimmed to what the caller may read; by the switch only where the query asks for it.
fn is_shown(session: &Session<'_>, query: &ChangeQuery, change: &Change) -> bool {
    let bare = session.tenant.switches.changes_untrimmed && !query.require_security_trim;
    bare || is_visible(session, change)
}

fn is_after(change: &Change, token: ChangeToken, exclusive: bool) -> bool {
    if token.event < 0 {
        return ChangeToken::at(change.at, -1).ticks >= token.ticks;
    }
    if exclusive {
        change.event > token.event
    } else {
        change.event >= token.event
    }
}

impl ChangeQuery {
    fn wants(&self, change: &Change) -> bool {
        let object = match change.changed {
            Changed::Item { .. } => self.item,
            Changed::List { .. } => self.list_changes,
            Changed::Field { .. } => self.field,
            Changed::View { .. } => self.view,
            Changed::Web => self.web,
            Changed::Group { .. } => self.group,
        };
        let here = self.list.is_none() || change.changed.list() == self.list;
        object && here && self.types.contains(&change.change_type)
    }
}

/// What is gone shows only to those who could read every item of the list; what is there, to its readers.
fn is_visible(session: &Session<'_>, change: &Change) -> bool {
    let Changed::Item { list, item, .. } = change.changed else {
        return change
            .changed
            .list()
            .is_none_or(|list| session.list(list).is_ok());
    };
    let Ok(found) = session.list(list) else {
        return false;
    };
    match found.items.get(&item) {
        Some(item) => session.may_read(found, item),
        None => session.reads_all(found),
    }
}

/// Members of SP.ChangeQuery for objects of which no change is kept here.
const UNKEPT: [&str; 10] = [
    "Activity",
    "Alert",
    "AppConsentPrincipal",
    "ContentType",
    "File",
    "Folder",
    "Navigation",
    "SecurityPolicy",
    "Site",
    "User",
];

/// # Errors
/// 501 for a query that asks for changes of which none is kept: it would seem that there are none.
pub fn are_kept(set: impl Fn(&str) -> bool) -> Result<(), Fault> {
    match UNKEPT.into_iter().find(|object| set(object)) {
        Some(object) => Err(Fault::not_modelled(&format!("changes of {object}"))),
        None => Ok(()),
    }
}

/// The change types behind the members of SP.ChangeQuery that are `set`. A new or given up scope is a change of
/// assignments.
pub fn asked_types(set: impl Fn(&str) -> bool) -> Vec<ChangeType> {
    const TYPES: [(&str, &[ChangeType]); 14] = [
        ("Add", &[ChangeType::Add]),
        ("Update", &[ChangeType::Update]),
        ("DeleteObject", &[ChangeType::Delete]),
        ("Restore", &[ChangeType::Restore]),
        ("Rename", &[ChangeType::Rename]),
        ("Move", &[ChangeType::MoveAway, ChangeType::MoveInto]),
        ("SystemUpdate", &[ChangeType::SystemUpdate]),
        (
            "RoleAssignmentAdd",
            &[ChangeType::AssignmentAdd, ChangeType::ScopeAdd],
        ),
        (
            "RoleAssignmentDelete",
            &[ChangeType::AssignmentDelete, ChangeType::ScopeDelete],
        ),
        ("GroupMembershipAdd", &[ChangeType::MemberAdd]),
        ("GroupMembershipDelete", &[ChangeType::MemberDelete]),
        ("RoleDefinitionAdd", &[ChangeType::RoleAdd]),
        ("RoleDefinitionDelete", &[ChangeType::RoleDelete]),
        ("RoleDefinitionUpdate", &[ChangeType::RoleUpdate]),
    ];
    let asked = TYPES.iter().filter(|(name, _)| set(name));
    asked.flat_map(|(_, types)| types.iter().copied()).collect()
}
