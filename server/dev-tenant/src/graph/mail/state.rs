//! Mailboxes: what lies where.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::messages::Messages;
use crate::directory::ObjectId;
use crate::graph::model::Entity;

/// All messages of the tenant, oldest first, and what people set.
#[derive(Debug, Default, Serialize)]
pub struct Mailboxes {
    pub messages: Messages,
    /// What people deleted for good: the purges folder of the dumpster (Microsoft Graph, "message: permanentDelete").
    pub purges: Vec<Message>,
    pub automatic_replies: BTreeMap<ObjectId, AutomaticReplies>,
}

impl Mailboxes {
    pub(crate) fn place_of(&self, owner: ObjectId, id: &str) -> Option<usize> {
        let mut messages = self.messages.iter();
        messages.rposition(|message| message.owner == owner && message.is(id))
    }

    /// The message, moved to the purges.
    pub(crate) fn purge(&mut self, owner: ObjectId, id: &str) -> Option<&Message> {
        let mut message = self.messages.remove(self.place_of(owner, id)?);
        message.moves += 1;
        message.folder = Folder::Purges;
        self.purges.push(message);
        self.purges.last()
    }
}

/// Graph's `automaticRepliesSetting`, as its owner wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AutomaticReplies {
    pub status: Status,
    pub start: Zoned,
    pub end: Zoned,
    pub internal_message: String,
    pub external_message: String,
}

/// Graph's `dateTimeTimeZone`, without fractions of seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Zoned {
    pub date_time: String,
    /// A name of IANA or of Windows.
    pub time_zone: String,
}

/// Graph's `automaticRepliesStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Status {
    Disabled,
    AlwaysEnabled,
    Scheduled,
}

impl Status {
    const ALL: [Self; 3] = [Self::Disabled, Self::AlwaysEnabled, Self::Scheduled];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::AlwaysEnabled => "alwaysEnabled",
            Self::Scheduled => "scheduled",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|status| status.word().eq_ignore_ascii_case(word))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Folder {
    Inbox,
    Drafts,
    SentItems,
    /// The dumpster's: Graph documents no well-known name for it ("mailFolder resource type").
    Purges,
}

impl Folder {
    /// Well-known folder names of Graph.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "inbox" => Some(Self::Inbox),
            "drafts" => Some(Self::Drafts),
            "sentitems" => Some(Self::SentItems),
            _ => None,
        }
    }
}

/// A `singleValueLegacyExtendedProperty`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExtendedProperty {
    pub id: String,
    pub value: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Message {
    pub key: Uuid,
    /// How often the message changed folders: ordinary ids change with it, immutable ids do not.
    pub moves: u32,
    pub owner: ObjectId,
    pub folder: Folder,
    /// Properties of Graph's `message` that its author wrote.
    pub content: Entity,
    pub extended: Vec<ExtendedProperty>,
    pub internet_message_id: String,
    pub created: Timestamp,
    pub sent: Option<Timestamp>,
}

impl Message {
    pub(crate) fn id(&self, immutable: bool) -> String {
        let head = if immutable {
            [1; 4]
        } else {
            self.moves.wrapping_add(1 << 24).to_be_bytes()
        };
        let kind: &[u8] = if immutable { b"I" } else { b"M" };
        URL_SAFE_NO_PAD.encode([kind, &head, self.key.as_bytes()].concat())
    }

    pub(crate) fn is(&self, id: &str) -> bool {
        self.id(true) == id || self.id(false) == id
    }
}
