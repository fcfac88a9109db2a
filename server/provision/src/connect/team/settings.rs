//! What people may do in a team, and whether it is archived.

use m365::Result;
use m365::graph::{Graph, TeamSettings};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Found;
use crate::Change;
use crate::connect::{Connector, Next, as_approved};
use crate::group::GroupKey;

pub(super) struct UpdateTeam<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) change: &'a Change,
}

impl UpdateTeam<'_> {
    /// Of what Teams shows those settings that the step sets.
    fn named(&self, have: &Found) -> Map<String, Value> {
        let shown = have.team.as_ref().map(|team| &team.settings);
        let shown = serde_json::to_value(shown).unwrap_or_default();
        let mut named = Map::new();
        for (part, members) in &self.change.to {
            let members = members.as_object().into_iter().flat_map(Map::keys);
            let value = |name: &String| (name.clone(), shown[part][name].clone());
            named.insert(part.clone(), Value::Object(members.map(value).collect()));
        }
        named
    }
}

impl Connector for UpdateTeam<'_> {
    type Have = Found;
    type Change = (Uuid, Map<String, Value>);

    async fn find(&self, graph: &Graph) -> Result<Found> {
        Found::read(graph, self.group).await
    }

    fn compare(&self, have: &Found) -> Next<Self::Change> {
        let team = match have.team(self.group) {
            Ok(team) => team,
            Err(next) => return next,
        };
        match as_approved(self.change, &self.named(have)) {
            Err(failure) => Next::Refuse(failure),
            Ok(open) if open.is_empty() => Next::Nothing,
            Ok(open) => Next::Write((team.id, open)),
        }
    }

    async fn apply(&self, graph: &Graph, (team, open): Self::Change) -> Result<()> {
        graph.update_team(team, &TeamSettings::read(&open)?).await
    }

    fn image(&self, have: &Found) -> Option<Value> {
        let team = have.team.as_ref()?.id;
        Some(json!({ "group": team, "settings": self.named(have) }))
    }

    fn receipt(&self, have: &Found) -> Value {
        have.receipt()
    }
}

pub(super) struct SetArchived<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) archived: bool,
}

impl Connector for SetArchived<'_> {
    type Have = Found;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Found> {
        Found::read(graph, self.group).await
    }

    fn compare(&self, have: &Found) -> Next<Uuid> {
        match have.team(self.group) {
            Err(next) => next,
            Ok(team) if (team.is_archived == Some(true)) == self.archived => Next::Nothing,
            Ok(team) => Next::Write(team.id),
        }
    }

    /// Teams is at it for a while: the team says when it is done.
    async fn apply(&self, graph: &Graph, team: Uuid) -> Result<()> {
        let operation = if self.archived {
            graph.archive_team(team).await?
        } else {
            graph.unarchive_team(team).await?
        };
        drop(operation);
        Ok(())
    }

    fn image(&self, have: &Found) -> Option<Value> {
        let team = have.team.as_ref()?;
        Some(json!({ "group": team.id, "archived": team.is_archived == Some(true) }))
    }

    fn receipt(&self, have: &Found) -> Value {
        have.receipt()
    }
}
