//! Groups that are teams: what Teams shows of them, and what it alone changes.

mod inverse;
mod plan;
mod preview;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::People;
use crate::plan::Change;

pub(super) use inverse::back;
pub(super) use plan::{asked, in_teams};
pub(super) use preview::words;

/// One change that Teams carries out. Condition of all: the group is a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TeamStep {
    /// Condition: the settings are as they were approved. Before: what they were.
    UpdateTeam(Change),
    /// Before: who of them was in the team.
    AddTeamMembers { people: People },
    /// Before: all owners there were. An owner is in the team, too.
    AddTeamOwners { people: People },
    /// Condition: another owner stays. Before: all owners there were. They stay in the team.
    RemoveTeamOwners { people: People },
    /// Before: who of them was in the team.
    RemoveTeamMembers { people: People },
    /// Before: whether there was one. Graph does not tell which.
    SetTeamPicture(TeamPicture),
    /// Before: whether it was archived.
    ArchiveTeam {},
    /// Before: whether it was archived.
    UnarchiveTeam {},
}

/// A picture among the files of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamPicture {
    pub file: String,
    /// SHA-256 in hexadecimal digits.
    pub hash: String,
}

/// What shall become of a team beside its name, description, visibility and people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamWish {
    /// Part and member of the settings, by Graph's names, to whether it is allowed.
    pub settings: BTreeMap<(&'static str, &'static str), bool>,
    pub archived: Option<bool>,
    pub picture: Option<TeamPicture>,
}

/// What Teams says about a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamNow {
    /// As Graph's JSON has them, part by part.
    pub settings: Map<String, Value>,
    pub archived: bool,
}

impl TeamStep {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::UpdateTeam(_) => "update-team",
            Self::AddTeamMembers { .. } => "add-members",
            Self::AddTeamOwners { .. } => "add-owners",
            Self::RemoveTeamOwners { .. } => "remove-owners",
            Self::RemoveTeamMembers { .. } => "remove-members",
            Self::SetTeamPicture(_) => "set-picture",
            Self::ArchiveTeam {} => "archive-team",
            Self::UnarchiveTeam {} => "unarchive-team",
        }
    }

    /// The people who come or go.
    pub fn people(&self) -> Option<&People> {
        match self {
            Self::AddTeamMembers { people }
            | Self::AddTeamOwners { people }
            | Self::RemoveTeamOwners { people }
            | Self::RemoveTeamMembers { people } => Some(people),
            Self::UpdateTeam(_) | Self::SetTeamPicture(_) | Self::ArchiveTeam {} | Self::UnarchiveTeam {} => {
                None
            }
        }
    }

    pub(super) fn people_mut(&mut self) -> Option<&mut People> {
        match self {
            Self::AddTeamMembers { people }
            | Self::AddTeamOwners { people }
            | Self::RemoveTeamOwners { people }
            | Self::RemoveTeamMembers { people } => Some(people),
            Self::UpdateTeam(_) | Self::SetTeamPicture(_) | Self::ArchiveTeam {} | Self::UnarchiveTeam {} => {
                None
            }
        }
    }
}
