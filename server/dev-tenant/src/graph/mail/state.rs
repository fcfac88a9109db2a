//! Mailboxes: what lies where.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::directory::ObjectId;
use crate::graph::model::Entity;

/// All messages of the tenant, oldest first.
#[derive(Debug, Default, Serialize)]
pub struct Mailboxes {
    pub messages: Vec<Message>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Folder {
    Inbox,
    Drafts,
    SentItems,
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
