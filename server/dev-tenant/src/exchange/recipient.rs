//! Everything that mail can be sent to, as Exchange sees it now, and how an `Identity` finds one of them.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::fault::Fault;
use super::state::{MailboxKind, Settings, after};
use crate::addresses::{primary, proxies, smtp};
use crate::directory::{Group, ObjectId, User};
use crate::graph::{brings_mailbox, has_type};
use crate::world::Tenant;

static NOTHING_SET: LazyLock<Settings> = LazyLock::new(Settings::default);
/// Exchange has ids of its own beside those of the directory.
const GUID_MASK: u128 = 0x4558_4348_414e_4745_0000_0000_0000_0001;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Mailbox(MailboxKind),
    DistributionList,
    SecurityGroup,
    Microsoft365Group,
    Contact,
}

impl Kind {
    pub(super) fn details(self) -> &'static str {
        match self {
            Self::Mailbox(kind) => kind.details(),
            Self::DistributionList => "MailUniversalDistributionGroup",
            Self::SecurityGroup => "MailUniversalSecurityGroup",
            Self::Microsoft365Group => "GroupMailbox",
            Self::Contact => "MailContact",
        }
    }

    pub(super) fn recipient_type(self) -> &'static str {
        match self {
            Self::Mailbox(_) => "UserMailbox",
            Self::Microsoft365Group => "MailUniversalDistributionGroup",
            other => other.details(),
        }
    }

    pub(super) fn is_mailbox(self) -> bool {
        matches!(self, Self::Mailbox(_))
    }

    pub(super) fn is_group(self) -> bool {
        matches!(self, Self::DistributionList | Self::SecurityGroup)
    }

    pub(super) fn is_contact(self) -> bool {
        self == Self::Contact
    }

    /// Who can own groups and hold rights on mailboxes: plain security groups of the directory cannot.
    pub(super) fn acts(self) -> bool {
        self.is_mailbox() || self == Self::SecurityGroup
    }
}

/// Every kind will do.
pub(super) fn any(_: Kind) -> bool {
    true
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Recipient<'t> {
    pub(super) id: ObjectId,
    pub(super) kind: Kind,
    pub(super) display_name: &'t str,
    pub(super) principal_name: Option<&'t str>,
    pub(super) properties: &'t Map<String, Value>,
    pub(super) settings: &'t Settings,
    pub(super) created: Timestamp,
}

impl<'t> Recipient<'t> {
    pub(super) fn guid(&self) -> Uuid {
        Uuid::from_u128(self.id.0.as_u128() ^ GUID_MASK)
    }

    pub(super) fn text(&self, property: &str) -> Option<&'t str> {
        self.properties.get(property).and_then(Value::as_str)
    }

    pub(super) fn alias(&self) -> &'t str {
        self.text("mailNickname").unwrap_or_default()
    }

    pub(super) fn name(&self) -> &'t str {
        self.settings.name.as_deref().unwrap_or_else(|| self.alias())
    }

    pub(super) fn primary(&self) -> String {
        primary(self.properties).unwrap_or_default()
    }

    /// Mastered in the company's own directory.
    pub(super) fn is_synced(&self) -> bool {
        self.properties.get("onPremisesSyncEnabled") == Some(&Value::Bool(true))
    }

    /// The name by which permissions show it.
    pub(super) fn shown_name(&self) -> &'t str {
        self.principal_name.unwrap_or_else(|| self.name())
    }

    fn answers_to(&self, identity: &str) -> bool {
        if let Ok(id) = Uuid::try_parse(identity) {
            return id == self.id.0 || id == self.guid();
        }
        let same = |own: &str| !own.is_empty() && own.eq_ignore_ascii_case(identity);
        let mut held = proxies(self.properties).into_iter();
        same(self.name())
            || same(self.alias())
            || self.principal_name.is_some_and(same)
            || held.any(|proxy| smtp(&proxy).is_some_and(same))
    }
}

