//! What leads back to how a team was. Pure.

use serde_json::Value;

use super::TeamStep;
use crate::group::inverse::{listed, others, those};
use crate::inverse::changed;

/// The way back from one step; none where it changed nothing, or nothing leads back.
pub(in crate::group) fn back(step: &TeamStep, before: &Value) -> Option<TeamStep> {
    match step {
        TeamStep::UpdateTeam(change) => match before["settings"].as_object() {
            Some(was) => changed(&change.to, was),
            None => changed(&change.to, &change.from),
        }
        .map(TeamStep::UpdateTeam),
        // A team keeps an owner: the first ones stay.
        TeamStep::AddTeamOwners { .. } if listed(before, "owners").is_empty() => None,
        TeamStep::AddTeamOwners { people } => {
            others(people, &listed(before, "owners")).map(|people| TeamStep::RemoveTeamOwners { people })
        }
        TeamStep::RemoveTeamOwners { people } => {
            those(people, &listed(before, "owners")).map(|people| TeamStep::AddTeamOwners { people })
        }
        TeamStep::AddTeamMembers { people } => {
            others(people, &listed(before, "members")).map(|people| TeamStep::RemoveTeamMembers { people })
        }
        TeamStep::RemoveTeamMembers { people } => {
            those(people, &listed(before, "members")).map(|people| TeamStep::AddTeamMembers { people })
        }
        // Graph shows no picture that could be kept.
        TeamStep::SetTeamPicture(_) => None,
        TeamStep::ArchiveTeam {} => (before["archived"] == false).then_some(TeamStep::UnarchiveTeam {}),
        TeamStep::UnarchiveTeam {} => (before["archived"] == true).then_some(TeamStep::ArchiveTeam {}),
    }
}
