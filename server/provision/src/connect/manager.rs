//! The manager of the account.

use m365::Result;
use m365::graph::Graph;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure};

pub(super) struct SetManager<'a> {
    account: &'a AccountKey,
    manager: Uuid,
}

pub(super) struct Have {
    account: Holder,
    manager: Option<Uuid>,
    /// Whether the wanted manager may sign in.
    wanted_is_active: bool,
}

#[derive(Debug, PartialEq)]
pub(super) struct Set {
    account: Uuid,
}

impl<'a> SetManager<'a> {
    pub(super) fn new(of: &OfAccount<'a>, manager: Uuid) -> Self {
        Self {
            account: of.account,
            manager,
        }
    }
}

impl Connector for SetManager<'_> {
    type Have = Have;
    type Change = Set;

    async fn find(&self, graph: &Graph) -> Result<Have> {
        let account = Holder::find(graph, self.account, &[]).await?;
        let manager = match account.id() {
            Some(id) => graph.manager(id).await?.map(|manager| manager.id),
            None => None,
        };
        let wanted = graph.user(&self.manager.to_string()).await?;
        Ok(Have {
            account,
            manager,
            wanted_is_active: wanted.is_some_and(|user| user.account_enabled == Some(true)),
        })
    }

    fn compare(&self, have: &Have) -> Next<Set> {
        match have.account.ours() {
            Err(next) => next,
            Ok(_) if have.manager == Some(self.manager) => Next::Nothing,
            Ok(_) if !have.wanted_is_active => Next::Refuse(Failure::ManagerGone),
            Ok(account) => Next::Write(Set { account }),
        }
    }

    async fn apply(&self, graph: &Graph, change: Set) -> Result<()> {
        graph.set_manager(change.account, self.manager).await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.account
            .seen(json!({ "account": have.account.id(), "manager": have.manager }))
    }

    fn receipt(&self, have: &Have) -> Value {
        json!({ "account": have.account.id(), "manager": have.manager })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn a_manager_is_set_only_when_it_is_another_and_active() {
        let key = testing::key();
        let (manager, other) = (Uuid::from_u128(5), Uuid::from_u128(6));
        let want = SetManager {
            account: &key,
            manager,
        };
        let account = testing::ACCOUNT;
        for (holder, now, active, next) in [
            (Holder::Nobody, None, true, Next::Wait),
            (Holder::Stranger, None, true, Next::Refuse(Failure::Taken)),
            (testing::ours(), Some(manager), false, Next::Nothing),
            (
                testing::ours(),
                Some(other),
                false,
                Next::Refuse(Failure::ManagerGone),
            ),
            (testing::ours(), Some(other), true, Next::Write(Set { account })),
            (testing::ours(), None, true, Next::Write(Set { account })),
        ] {
            let have = Have {
                account: holder,
                manager: now,
                wanted_is_active: active,
            };
            assert_eq!(want.compare(&have), next);
        }
    }
}
