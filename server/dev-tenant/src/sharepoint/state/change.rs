//! The change log.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::ids::{ItemId, ListId};

/// `SP.ChangeType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ChangeType {
    Add = 1,
    Update = 2,
    Delete = 3,
    Rename = 4,
    MoveAway = 5,
    MoveInto = 6,
    Restore = 7,
    RoleAdd = 8,
    RoleDelete = 9,
    RoleUpdate = 10,
    AssignmentAdd = 11,
    AssignmentDelete = 12,
    MemberAdd = 13,
    MemberDelete = 14,
    SystemUpdate = 15,
    ScopeAdd = 17,
    ScopeDelete = 18,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Changed {
    Item {
        list: ListId,
        item: ItemId,
        unique_id: Uuid,
    },
    List {
        list: ListId,
    },
    Field {
        list: ListId,
        field: Uuid,
    },
    View {
        list: ListId,
        view: Uuid,
    },
    Web,
    Group {
        id: u32,
    },
}

impl Changed {
    pub fn list(&self) -> Option<ListId> {
        match self {
            Self::Item { list, .. }
            | Self::List { list }
            | Self::Field { list, .. }
            | Self::View { list, .. } => Some(*list),
            Self::Web | Self::Group { .. } => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Grows over all sites of the tenant ("content database"), so gaps within a list are normal.
    pub event: i64,
    pub at: Timestamp,
    pub change_type: ChangeType,
    pub changed: Changed,
}
