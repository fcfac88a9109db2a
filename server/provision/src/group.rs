//! Groups that Graph writes, security groups and those of Microsoft 365: what shall be done to one, step by step.

mod inverse;
mod look;
mod plan;
mod preview;
mod team;
mod wish;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::plan::{Change, StepId};

pub(crate) use inverse::back;
pub(crate) use look::{Holders, any_enabled, holders};
pub use look::{look_at_group, look_for_group};
pub(crate) use plan::{orphan, turnover};
pub use plan::{plan_group, plan_group_change};
pub(crate) use preview::step as step_words;
pub use team::{TeamNow, TeamPicture, TeamStep, TeamWish};
pub use wish::{
    GroupChange, GroupChangeFields, GroupFields, GroupNow, GroupPeople, GroupWish, NameView, PeopleTurnover,
};

/// What shall be done to one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPlan {
    pub group: GroupKey,
    pub steps: Vec<GroupStep>,
}

/// How the group is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupKey {
    /// What people read; it may change.
    pub display_name: String,
    #[serde(flatten)]
    pub identity: GroupIdentity,
}

/// Which group answers to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum GroupIdentity {
    /// One that an application of ours makes under its unique name, which never changes.
    Ours {
        unique_name: String,
        /// Once it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Uuid>,
    },
    /// One that was there before.
    Standing { id: Uuid },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GroupKind {
    Security,
    Microsoft365,
}

/// Who sees what is in a Microsoft 365 group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Visibility {
    Public,
    Private,
}

impl Visibility {
    /// Graph's word for it.
    pub(crate) fn graph(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Private => "Private",
        }
    }
}

/// People by object id, with their names.
pub type People = BTreeMap<Uuid, String>;

/// One change of the tenant. Each says under which condition it may be done and what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GroupStep {
    /// Condition: nobody else holds the name. Before: no group.
    CreateGroup(NewGroup),
    /// Condition: the group is there, as it was approved. Before: what its properties were.
    UpdateGroup(Change),
    /// Before: all owners there were.
    AddOwners { people: People },
    /// Condition: another owner stays. Before: all owners there were.
    RemoveOwners { people: People },
    /// Before: who of them was a member.
    AddMembers { people: People },
    /// Before: who of them was a member.
    RemoveMembers { people: People },
    /// Condition: it is a Microsoft 365 group with an owner. Before: whether it was a team. A team goes with its group.
    MakeTeam {},
    /// Before: the group.
    DeleteGroup { kind: GroupKind },
    /// Condition: it lies in the recycle bin.
    RestoreGroup { kind: GroupKind },
    #[serde(untagged)]
    Team(TeamStep),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewGroup {
    pub kind: GroupKind,
    pub display_name: String,
    pub mail_nickname: String,
    /// The mail nickname in the tenant's domain: nobody else may hold it.
    pub address: String,
    pub description: String,
    /// Of a Microsoft 365 group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}

impl GroupKey {
    /// The group that an application makes.
    pub fn ours(display_name: impl Into<String>, application: &str) -> Self {
        Self {
            display_name: display_name.into(),
            identity: GroupIdentity::Ours {
                unique_name: unique_name(application),
                id: None,
            },
        }
    }

    /// A group that was there before.
    pub fn of_standing(display_name: impl Into<String>, id: Uuid) -> Self {
        Self {
            display_name: display_name.into(),
            identity: GroupIdentity::Standing { id },
        }
    }

    /// The object, if it was there before.
    pub fn standing(&self) -> Option<Uuid> {
        match self.identity {
            GroupIdentity::Ours { .. } => None,
            GroupIdentity::Standing { id } => Some(id),
        }
    }

    /// The object, if it is known which.
    pub fn id(&self) -> Option<Uuid> {
        match self.identity {
            GroupIdentity::Ours { id, .. } => id,
            GroupIdentity::Standing { id } => Some(id),
        }
    }

    /// The same, once the object is known.
    #[must_use]
    pub(crate) fn known_as(mut self, known: Option<Uuid>) -> Self {
        if let GroupIdentity::Ours { id, .. } = &mut self.identity {
            *id = id.or(known);
        }
        self
    }
}

/// The key of the group that an application makes: one group in the tenant has it.
pub(crate) fn unique_name(application: &str) -> String {
    format!("provisioning-flow-{application}")
}

impl GroupStep {
    pub fn id(&self) -> StepId {
        StepId::new(match self {
            Self::CreateGroup(_) => "create-group",
            Self::UpdateGroup(_) => "update-group",
            Self::AddOwners { .. } => "add-owners",
            Self::RemoveOwners { .. } => "remove-owners",
            Self::AddMembers { .. } => "add-members",
            Self::RemoveMembers { .. } => "remove-members",
            Self::MakeTeam {} => "make-team",
            Self::DeleteGroup { .. } => "delete-group",
            Self::RestoreGroup { .. } => "restore-group",
            Self::Team(step) => step.name(),
        })
    }

    /// The same without names that people have and change.
    pub(crate) fn deed(&self) -> Self {
        let mut deed = self.clone();
        if let Self::AddOwners { people }
        | Self::RemoveOwners { people }
        | Self::AddMembers { people }
        | Self::RemoveMembers { people } = &mut deed
        {
            people.values_mut().for_each(String::clear);
        }
        if let Self::Team(step) = &mut deed
            && let Some(people) = step.people_mut()
        {
            people.values_mut().for_each(String::clear);
        }
        deed
    }
}

impl GroupPlan {
    /// The names that nobody else may take meanwhile: that of a group to be, or a new one of a group that is there.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            GroupStep::CreateGroup(new) => Some(new.display_name.as_str()),
            GroupStep::UpdateGroup(change) => change.to.get("displayName")?.as_str(),
            _ => None,
        })
    }

    /// The group that it makes.
    pub fn new_group(&self) -> Option<&NewGroup> {
        self.steps.iter().find_map(|step| match step {
            GroupStep::CreateGroup(new) => Some(new),
            _ => None,
        })
    }
}