/// What Exchange knows by `now`.
pub(super) fn all(tenant: &Tenant, now: Timestamp) -> Vec<Recipient<'_>> {
    let users = tenant.directory.users.values();
    let groups = tenant.directory.groups.values();
    let contacts = tenant.directory.contacts.values().map(|contact| Recipient {
        id: contact.id,
        kind: Kind::Contact,
        display_name: &contact.display_name,
        principal_name: None,
        properties: &contact.properties,
        settings: settings(tenant, contact.id),
        created: contact.created,
    });
    users
        .filter_map(|user| of_user(tenant, now, user))
        .chain(groups.filter_map(|group| of_group(tenant, group)))
        .chain(contacts)
        .filter(|found| knows(tenant, now, found))
        .collect()
}

fn settings(tenant: &Tenant, id: ObjectId) -> &Settings {
    tenant.exchange.settings.get(&id).unwrap_or(&NOTHING_SET)
}

fn knows(tenant: &Tenant, now: Timestamp, found: &Recipient) -> bool {
    let lag = tenant.switches.exchange.sees_directory_seconds;
    let follows = || after(found.created, lag);
    found.settings.seen_from.unwrap_or_else(follows) <= now
}

fn of_user<'t>(tenant: &'t Tenant, now: Timestamp, user: &'t User) -> Option<Recipient<'t>> {
    let kind = mailbox_kind(tenant, now, user)?;
    user.deleted.is_none().then(|| Recipient {
        id: user.id,
        kind: Kind::Mailbox(kind),
        display_name: &user.display_name,
        principal_name: Some(&user.user_principal_name),
        properties: &user.properties,
        settings: settings(tenant, user.id),
        created: user.created,
    })
}

/// The mailbox that Exchange was told to make, or else the one of his licence.
pub(super) fn mailbox_kind(tenant: &Tenant, now: Timestamp, user: &User) -> Option<MailboxKind> {
    if let Some(made) = tenant.exchange.mailboxes.get(&user.id) {
        return (made.ready_from <= now).then_some(made.kind);
    }
    let licensed = brings_mailbox(&tenant.directory, user);
    (licensed && ready(tenant, user) <= now).then_some(MailboxKind::Regular)
}

fn ready(tenant: &Tenant, user: &User) -> Timestamp {
    let licensed = tenant.directory.licensed.get(&user.id);
    let delay = tenant.switches.exchange.mailbox_delay_seconds;
    licensed.map_or(user.created, |licensed| after(*licensed, delay))
}

/// Whether a licensed person's mailbox is still being made.
pub(crate) fn mailbox_is_due(tenant: &Tenant, now: Timestamp, user: &User) -> bool {
    let is_made = tenant.exchange.mailboxes.contains_key(&user.id);
    !is_made && brings_mailbox(&tenant.directory, user) && ready(tenant, user) > now
}

fn of_group<'t>(tenant: &'t Tenant, group: &'t Group) -> Option<Recipient<'t>> {
    let flag = |name: &str| group.properties.get(name) == Some(&Value::Bool(true));
    let kind = match (
        flag("mailEnabled"),
        has_type(group, "Unified"),
        flag("securityEnabled"),
    ) {
        (false, ..) => return None,
        (_, true, _) => Kind::Microsoft365Group,
        (_, _, true) => Kind::SecurityGroup,
        (_, _, false) => Kind::DistributionList,
    };
    group.deleted.is_none().then(|| Recipient {
        id: group.id,
        kind,
        display_name: &group.display_name,
        principal_name: None,
        properties: &group.properties,
        settings: settings(tenant, group.id),
        created: group.created,
    })
}

/// The only recipient of a wanted kind that answers to `identity`.
pub(super) fn find<'t>(
    tenant: &'t Tenant,
    now: Timestamp,
    identity: &str,
    wanted: fn(Kind) -> bool,
) -> Result<Recipient<'t>, Fault> {
    let known = all(tenant, now);
    let mut found = known
        .into_iter()
        .filter(|known| wanted(known.kind) && known.answers_to(identity));
    let first = found.next().ok_or_else(|| Fault::not_found(identity))?;
    match found.next() {
        Some(_) => Err(Fault::ambiguous(identity)),
        None => Ok(first),
    }
}

/// The recipient with this id, whatever Exchange has replicated so far.
pub(super) fn by_id(tenant: &Tenant, now: Timestamp, id: ObjectId) -> Option<Recipient<'_>> {
    all(tenant, now).into_iter().find(|known| known.id == id)
}
