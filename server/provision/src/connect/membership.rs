//! A group that the account belongs to.

use m365::Result;
use m365::graph::{Graph, Group};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure};

pub(super) struct AddToGroup<'a> {
    account: &'a AccountKey,
    group: Uuid,
}

pub(super) struct Have {
    account: Holder,
    member: bool,
    /// Whether Graph may write the group; none if there is no such group.
    writable: Option<bool>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Add {
    account: Uuid,
}

impl<'a> AddToGroup<'a> {
    pub(super) fn new(of: &OfAccount<'a>, group: Uuid) -> Self {
        Self {
            account: of.account,
            group,
        }
    }
}

impl Connector for AddToGroup<'_> {
    type Have = Have;
    type Change = Add;

    async fn find(&self, graph: &Graph) -> Result<Have> {
        let account = Holder::find(graph, self.account, &[]).await?;
        // The groups of one account are few, the members of one group may be many.
        let memberships = match account.id() {
            Some(id) => graph.memberships(id).await,
            None => Ok(Vec::new()),
        };
        let group = graph.group(self.group).await?;
        Ok(Have {
            account,
            member: memberships.map_err(m365::Error::settling)?.contains(&self.group),
            writable: group.as_ref().map(Group::is_writable_by_graph),
        })
    }

    fn compare(&self, have: &Have) -> Next<Add> {
        let account = match have.account.ours() {
            Ok(account) => account,
            Err(next) => return next,
        };
        match have.writable {
            _ if have.member => Next::Nothing,
            None => Next::Refuse(Failure::UnknownGroup),
            Some(false) => Next::Refuse(Failure::GroupNotWritable),
            Some(true) => Next::Write(Add { account }),
        }
    }

    async fn apply(&self, graph: &Graph, change: Add) -> Result<()> {
        graph.add_member(self.group, change.account).await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.account
            .seen(json!({ "account": have.account.id(), "group": self.group, "member": have.member }))
    }

    fn receipt(&self, have: &Have) -> Value {
        json!({ "account": have.account.id(), "group": self.group, "member": have.member })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn a_member_is_added_once_and_only_where_graph_may_write() {
        let key = testing::key();
        let want = AddToGroup {
            account: &key,
            group: Uuid::from_u128(5),
        };
        let account = testing::ACCOUNT;
        for (holder, member, writable, next) in [
            (Holder::Nobody, false, Some(true), Next::Wait),
            (Holder::Stranger, true, Some(true), Next::Refuse(Failure::Taken)),
            (testing::ours(), true, None, Next::Nothing),
            (testing::ours(), false, None, Next::Refuse(Failure::UnknownGroup)),
            (
                testing::ours(),
                false,
                Some(false),
                Next::Refuse(Failure::GroupNotWritable),
            ),
            (testing::ours(), false, Some(true), Next::Write(Add { account })),
        ] {
            let have = Have {
                account: holder,
                member,
                writable,
            };
            assert_eq!(want.compare(&have), next);
        }
    }
}
