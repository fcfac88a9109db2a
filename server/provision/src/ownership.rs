//! Whether anybody who may sign in answers for what stands in the tenant: by the rule by which changes are refused and
//! adoptions are taken.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::exchange::{Exchange, Identity};
use m365::graph::{Graph, Group};
use uuid::Uuid;

use crate::list;
use crate::look::find_person;

/// What a look at one object came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ownership {
    /// An owner may sign in.
    AnsweredFor,
    /// It has no owner, or none who may sign in: these.
    Ownerless { last: BTreeSet<Uuid> },
    /// It is gone, or one of the services does not show it yet.
    Unseen,
}

/// Looks at one object after another, and asks about each owner once.
#[derive(Debug)]
pub struct OwnerSearch {
    graph: Graph,
    exchange: Exchange,
    may_sign_in: BTreeMap<Uuid, bool>,
}

impl OwnerSearch {
    pub fn new(graph: Graph, exchange: Exchange) -> Self {
        Self {
            graph,
            exchange,
            may_sign_in: BTreeMap::new(),
        }
    }

    pub async fn look_at(&mut self, group: &Group) -> Result<Ownership> {
        // What is synchronised, or fills itself, is answered for elsewhere.
        if !group.is_writable_by_graph() && !group.is_kept_by_exchange() {
            return Ok(Ownership::Unseen);
        }
        let Some(owners) = owners_of(&self.graph, &self.exchange, group).await? else {
            return Ok(Ownership::Unseen);
        };
        for &owner in &owners {
            if self.may_sign_in(owner).await? {
                return Ok(Ownership::AnsweredFor);
            }
        }
        Ok(Ownership::Ownerless { last: owners })
    }

    /// Nobody does for whom Graph knows no account: an app, say.
    async fn may_sign_in(&mut self, owner: Uuid) -> Result<bool> {
        if let Some(known) = self.may_sign_in.get(&owner) {
            return Ok(*known);
        }
        let person = find_person(&self.graph, owner).await?;
        let may = person.is_some_and(|person| person.enabled);
        self.may_sign_in.insert(owner, may);
        Ok(may)
    }
}

/// Who owns a group, a team or a list; none where one of the services does not show it. Graph does not know the owners
/// of what Exchange keeps (Microsoft Graph, "List group owners").
pub async fn owners_of(graph: &Graph, exchange: &Exchange, group: &Group) -> Result<Option<BTreeSet<Uuid>>> {
    if group.is_kept_by_exchange() {
        return owners_of_list(exchange, group).await;
    }
    match graph.owners(group.id).await {
        Err(error) if error.is_not_found() => Ok(None),
        owners => Ok(Some(owners?.into_iter().collect())),
    }
}

async fn owners_of_list(exchange: &Exchange, group: &Group) -> Result<Option<BTreeSet<Uuid>>> {
    let Some(mail) = group.mail.as_deref() else {
        return Ok(None);
    };
    let found = exchange.distribution_group(&Identity::from(mail)).await?;
    match found.filter(|found| found.external_directory_object_id == Some(group.id)) {
        Some(found) => list::owners(exchange, &found).await.map(Some),
        None => Ok(None),
    }
}
