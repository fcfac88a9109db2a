//! A mailing list: found by its key, made, changed, filled, emptied and deleted by Exchange.

mod life;
mod people;

use m365::Result;
use m365::exchange::{DistributionGroup, Exchange, Identity};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{StepOutcome, carry_out, image_of};
use crate::list::{ListIdentity, ListKey, ListStep};
use crate::recipient::Recipients;
use life::{CreateList, DeleteList, UpdateList};
use people::{AddPeople, RemovePeople, Role};

/// Carries out the steps that are about one list.
pub(super) struct OfList<'a> {
    pub(super) exchange: &'a Exchange,
    pub(super) list: &'a ListKey,
}

impl<'a> OfList<'a> {
    pub(super) async fn before(&self, step: &'a ListStep) -> Result<Option<Value>> {
        let (exchange, list) = (self.exchange, self.list);
        match step {
            ListStep::CreateList(new) => image_of(exchange, &CreateList { list, new }).await,
            ListStep::UpdateList(change) => image_of(exchange, &UpdateList { list, change }).await,
            ListStep::AddOwners { people } => image_of(exchange, &self.add(Role::Owner, people)).await,
            ListStep::AddMembers { people } => image_of(exchange, &self.add(Role::Member, people)).await,
            ListStep::RemoveOwners { people } => image_of(exchange, &self.remove(Role::Owner, people)).await,
            ListStep::RemoveMembers { people } => {
                image_of(exchange, &self.remove(Role::Member, people)).await
            }
            ListStep::DeleteList {} => image_of(exchange, &DeleteList { list }).await,
        }
    }

    pub(super) async fn run(&self, step: &'a ListStep) -> Result<StepOutcome> {
        let (exchange, list) = (self.exchange, self.list);
        match step {
            ListStep::CreateList(new) => carry_out(exchange, &CreateList { list, new }).await,
            ListStep::UpdateList(change) => carry_out(exchange, &UpdateList { list, change }).await,
            ListStep::AddOwners { people } => carry_out(exchange, &self.add(Role::Owner, people)).await,
            ListStep::AddMembers { people } => carry_out(exchange, &self.add(Role::Member, people)).await,
            ListStep::RemoveOwners { people } => carry_out(exchange, &self.remove(Role::Owner, people)).await,
            ListStep::RemoveMembers { people } => {
                carry_out(exchange, &self.remove(Role::Member, people)).await
            }
            ListStep::DeleteList {} => carry_out(exchange, &DeleteList { list }).await,
        }
    }

    fn add(&self, role: Role, people: &'a Recipients) -> AddPeople<'a> {
        let list = self.list;
        AddPeople { list, role, people }
    }

    fn remove(&self, role: Role, people: &'a Recipients) -> RemovePeople<'a> {
        let list = self.list;
        RemovePeople { list, role, people }
    }
}

/// The list that answers to a key.
async fn find(exchange: &Exchange, key: &ListKey) -> Result<Option<DistributionGroup>> {
    let identity = match &key.identity {
        ListIdentity::Standing { id } | ListIdentity::Ours { id: Some(id), .. } => Identity::from(*id),
        ListIdentity::Ours { unique_name, .. } => Identity::from(unique_name.as_str()),
    };
    exchange.distribution_group(&identity).await
}

/// A list's properties, as plans name them.
fn shown(list: &DistributionGroup) -> Map<String, Value> {
    let shown = json!({
        "id": list.guid, "displayName": list.display_name, "address": list.primary_smtp_address,
        "openToOutside": list.require_sender_authentication_enabled == Some(false),
    });
    shown.as_object().cloned().unwrap_or_default()
}

fn id(list: Option<&DistributionGroup>) -> Option<Uuid> {
    list.map(|list| list.guid)
}
