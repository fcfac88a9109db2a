//! A team: its settings, its people, its picture, and whether it is archived.

mod people;
mod picture;
mod settings;

use m365::Result;
use m365::graph::{Graph, Picture, Team, UnifiedGroup};
use serde_json::{Value, json};
use uuid::Uuid;

use super::group::{find, gone};
use super::{Next, StepOutcome, carry_out, image_of};
use crate::Failure;
use crate::group::{GroupKey, TeamStep};
use people::{Come, Go, Role};
use picture::SetPicture;
use settings::{SetArchived, UpdateTeam};

/// Carries out the steps that Teams carries out.
pub(super) struct OfTeam<'a> {
    pub(super) graph: &'a Graph,
    pub(super) group: &'a GroupKey,
    /// What a step that sets a picture sets.
    pub(super) picture: Option<&'a Picture>,
}

impl<'a> OfTeam<'a> {
    pub(super) async fn before(&self, step: &'a TeamStep) -> Result<Option<Value>> {
        let (graph, group) = (self.graph, self.group);
        match step {
            TeamStep::UpdateTeam(change) => image_of(graph, &UpdateTeam { group, change }).await,
            TeamStep::AddTeamMembers { people } => image_of(graph, &self.come(Role::Member, people)).await,
            TeamStep::AddTeamOwners { people } => image_of(graph, &self.come(Role::Owner, people)).await,
            TeamStep::RemoveTeamOwners { people } => image_of(graph, &self.go(Role::Owner, people)).await,
            TeamStep::RemoveTeamMembers { people } => image_of(graph, &self.go(Role::Member, people)).await,
            TeamStep::SetTeamPicture(_) => self.picture().before(graph).await,
            TeamStep::ArchiveTeam {} => image_of(graph, &self.archived(true)).await,
            TeamStep::UnarchiveTeam {} => image_of(graph, &self.archived(false)).await,
        }
    }

    pub(super) async fn run(&self, step: &'a TeamStep) -> Result<StepOutcome> {
        let (graph, group) = (self.graph, self.group);
        match step {
            TeamStep::UpdateTeam(change) => carry_out(graph, &UpdateTeam { group, change }).await,
            TeamStep::AddTeamMembers { people } => carry_out(graph, &self.come(Role::Member, people)).await,
            TeamStep::AddTeamOwners { people } => carry_out(graph, &self.come(Role::Owner, people)).await,
            TeamStep::RemoveTeamOwners { people } => carry_out(graph, &self.go(Role::Owner, people)).await,
            TeamStep::RemoveTeamMembers { people } => carry_out(graph, &self.go(Role::Member, people)).await,
            TeamStep::SetTeamPicture(_) => self.picture().run(graph).await,
            TeamStep::ArchiveTeam {} => carry_out(graph, &self.archived(true)).await,
            TeamStep::UnarchiveTeam {} => carry_out(graph, &self.archived(false)).await,
        }
    }

    fn come(&self, role: Role, people: &'a crate::group::People) -> Come<'a> {
        let group = self.group;
        Come { group, role, people }
    }

    fn go(&self, role: Role, people: &'a crate::group::People) -> Go<'a> {
        let group = self.group;
        Go { group, role, people }
    }

    fn archived(&self, archived: bool) -> SetArchived<'a> {
        let group = self.group;
        SetArchived { group, archived }
    }

    fn picture(&self) -> SetPicture<'a> {
        let (group, picture) = (self.group, self.picture);
        SetPicture { group, picture }
    }
}

/// A group, and the team that it is.
struct Found {
    group: Option<UnifiedGroup>,
    team: Option<Team>,
}

impl Found {
    async fn read(graph: &Graph, key: &GroupKey) -> Result<Self> {
        let group = find(graph, key).await?;
        let team = match &group {
            Some(found) if found.is_team() => graph.team(found.group.id).await?,
            _ => None,
        };
        Ok(Self { group, team })
    }

    /// The team, or why there is none.
    fn team<Change>(&self, key: &GroupKey) -> std::result::Result<&Team, Next<Change>> {
        match (&self.group, &self.team) {
            (None, _) => Err(gone(key)),
            (Some(group), _) if !group.is_team() => Err(Next::Refuse(Failure::NotTeam)),
            // Teams does not show yet what the directory does.
            (Some(_), None) => Err(Next::Wait),
            (Some(_), Some(team)) => Ok(team),
        }
    }

    fn id(&self) -> Option<Uuid> {
        self.group.as_ref().map(|found| found.group.id)
    }

    fn receipt(&self) -> Value {
        json!({ "group": self.id() })
    }
}
