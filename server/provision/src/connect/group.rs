//! A group: found by its key, made, changed, deleted and restored.

mod life;
mod people;
mod team;

use m365::Result;
use m365::graph::{Graph, Picture, UnifiedGroup};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::team::OfTeam;
use super::{Next, StepOutcome, carry_out, image_of};
use crate::Failure;
use crate::group::{GroupIdentity, GroupKey, GroupStep};
use life::{CreateGroup, DeleteGroup, RestoreGroup, UpdateGroup};
use people::{AddPeople, RemovePeople, Role};
use team::MakeTeam;

/// Carries out the steps that are about one group.
pub(super) struct OfGroup<'a> {
    pub(super) graph: &'a Graph,
    pub(super) group: &'a GroupKey,
    /// What a step sets that sets a picture.
    pub(super) picture: Option<&'a Picture>,
}

impl<'a> OfGroup<'a> {
    pub(super) async fn before(&self, step: &'a GroupStep) -> Result<Option<Value>> {
        let (graph, group) = (self.graph, self.group);
        match step {
            GroupStep::CreateGroup(new) => image_of(graph, &CreateGroup { group, new }).await,
            GroupStep::UpdateGroup(change) => image_of(graph, &UpdateGroup { group, change }).await,
            GroupStep::AddOwners { people } => image_of(graph, &self.add(Role::Owner, people)).await,
            GroupStep::AddMembers { people } => image_of(graph, &self.add(Role::Member, people)).await,
            GroupStep::RemoveOwners { people } => image_of(graph, &self.remove(Role::Owner, people)).await,
            GroupStep::RemoveMembers { people } => image_of(graph, &self.remove(Role::Member, people)).await,
            GroupStep::MakeTeam {} => image_of(graph, &MakeTeam { group }).await,
            GroupStep::DeleteGroup { .. } => image_of(graph, &DeleteGroup { group }).await,
            GroupStep::RestoreGroup { .. } => image_of(graph, &RestoreGroup { group }).await,
            GroupStep::Team(step) => self.of_team().before(step).await,
        }
    }

    pub(super) async fn run(&self, step: &'a GroupStep) -> Result<StepOutcome> {
        let (graph, group) = (self.graph, self.group);
        match step {
            GroupStep::CreateGroup(new) => carry_out(graph, &CreateGroup { group, new }).await,
            GroupStep::UpdateGroup(change) => carry_out(graph, &UpdateGroup { group, change }).await,
            GroupStep::AddOwners { people } => carry_out(graph, &self.add(Role::Owner, people)).await,
            GroupStep::AddMembers { people } => carry_out(graph, &self.add(Role::Member, people)).await,
            GroupStep::RemoveOwners { people } => carry_out(graph, &self.remove(Role::Owner, people)).await,
            GroupStep::RemoveMembers { people } => carry_out(graph, &self.remove(Role::Member, people)).await,
            GroupStep::MakeTeam {} => carry_out(graph, &MakeTeam { group }).await,
            GroupStep::DeleteGroup { .. } => carry_out(graph, &DeleteGroup { group }).await,
            GroupStep::RestoreGroup { .. } => carry_out(graph, &RestoreGroup { group }).await,
            GroupStep::Team(step) => self.of_team().run(step).await,
        }
    }

    fn of_team(&self) -> OfTeam<'a> {
        OfTeam {
            graph: self.graph,
            group: self.group,
            picture: self.picture,
        }
    }

    fn add(&self, role: Role, people: &'a crate::group::People) -> AddPeople<'a> {
        let group = self.group;
        AddPeople { group, role, people }
    }

    fn remove(&self, role: Role, people: &'a crate::group::People) -> RemovePeople<'a> {
        let group = self.group;
        RemovePeople { group, role, people }
    }
}

/// The group that answers to a key.
pub(super) async fn find(graph: &Graph, key: &GroupKey) -> Result<Option<UnifiedGroup>> {
    match &key.identity {
        GroupIdentity::Standing { id } | GroupIdentity::Ours { id: Some(id), .. } => {
            graph.unified_group(*id).await
        }
        GroupIdentity::Ours { unique_name, .. } => graph.unified_group_by_unique_name(unique_name).await,
    }
}

/// For steps that give: a group of ours may not be visible yet, one that was there is gone.
pub(super) fn gone<Change>(key: &GroupKey) -> Next<Change> {
    match key.standing() {
        None => Next::Wait,
        Some(_) => Next::Refuse(Failure::UnknownGroup),
    }
}

/// A group's properties, as Graph's JSON has them.
fn shown(found: &UnifiedGroup) -> Map<String, Value> {
    let group = &found.group;
    let shown = json!({
        "id": group.id, "displayName": group.display_name, "mailNickname": group.mail_nickname,
        "description": group.description, "visibility": found.visibility,
    });
    shown.as_object().cloned().unwrap_or_default()
}

fn id(found: Option<&UnifiedGroup>) -> Option<Uuid> {
    found.map(|found| found.group.id)
}
