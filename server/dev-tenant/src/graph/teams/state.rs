//! A team is what a Microsoft 365 group bears; its roster is the group's.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// Before this moment it is not there yet.
    pub ready_from: Timestamp,
    pub is_archived: bool,
    /// What it will be after an operation under way, and when.
    pub archiving: Option<(bool, Timestamp)>,
    /// `memberSettings`, `guestSettings`, `messagingSettings`, `funSettings`, as far as they were set.
    pub settings: Map<String, Value>,
}

impl Team {
    pub(super) fn new(ready_from: Timestamp, settings: Map<String, Value>) -> Self {
        Self {
            ready_from,
            is_archived: false,
            archiving: None,
            settings,
        }
    }

    pub(super) fn is_archived(&self, now: Timestamp) -> bool {
        match self.archiving {
            Some((becomes, at)) if at <= now => becomes,
            _ => self.is_archived,
        }
    }
}

/// A `teamsAsyncOperation`; its status is a matter of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    pub id: Uuid,
    pub kind: OperationKind,
    pub begun: Timestamp,
    pub due: Timestamp,
    pub fails: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OperationKind {
    CreateTeam,
    TeamifyGroup,
    ArchiveTeam,
    UnarchiveTeam,
}

impl Operation {
    /// A value of `teamsAsyncOperationStatus`.
    pub(super) fn status(&self, now: Timestamp) -> &'static str {
        let quarter = SignedDuration::from_millis(
            i64::try_from(self.due.duration_since(self.begun).as_millis() / 4).unwrap_or_default(),
        );
        match now {
            now if now >= self.due && self.fails => "failed",
            now if now >= self.due => "succeeded",
            now if now.duration_since(self.begun) < quarter => "notStarted",
            _ => "inProgress",
        }
    }
}

/// A picture of a group and of its team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub content_type: String,
    pub size: usize,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}
