//! Whom forms name: object ids, or names to look up.

use std::collections::BTreeMap;

use m365::graph::Graph;
use uuid::Uuid;

use super::answers::Person;

/// Looks each name up once, however many rows give it.
pub(super) struct People<'a> {
    graph: &'a Graph,
    known: BTreeMap<String, Uuid>,
}

impl<'a> People<'a> {
    pub(super) fn of(graph: &'a Graph) -> Self {
        Self {
            graph,
            known: BTreeMap::new(),
        }
    }

    /// Nobody of that name: an id that nobody has says so in the planner's words.
    pub(super) async fn id(&mut self, person: Person) -> Result<Uuid, m365::Error> {
        let upn = match person {
            Person::Known(id) => return Ok(id),
            Person::Named(upn) => upn,
        };
        if let Some(id) = self.known.get(&upn) {
            return Ok(*id);
        }
        let found = self.graph.user(&upn).await?;
        let id = found.map_or(Uuid::nil(), |user| user.id);
        self.known.insert(upn, id);
        Ok(id)
    }
}
