//! Mailing lists, which Exchange writes: distribution lists and mail-enabled security groups. What shall be done to
//! one, step by step.

mod inverse;
mod look;
mod plan;
mod preview;
mod wish;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::plan::{Change, StepId};
use crate::recipient::{Recipients, forget_names};

pub(crate) use inverse::back;
pub use look::{look_at_list, look_for_list};
pub(crate) use look::{members, owners};
pub use plan::{plan_list, plan_list_change};
pub(crate) use preview::step as step_words;
pub use wish::{ListChange, ListFields, ListNow, ListView, ListWish};

/// What shall be done to one mailing list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPlan {
    pub list: ListKey,
    pub steps: Vec<ListStep>,
}

/// How the list is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListKey {
    /// What people read; it may change.
    pub display_name: String,
    pub address: String,
    #[serde(default, skip_serializing_if = "ListKind::is_security")]
    pub kind: ListKind,
    #[serde(flatten)]
    pub identity: ListIdentity,
}

/// Which list answers to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum ListIdentity {
    /// One that an application of ours makes under a name that no two objects of Exchange share and nobody reads.
    Ours {
        unique_name: String,
        /// Exchange's own id, once it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Uuid>,
    },
    /// One that was there before, by Exchange's own id.
    Standing { id: Uuid },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListKind {
    /// Mail alone.
    Distribution,
    /// Mail and rights.
    #[default]
    Security,
}

impl ListKind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    fn is_security(&self) -> bool {
        *self == Self::Security
    }

    /// As people call it, in Japanese and in English.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Distribution => ("配布グループ", "Distribution list"),
            Self::Security => ("メーリングリスト", "Mailing list"),
        }
    }
}

/// One change of the tenant. Each says under which condition it may be done and what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ListStep {
    /// Condition: nobody else holds the address. Before: no list.
    CreateList(NewList),
    /// Condition: the list is there, as it was approved. Before: what its properties were.
    UpdateList(Change),
    /// Before: who of them was an owner, and whether nobody was.
    AddOwners { people: Recipients },
    /// Condition: another owner stays. Before: who of them was an owner.
    RemoveOwners { people: Recipients },
    /// Before: who of them was a member.
    AddMembers { people: Recipients },
    /// Before: who of them was a member.
    RemoveMembers { people: Recipients },
    /// Before: the list. Nothing brings it back.
    DeleteList {},
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewList {
    pub kind: ListKind,
    pub display_name: String,
    /// The part of the address before the `@`.
    pub alias: String,
    /// Whether people outside may write to it.
    pub open_to_outside: bool,
    /// Exchange makes no list without an owner.
    pub owners: Recipients,
}

impl ListKey {
    /// The object, if it was there before.
    pub fn standing(&self) -> Option<Uuid> {
        match self.identity {
            ListIdentity::Ours { .. } => None,
            ListIdentity::Standing { id } => Some(id),
        }
    }

    /// The object, if it is known which.
    pub fn id(&self) -> Option<Uuid> {
        match self.identity {
            ListIdentity::Ours { id, .. } => id,
            ListIdentity::Standing { id } => Some(id),
        }
    }

    /// The same, once the object is known.
    #[must_use]
    pub(crate) fn known_as(mut self, known: Option<Uuid>) -> Self {
        if let ListIdentity::Ours { id, .. } = &mut self.identity {
            *id = id.or(known);
        }
        self
    }
}

impl ListStep {
    pub fn id(&self) -> StepId {
        StepId::new(match self {
            Self::CreateList(_) => "create-list",
            Self::UpdateList(_) => "update-list",
            Self::AddOwners { .. } => "add-owners",
            Self::RemoveOwners { .. } => "remove-owners",
            Self::AddMembers { .. } => "add-members",
            Self::RemoveMembers { .. } => "remove-members",
            Self::DeleteList {} => "delete-list",
        })
    }

    /// The same without names that people have and change.
    pub(crate) fn deed(&self) -> Self {
        let mut deed = self.clone();
        let people = match &mut deed {
            Self::CreateList(new) => Some(&mut new.owners),
            Self::AddOwners { people }
            | Self::RemoveOwners { people }
            | Self::AddMembers { people }
            | Self::RemoveMembers { people } => Some(people),
            Self::UpdateList(_) | Self::DeleteList {} => None,
        };
        people.into_iter().for_each(forget_names);
        deed
    }
}
