//! A licence of the account.

use m365::Result;
use m365::graph::{AddLicence, Graph, Sku};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure};

pub(super) struct AssignLicence<'a> {
    account: &'a AccountKey,
    sku: Uuid,
}

pub(super) struct Have {
    account: Holder,
    held: Vec<Uuid>,
    /// Free seats; none if the tenant does not have the licence.
    free: Option<i64>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Give {
    account: Uuid,
}

impl<'a> AssignLicence<'a> {
    pub(super) fn new(of: &OfAccount<'a>, sku: Uuid) -> Self {
        Self {
            account: of.account,
            sku,
        }
    }
}

impl Connector for AssignLicence<'_> {
    type Have = Have;
    type Change = Give;

    async fn find(&self, graph: &Graph) -> Result<Have> {
        let account = Holder::find(graph, self.account, &[]).await?;
        let held = match account.id() {
            Some(id) => graph.licence_details(id).await,
            None => Ok(Vec::new()),
        };
        let held = held.map_err(m365::Error::settling)?;
        let skus = graph.subscribed_skus().await?;
        let sku = skus.iter().find(|sku| sku.sku_id == self.sku);
        Ok(Have {
            account,
            held: held.iter().map(|licence| licence.sku_id).collect(),
            free: sku.map(Sku::free),
        })
    }

    fn compare(&self, have: &Have) -> Next<Give> {
        let account = match have.account.ours() {
            Ok(account) => account,
            Err(next) => return next,
        };
        match have.free {
            _ if have.held.contains(&self.sku) => Next::Nothing,
            None => Next::Refuse(Failure::UnknownLicence),
            Some(free) if free < 1 => Next::Refuse(Failure::NoSeat),
            Some(_) => Next::Write(Give { account }),
        }
    }

    async fn apply(&self, graph: &Graph, change: Give) -> Result<()> {
        let licence = AddLicence {
            sku_id: self.sku,
            disabled_plans: Vec::new(),
        };
        graph.assign_licences(change.account, &[licence], &[]).await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.account
            .seen(json!({ "account": have.account.id(), "licences": have.held }))
    }

    fn receipt(&self, have: &Have) -> Value {
        json!({ "account": have.account.id(), "licence": self.sku })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn a_licence_is_given_once_and_only_from_a_free_seat() {
        let key = testing::key();
        let sku = Uuid::from_u128(5);
        let want = AssignLicence { account: &key, sku };
        let account = testing::ACCOUNT;
        for (holder, held, free, next) in [
            (Holder::Nobody, vec![], Some(1), Next::Wait),
            (Holder::Stranger, vec![sku], Some(1), Next::Refuse(Failure::Taken)),
            (testing::ours(), vec![sku], Some(0), Next::Nothing),
            (
                testing::ours(),
                vec![],
                None,
                Next::Refuse(Failure::UnknownLicence),
            ),
            (
                testing::ours(),
                vec![account],
                Some(0),
                Next::Refuse(Failure::NoSeat),
            ),
            (
                testing::ours(),
                vec![account],
                Some(1),
                Next::Write(Give { account }),
            ),
        ] {
            let have = Have {
                account: holder,
                held,
                free,
            };
            assert_eq!(want.compare(&have), next);
        }
    }
}
