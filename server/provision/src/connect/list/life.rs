//! The list itself.

use m365::Result;
use m365::exchange::{
    DistributionGroup, DistributionGroupChange, Exchange, GroupKind, Identity, NewDistributionGroup,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{find, id, shown};
use crate::connect::held::Held;
use crate::connect::{Connector, Next, as_approved};
use crate::list::{ListIdentity, ListKey, ListKind, NewList};
use crate::{Change, Failure};

pub(super) struct CreateList<'a> {
    pub(super) list: &'a ListKey,
    pub(super) new: &'a NewList,
}

impl CreateList<'_> {
    fn unique_name(&self) -> &str {
        match &self.list.identity {
            ListIdentity::Ours { unique_name, .. } => unique_name,
            // A list that was there before is never made.
            ListIdentity::Standing { .. } => "",
        }
    }
}

impl Connector<Exchange> for CreateList<'_> {
    type Have = Held<DistributionGroup>;
    type Change = ();

    async fn find(&self, exchange: &Exchange) -> Result<Held<DistributionGroup>> {
        let ours = find(exchange, self.list).await?;
        Held::look(exchange, ours, self.unique_name(), &self.list.address).await
    }

    fn compare(&self, have: &Held<DistributionGroup>) -> Next<()> {
        have.next()
    }

    async fn apply(&self, exchange: &Exchange, (): ()) -> Result<()> {
        let new = self.new;
        let owners: Vec<&str> = new.owners.values().map(|owner| owner.address.as_str()).collect();
        let list = NewDistributionGroup {
            kind: match new.kind {
                ListKind::Distribution => GroupKind::Distribution,
                ListKind::Security => GroupKind::Security,
            },
            name: self.unique_name(),
            display_name: &new.display_name,
            alias: &new.alias,
            primary_smtp_address: &self.list.address,
            managed_by: &owners,
            notes: "",
            open_to_outside: new.open_to_outside,
        };
        exchange.create_distribution_group(&list).await.map(drop)
    }

    fn image(&self, have: &Held<DistributionGroup>) -> Option<Value> {
        Some(json!({ "list": have.ours.as_ref().map(shown) }))
    }

    fn receipt(&self, have: &Held<DistributionGroup>) -> Value {
        json!({ "list": id(have.ours.as_ref()) })
    }
}

pub(super) struct UpdateList<'a> {
    pub(super) list: &'a ListKey,
    pub(super) change: &'a Change,
}

impl Connector<Exchange> for UpdateList<'_> {
    type Have = Option<DistributionGroup>;
    type Change = (Uuid, Map<String, Value>);

    async fn find(&self, exchange: &Exchange) -> Result<Self::Have> {
        find(exchange, self.list).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Self::Change> {
        let Some(list) = have else {
            return Next::Refuse(Failure::UnknownGroup);
        };
        match as_approved(self.change, &shown(list)) {
            Err(failure) => Next::Refuse(failure),
            Ok(open) if open.is_empty() => Next::Nothing,
            Ok(open) => Next::Write((list.guid, open)),
        }
    }

    async fn apply(&self, exchange: &Exchange, (list, open): Self::Change) -> Result<()> {
        let change = DistributionGroupChange {
            display_name: open.get("displayName").and_then(Value::as_str),
            open_to_outside: open.get("openToOutside").and_then(Value::as_bool),
            ..DistributionGroupChange::default()
        };
        let list = Identity::from(list);
        exchange.update_distribution_group(&list, &change).await.map(drop)
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        let shown = have.as_ref().map(shown)?;
        Some(json!({ "list": shown }))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        json!({ "list": id(have.as_ref()) })
    }
}

pub(super) struct DeleteList<'a> {
    pub(super) list: &'a ListKey,
}

impl Connector<Exchange> for DeleteList<'_> {
    type Have = Option<DistributionGroup>;
    type Change = Uuid;

    async fn find(&self, exchange: &Exchange) -> Result<Self::Have> {
        find(exchange, self.list).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Uuid> {
        have.as_ref().map_or(Next::Nothing, |list| Next::Write(list.guid))
    }

    async fn apply(&self, exchange: &Exchange, list: Uuid) -> Result<()> {
        let list = Identity::from(list);
        exchange.remove_distribution_group(&list).await.map(drop)
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        Some(json!({ "list": have.as_ref().map(shown) }))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        json!({ "list": id(have.as_ref()) })
    }
}
