//! Licences that an account is given, also in the place of others: in one request.

use std::collections::BTreeMap;

use m365::Result;
use m365::graph::{AddLicence, Graph};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure, Licence};

pub(super) struct ChangeLicences<'a> {
    account: &'a AccountKey,
    give: Vec<Uuid>,
    take: Vec<Uuid>,
}

pub(super) struct Have {
    account: Holder,
    held: Vec<Uuid>,
    /// Free seats of what the tenant has.
    free: BTreeMap<Uuid, i64>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Turn {
    account: Uuid,
    give: Vec<Uuid>,
    take: Vec<Uuid>,
}

impl<'a> ChangeLicences<'a> {
    pub(super) fn new(of: &OfAccount<'a>, give: &[Licence], take: &[Licence]) -> Self {
        let skus = |licences: &[Licence]| licences.iter().map(|licence| licence.sku).collect();
        Self {
            account: of.account,
            give: skus(give),
            take: skus(take),
        }
    }

    /// Nothing is taken away.
    pub(super) fn giving(of: &OfAccount<'a>, sku: Uuid) -> Self {
        Self {
            account: of.account,
            give: vec![sku],
            take: Vec::new(),
        }
    }
}

impl Connector for ChangeLicences<'_> {
    type Have = Have;
    type Change = Turn;

    async fn find(&self, graph: &Graph) -> Result<Have> {
        let account = Holder::find(graph, self.account, &[]).await?;
        let held = match account.id() {
            Some(id) => graph.licence_details(id).await,
            None => Ok(Vec::new()),
        };
        let held = held.map_err(m365::Error::settling)?;
        let skus = graph.subscribed_skus().await?;
        Ok(Have {
            account,
            held: held.iter().map(|licence| licence.sku_id).collect(),
            free: skus.iter().map(|sku| (sku.sku_id, sku.free())).collect(),
        })
    }

    fn compare(&self, have: &Have) -> Next<Turn> {
        let account = match have.account.ours() {
            Ok(account) => account,
            Err(next) => return next,
        };
        let held = |sku: &&Uuid| have.held.contains(sku);
        let give: Vec<Uuid> = self.give.iter().filter(|sku| !held(sku)).copied().collect();
        let take: Vec<Uuid> = self.take.iter().filter(held).copied().collect();
        if give.is_empty() && take.is_empty() {
            return Next::Nothing;
        }
        for sku in &give {
            match have.free.get(sku) {
                None => return Next::Refuse(Failure::UnknownLicence),
                Some(free) if *free < 1 => return Next::Refuse(Failure::NoSeat),
                Some(_) => {}
            }
        }
        Next::Write(Turn { account, give, take })
    }

    async fn apply(&self, graph: &Graph, change: Turn) -> Result<()> {
        let give = change.give.into_iter().map(|sku_id| AddLicence {
            sku_id,
            disabled_plans: Vec::new(),
        });
        let give: Vec<AddLicence> = give.collect();
        graph.assign_licences(change.account, &give, &change.take).await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.account
            .seen(json!({ "account": have.account.id(), "licences": have.held }))
    }

    fn receipt(&self, have: &Have) -> Value {
        json!({ "account": have.account.id(), "licences": have.held })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    const OLD: Uuid = Uuid::from_u128(5);
    const NEW: Uuid = Uuid::from_u128(6);

    #[test]
    fn one_licence_takes_the_place_of_another_once_and_in_one_request() {
        let key = testing::key();
        let want = ChangeLicences {
            account: &key,
            give: vec![NEW],
            take: vec![OLD],
        };
        let account = testing::ACCOUNT;
        let turn = |give: &[Uuid], take: &[Uuid]| {
            let (give, take) = (give.to_vec(), take.to_vec());
            Next::Write(Turn { account, give, take })
        };
        for (holder, held, free, next) in [
            (Holder::Nobody, vec![OLD], Some(1), Next::Wait),
            (Holder::Stranger, vec![OLD], Some(1), Next::Refuse(Failure::Taken)),
            (testing::ours(), vec![OLD], Some(1), turn(&[NEW], &[OLD])),
            (testing::ours(), vec![NEW], Some(0), Next::Nothing),
            (testing::ours(), vec![OLD, NEW], Some(0), turn(&[], &[OLD])),
            (testing::ours(), vec![], Some(1), turn(&[NEW], &[])),
            (testing::ours(), vec![OLD], Some(0), Next::Refuse(Failure::NoSeat)),
            (
                testing::ours(),
                vec![OLD],
                None,
                Next::Refuse(Failure::UnknownLicence),
            ),
        ] {
            let free = free.map(|free| (NEW, free)).into_iter().collect();
            let have = Have {
                account: holder,
                held,
                free,
            };
            assert_eq!(want.compare(&have), next);
        }
    }

    #[test]
    fn a_licence_is_given_once_and_only_from_a_free_seat() {
        let key = testing::key();
        let want = ChangeLicences {
            account: &key,
            give: vec![NEW],
            take: Vec::new(),
        };
        let account = testing::ACCOUNT;
        let given = || {
            let (give, take) = (vec![NEW], Vec::new());
            Next::Write(Turn { account, give, take })
        };
        for (holder, held, free, next) in [
            (Holder::Nobody, vec![], Some(1), Next::Wait),
            (Holder::Stranger, vec![NEW], Some(1), Next::Refuse(Failure::Taken)),
            (testing::ours(), vec![NEW], Some(0), Next::Nothing),
            (
                testing::ours(),
                vec![],
                None,
                Next::Refuse(Failure::UnknownLicence),
            ),
            (testing::ours(), vec![OLD], Some(0), Next::Refuse(Failure::NoSeat)),
            (testing::ours(), vec![OLD], Some(1), given()),
        ] {
            let free = free.map(|free| (NEW, free)).into_iter().collect();
            let have = Have {
                account: holder,
                held,
                free,
            };
            assert_eq!(want.compare(&have), next);
        }
    }
}
