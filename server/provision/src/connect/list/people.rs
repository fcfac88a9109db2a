//! Owners and members of a mailing list.

use std::collections::BTreeSet;

use m365::exchange::{DistributionGroup, DistributionGroupChange, Exchange, Identity, ListChange as Entries};
use m365::{Error, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{find, id};
use crate::Failure;
use crate::connect::{Connector, Next};
use crate::list::{ListKey, members, owners};
use crate::recipient::Recipients;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Owner,
    Member,
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Self::Owner => "owners",
            Self::Member => "members",
        }
    }
}

/// The list, and all who have the role.
pub(super) struct Have {
    list: Option<DistributionGroup>,
    there: BTreeSet<Uuid>,
}

impl Have {
    async fn find(exchange: &Exchange, key: &ListKey, role: Role) -> Result<Self> {
        let list = find(exchange, key).await?;
        let there = match (&list, role) {
            (None, _) => Ok(BTreeSet::new()),
            (Some(list), Role::Owner) => owners(exchange, list).await,
            (Some(list), Role::Member) => members(exchange, list.guid).await,
        };
        let there = there.map_err(Error::settling)?;
        Ok(Self { list, there })
    }

    fn image(&self, role: Role, people: &Recipients) -> Value {
        let named = self.there.iter().filter(|id| people.contains_key(id));
        let named: Vec<&Uuid> = named.collect();
        json!({ "list": id(self.list.as_ref()), role.word(): named })
    }

    fn receipt(&self) -> Value {
        json!({ "list": id(self.list.as_ref()) })
    }
}

pub(super) struct AddPeople<'a> {
    pub(super) list: &'a ListKey,
    pub(super) role: Role,
    pub(super) people: &'a Recipients,
}

/// The list, and the addresses of those who come or go.
type Addresses = (Uuid, Vec<String>);

impl Connector<Exchange> for AddPeople<'_> {
    type Have = Have;
    type Change = Addresses;

    async fn find(&self, exchange: &Exchange) -> Result<Have> {
        Have::find(exchange, self.list, self.role).await
    }

    fn compare(&self, have: &Have) -> Next<Addresses> {
        let Some(list) = &have.list else {
            return match self.list.standing() {
                None => Next::Wait,
                Some(_) => Next::Refuse(Failure::UnknownGroup),
            };
        };
        let missing = self.people.iter().filter(|(id, _)| !have.there.contains(id));
        let missing: Vec<String> = missing.map(|(_, person)| person.address.clone()).collect();
        if missing.is_empty() {
            Next::Nothing
        } else {
            Next::Write((list.guid, missing))
        }
    }

    async fn apply(&self, exchange: &Exchange, (list, missing): Addresses) -> Result<()> {
        let list = Identity::from(list);
        if self.role == Role::Owner {
            let add: Vec<&str> = missing.iter().map(String::as_str).collect();
            return edit_owners(exchange, &list, &add, &[]).await;
        }
        for member in &missing {
            let member = Identity::from(member.as_str());
            exchange.add_distribution_group_member(&list, &member).await?;
        }
        Ok(())
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.list.as_ref()?;
        let mut image = have.image(self.role, self.people);
        if self.role == Role::Owner && have.there.is_empty() {
            image["ownerless"] = json!(true);
        }
        Some(image)
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

pub(super) struct RemovePeople<'a> {
    pub(super) list: &'a ListKey,
    pub(super) role: Role,
    pub(super) people: &'a Recipients,
}

impl Connector<Exchange> for RemovePeople<'_> {
    type Have = Have;
    type Change = Addresses;

    async fn find(&self, exchange: &Exchange) -> Result<Have> {
        Have::find(exchange, self.list, self.role).await
    }

    /// Where the list is gone, nobody is left in it.
    fn compare(&self, have: &Have) -> Next<Addresses> {
        let Some(list) = &have.list else {
            return Next::Nothing;
        };
        let going = self.people.iter().filter(|(id, _)| have.there.contains(id));
        let going: Vec<String> = going.map(|(_, person)| person.address.clone()).collect();
        let is_left_alone = have.there.iter().all(|id| self.people.contains_key(id));
        if going.is_empty() {
            Next::Nothing
        } else if self.role == Role::Owner && is_left_alone {
            Next::Refuse(Failure::LastOwner)
        } else {
            Next::Write((list.guid, going))
        }
    }

    async fn apply(&self, exchange: &Exchange, (list, going): Addresses) -> Result<()> {
        let list = Identity::from(list);
        if self.role == Role::Owner {
            let remove: Vec<&str> = going.iter().map(String::as_str).collect();
            return edit_owners(exchange, &list, &[], &remove).await;
        }
        for member in &going {
            let member = Identity::from(member.as_str());
            exchange.remove_distribution_group_member(&list, &member).await?;
        }
        Ok(())
    }

    fn image(&self, have: &Have) -> Option<Value> {
        Some(have.image(self.role, self.people))
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

async fn edit_owners(exchange: &Exchange, list: &Identity, add: &[&str], remove: &[&str]) -> Result<()> {
    let change = DistributionGroupChange {
        managed_by: Some(Entries::Edit { add, remove }),
        ..DistributionGroupChange::default()
    };
    exchange.update_distribution_group(list, &change).await.map(drop)
}
