//! Steps that take something away again. Where the account is gone, nothing is left to take away.

use m365::Result;
use m365::graph::{Graph, Group};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure};

/// The account while it is there; otherwise nothing is left to do, or nothing may be done.
fn standing<Change>(holder: &Holder) -> std::result::Result<Uuid, Next<Change>> {
    match holder {
        Holder::Nobody => Err(Next::Nothing),
        Holder::Stranger => Err(Next::Refuse(Failure::Taken)),
        Holder::Ours(account) => Ok(account.id),
    }
}

pub(super) struct RemoveManager<'a> {
    account: &'a AccountKey,
    /// Who stood there when it was approved; none: nobody was named then.
    approved: Option<Uuid>,
}

impl<'a> RemoveManager<'a> {
    pub(super) fn new(of: &OfAccount<'a>, approved: Option<Uuid>) -> Self {
        Self {
            account: of.account,
            approved,
        }
    }
}

impl Connector for RemoveManager<'_> {
    type Have = (Holder, Option<Uuid>);
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Self::Have> {
        let account = Holder::find(graph, self.account, &[]).await?;
        let manager = match account.id() {
            Some(id) => graph.manager(id).await?.map(|manager| manager.id),
            None => None,
        };
        Ok((account, manager))
    }

    fn compare(&self, (account, manager): &Self::Have) -> Next<Uuid> {
        let is_another = self.account.is_standing() && self.approved.is_some_and(|was| *manager != Some(was));
        match standing(account) {
            Err(next) => next,
            Ok(_) if manager.is_none() => Next::Nothing,
            Ok(_) if is_another => Next::Refuse(Failure::ChangedMeanwhile),
            Ok(account) => Next::Write(account),
        }
    }

    async fn apply(&self, graph: &Graph, account: Uuid) -> Result<()> {
        graph.remove_manager(account).await
    }

    fn image(&self, (account, manager): &Self::Have) -> Option<Value> {
        Some(json!({ "account": account.id(), "manager": manager }))
    }

    fn receipt(&self, (account, manager): &Self::Have) -> Value {
        json!({ "account": account.id(), "manager": manager })
    }
}

pub(super) struct RemoveFromGroup<'a> {
    account: &'a AccountKey,
    group: Uuid,
}

impl<'a> RemoveFromGroup<'a> {
    pub(super) fn new(of: &OfAccount<'a>, group: Uuid) -> Self {
        Self {
            account: of.account,
            group,
        }
    }
}

#[derive(Debug)]
pub(super) struct Membership {
    account: Holder,
    member: bool,
    /// Whether Graph may write the group; none if there is no such group.
    writable: Option<bool>,
}

impl Connector for RemoveFromGroup<'_> {
    type Have = Membership;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Membership> {
        let account = Holder::find(graph, self.account, &[]).await?;
        let memberships = match account.id() {
            Some(id) => graph.memberships(id).await.map_err(m365::Error::settling)?,
            None => Vec::new(),
        };
        let group = graph.group(self.group).await?;
        Ok(Membership {
            account,
            member: memberships.contains(&self.group),
            writable: group.as_ref().map(Group::is_writable_by_graph),
        })
    }

    fn compare(&self, have: &Membership) -> Next<Uuid> {
        match (standing(&have.account), have.writable) {
            (Err(next), _) => next,
            (Ok(_), None) => Next::Nothing,
            (Ok(_), _) if !have.member => Next::Nothing,
            (Ok(_), Some(false)) => Next::Refuse(Failure::GroupNotWritable),
            (Ok(account), Some(true)) => Next::Write(account),
        }
    }

    async fn apply(&self, graph: &Graph, account: Uuid) -> Result<()> {
        graph.remove_member(self.group, account).await
    }

    fn image(&self, have: &Membership) -> Option<Value> {
        Some(json!({ "account": have.account.id(), "group": self.group, "member": have.member }))
    }

    fn receipt(&self, have: &Membership) -> Value {
        json!({ "account": have.account.id(), "group": self.group, "member": have.member })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn what_is_there_is_taken_away_once_and_nothing_of_a_stranger() {
        let key = testing::key();
        let other = Uuid::from_u128(6);
        let manager = RemoveManager {
            account: &key,
            approved: None,
        };
        let account = testing::ACCOUNT;
        assert_eq!(manager.compare(&(Holder::Nobody, None)), Next::Nothing);
        assert_eq!(manager.compare(&(testing::ours(), None)), Next::Nothing);
        assert_eq!(
            manager.compare(&(testing::ours(), Some(other))),
            Next::Write(account)
        );
        let refused = || Next::Refuse(Failure::Taken);
        assert_eq!(manager.compare(&(Holder::Stranger, Some(other))), refused());
    }

    #[test]
    fn i01_only_the_manager_who_was_approved_to_go_is_taken_away() {
        let key = testing::standing();
        let (was, other) = (Uuid::from_u128(5), Uuid::from_u128(6));
        let write = || Next::Write(testing::ACCOUNT);
        for (approved, now, next) in [
            (Some(was), Some(was), write()),
            (Some(was), Some(other), Next::Refuse(Failure::ChangedMeanwhile)),
            (Some(was), None, Next::Nothing),
            // A plan of before named nobody.
            (None, Some(other), write()),
        ] {
            let want = RemoveManager {
                account: &key,
                approved,
            };
            let shown = Holder::read(&key, testing::shown("a-2", &json!({})));
            assert_eq!(want.compare(&(shown, now)), next, "{approved:?} {now:?}");
        }
    }

    #[test]
    fn a_member_is_taken_out_once_and_only_where_graph_may_write() {
        let key = testing::key();
        let group = Uuid::from_u128(5);
        let want = RemoveFromGroup { account: &key, group };
        let account = testing::ACCOUNT;
        for (holder, member, writable, next) in [
            (Holder::Nobody, true, Some(true), Next::Nothing),
            (Holder::Stranger, true, Some(true), Next::Refuse(Failure::Taken)),
            (testing::ours(), false, Some(false), Next::Nothing),
            (testing::ours(), true, None, Next::Nothing),
            (
                testing::ours(),
                true,
                Some(false),
                Next::Refuse(Failure::GroupNotWritable),
            ),
            (testing::ours(), true, Some(true), Next::Write(account)),
        ] {
            let have = Membership {
                account: holder,
                member,
                writable,
            };
            assert_eq!(want.compare(&have), next);
        }
    }
}
