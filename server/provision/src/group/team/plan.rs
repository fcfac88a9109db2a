//! From what is wished of a team to steps. Pure.

use std::collections::BTreeMap;

use forms::{Code, Issue};
use serde_json::{Map, Value, json};

use super::{TeamNow, TeamStep, TeamWish};
use crate::Change;
use crate::group::{GroupChange, GroupNow, GroupStep};

/// An owner is in the team, and whoever leaves the team owns it no more.
pub(in crate::group) fn asked(wish: &GroupChange, now: &GroupNow) -> GroupChange {
    let mut asked = wish.clone();
    if wish.team.is_some() {
        asked.members.add.extend(wish.owners.add.clone());
        let leaving = wish.members.remove.iter();
        let owning = leaving.filter(|(id, _)| now.owners.contains(id) && !wish.owners.add.contains_key(id));
        asked
            .owners
            .remove
            .extend(owning.map(|(id, name)| (*id, name.clone())));
    }
    asked
}

/// The steps of a change in the order in which a team takes them: an archived one is opened first, members come before
/// they own anything, and owners go before they leave.
pub(in crate::group) fn in_teams(
    wish: &GroupChange,
    now: &TeamNow,
    of_group: Vec<GroupStep>,
) -> Result<Vec<GroupStep>, Issue> {
    let Some(team) = &wish.team else {
        return Ok(of_group);
    };
    let mut steps: Vec<GroupStep> = of_group.into_iter().map(through_teams).collect();
    steps.extend(settings(team, now).map(TeamStep::UpdateTeam).map(GroupStep::Team));
    let picture = team.picture.clone().map(TeamStep::SetTeamPicture);
    steps.extend(picture.map(GroupStep::Team));
    let stays_archived = now.archived && team.archived != Some(false);
    if stays_archived && steps.iter().any(is_frozen) {
        return Err(Issue::new(Code::TeamArchived, &wish.fields.group));
    }
    steps.extend(match (now.archived, team.archived) {
        (true, Some(false)) => Some(GroupStep::Team(TeamStep::UnarchiveTeam {})),
        (false, Some(true)) => Some(GroupStep::Team(TeamStep::ArchiveTeam {})),
        _ => None,
    });
    steps.sort_by_key(place);
    Ok(steps)
}

fn through_teams(step: GroupStep) -> GroupStep {
    match step {
        GroupStep::AddOwners { people } => GroupStep::Team(TeamStep::AddTeamOwners { people }),
        GroupStep::RemoveOwners { people } => GroupStep::Team(TeamStep::RemoveTeamOwners { people }),
        GroupStep::AddMembers { people } => GroupStep::Team(TeamStep::AddTeamMembers { people }),
        GroupStep::RemoveMembers { people } => GroupStep::Team(TeamStep::RemoveTeamMembers { people }),
        step => step,
    }
}

/// Nobody changes an archived team, but for its people ("Archive team").
fn is_frozen(step: &GroupStep) -> bool {
    let team = match step {
        GroupStep::UpdateGroup(_) => return true,
        GroupStep::Team(team) => team,
        _ => return false,
    };
    matches!(team, TeamStep::UpdateTeam(_) | TeamStep::SetTeamPicture(_))
}

fn place(step: &GroupStep) -> u8 {
    let GroupStep::Team(step) = step else {
        return if matches!(step, GroupStep::DeleteGroup { .. }) {
            9
        } else {
            1
        };
    };
    match step {
        TeamStep::UnarchiveTeam {} => 0,
        TeamStep::UpdateTeam(_) => 2,
        TeamStep::AddTeamMembers { .. } => 3,
        TeamStep::AddTeamOwners { .. } => 4,
        TeamStep::RemoveTeamOwners { .. } => 5,
        TeamStep::RemoveTeamMembers { .. } => 6,
        TeamStep::SetTeamPicture(_) => 7,
        TeamStep::ArchiveTeam {} => 8,
    }
}

/// The settings that are otherwise than wished.
fn settings(wish: &TeamWish, now: &TeamNow) -> Option<Change> {
    let mut change = Change {
        from: Map::new(),
        to: Map::new(),
    };
    let mut parts: BTreeMap<&str, [Map<String, Value>; 2]> = BTreeMap::new();
    for (&(part, name), &allowed) in &wish.settings {
        let is = now.settings.get(part).and_then(|part| part.get(name));
        if is != Some(&json!(allowed)) {
            let [from, to] = parts.entry(part).or_default();
            from.insert(name.to_owned(), is.cloned().unwrap_or_default());
            to.insert(name.to_owned(), json!(allowed));
        }
    }
    for (part, [from, to]) in parts {
        change.from.insert(part.to_owned(), Value::Object(from));
        change.to.insert(part.to_owned(), Value::Object(to));
    }
    (!change.to.is_empty()).then_some(change)
}
