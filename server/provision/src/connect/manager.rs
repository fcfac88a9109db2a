//! The manager of the account.

use m365::Result;
use m365::graph::Graph;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure, Former};

pub(super) struct SetManager<'a> {
    account: &'a AccountKey,
    manager: Uuid,
    /// Who stood there when it was approved.
    from: &'a Former,
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
    pub(super) fn new(of: &OfAccount<'a>, manager: Uuid, from: &'a Former) -> Self {
        Self {
            account: of.account,
            manager,
            from,
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
            Ok(_) if self.account.is_standing() && !self.from.allows(have.manager) => {
                Next::Refuse(Failure::ChangedMeanwhile)
            }
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

    const MANAGER: Uuid = Uuid::from_u128(5);
    const OTHER: Uuid = Uuid::from_u128(6);

    fn have(account: Holder, manager: Option<Uuid>, wanted_is_active: bool) -> Have {
        Have {
            account,
            manager,
            wanted_is_active,
        }
    }

    #[test]
    fn a_manager_is_set_only_when_it_is_another_and_active() {
        let key = testing::key();
        let want = SetManager {
            account: &key,
            manager: MANAGER,
            from: &Former::Unsaid,
        };
        let account = testing::ACCOUNT;
        for (holder, now, active, next) in [
            (Holder::Nobody, None, true, Next::Wait),
            (Holder::Stranger, None, true, Next::Refuse(Failure::Taken)),
            (testing::ours(), Some(MANAGER), false, Next::Nothing),
            (
                testing::ours(),
                Some(OTHER),
                false,
                Next::Refuse(Failure::ManagerGone),
            ),
            (testing::ours(), Some(OTHER), true, Next::Write(Set { account })),
            (testing::ours(), None, true, Next::Write(Set { account })),
        ] {
            assert_eq!(want.compare(&have(holder, now, active)), next);
        }
    }

    #[test]
    fn i01_only_the_manager_who_was_approved_to_go_is_replaced() {
        let key = testing::standing();
        let account = testing::ACCOUNT;
        let write = || Next::Write(Set { account });
        let refuse = || Next::Refuse(Failure::ChangedMeanwhile);
        let third = Uuid::from_u128(7);
        let former = Former::Person {
            id: OTHER,
            name: "鈴木".to_owned(),
        };
        for (from, now, next) in [
            (&former, Some(OTHER), write()),
            (&former, Some(third), refuse()),
            (&former, None, refuse()),
            (&former, Some(MANAGER), Next::Nothing),
            (&Former::Nobody, None, write()),
            (&Former::Nobody, Some(third), refuse()),
            // A plan of before named nobody.
            (&Former::Unsaid, Some(third), write()),
        ] {
            let want = SetManager {
                account: &key,
                manager: MANAGER,
                from,
            };
            let shown = Holder::read(&key, testing::shown("a-2", &json!({})));
            assert_eq!(want.compare(&have(shown, now, true)), next, "{from:?} {now:?}");
        }
    }
}
