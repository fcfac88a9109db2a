//! What Exchange knows beyond the directory: kinds of mailboxes, who may act for whom, how recipients behave.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};

use super::authorization::Authorization;
use crate::directory::{AppId, ObjectId};

#[derive(Debug, Default, Serialize)]
pub struct Exchange {
    /// Mailboxes that are more than what a licence brings.
    pub mailboxes: BTreeMap<ObjectId, Mailbox>,
    pub settings: BTreeMap<ObjectId, Settings>,
    pub authorization: Authorization,
    /// Calls of each app in its present window.
    #[serde(skip)]
    pub(super) calls: BTreeMap<AppId, (Timestamp, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mailbox {
    pub kind: MailboxKind,
    pub ready_from: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum MailboxKind {
    Regular,
    Shared,
    Room,
    Equipment,
}

impl MailboxKind {
    /// A value of the parameter `Type` of Set-Mailbox.
    pub(super) fn named(word: &str) -> Option<Self> {
        [Self::Regular, Self::Shared, Self::Room, Self::Equipment]
            .into_iter()
            .find(|kind| word.eq_ignore_ascii_case(&format!("{kind:?}")))
    }

    /// `RecipientTypeDetails`.
    pub(super) fn details(self) -> &'static str {
        match self {
            Self::Regular => "UserMailbox",
            Self::Shared => "SharedMailbox",
            Self::Room => "RoomMailbox",
            Self::Equipment => "EquipmentMailbox",
        }
    }
}

/// What was set of one recipient.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Settings {
    /// The name in the directory of Exchange, unique and apart from the display name.
    pub name: Option<String>,
    /// Known from then on, where Exchange made it; else it follows the directory.
    pub seen_from: Option<Timestamp>,
    pub hidden: bool,
    /// Who opens the mailbox, and whether Outlook mounts it by itself.
    pub full_access: BTreeMap<ObjectId, bool>,
    pub send_as: BTreeSet<ObjectId>,
    pub send_on_behalf: BTreeSet<ObjectId>,
    /// Parameters that change nothing but themselves.
    pub others: Map<String, Value>,
}

impl Exchange {
    pub(super) fn settings(&mut self, id: ObjectId) -> &mut Settings {
        self.settings.entry(id).or_default()
    }
}

/// So many seconds after `moment`.
pub(crate) fn after(moment: Timestamp, seconds: u32) -> Timestamp {
    let lag = SignedDuration::from_secs(i64::from(seconds));
    moment.saturating_add(lag).unwrap_or(Timestamp::MAX)
}
