//! A Microsoft 365 group that becomes a team. It has its owners already, so that no account of ours is ever one.

use m365::Result;
use m365::graph::{Graph, TeamSettings, UnifiedGroup};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{find, gone, id};
use crate::connect::{Connector, Next};
use crate::group::GroupKey;

pub(super) struct MakeTeam<'a> {
    pub(super) group: &'a GroupKey,
}

impl Connector for MakeTeam<'_> {
    type Have = Option<UnifiedGroup>;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Self::Have> {
        find(graph, self.group).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Uuid> {
        match have {
            None => gone(self.group),
            Some(found) if found.is_team() => Next::Nothing,
            Some(found) => Next::Write(found.group.id),
        }
    }

    /// Teams is at it for a while: the group says when it is one. Asked again meanwhile, it says that it is one already.
    async fn apply(&self, graph: &Graph, group: Uuid) -> Result<()> {
        let operation = graph.create_team(group, &TeamSettings::default()).await?;
        drop(operation);
        Ok(())
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        let found = have.as_ref()?;
        Some(json!({ "group": found.group.id, "team": found.is_team() }))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        json!({ "group": id(have.as_ref()), "team": true })
    }
}
