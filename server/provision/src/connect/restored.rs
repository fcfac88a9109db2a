//! A deleted account that comes back, with its licences and groups: Microsoft keeps it for 30 days.

use m365::Result;
use m365::graph::Graph;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure};

pub(super) struct RestoreUser<'a> {
    account: &'a AccountKey,
}

impl<'a> RestoreUser<'a> {
    pub(super) fn new(of: &OfAccount<'a>) -> Self {
        Self { account: of.account }
    }
}

/// The account, or its place in the recycle bin.
pub(super) struct Have {
    there: Holder,
    deleted: Option<Uuid>,
    /// Somebody else has its name by now.
    is_name_taken: bool,
}

impl Connector for RestoreUser<'_> {
    type Have = Have;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Have> {
        let there = Holder::find(graph, self.account, &[]).await?;
        let (mut deleted, mut is_name_taken) = (None, false);
        if let (Holder::Nobody, Some(id)) = (&there, self.account.id()) {
            deleted = graph.deleted_user(id).await?.map(|user| user.id);
            let holder = graph.user(&self.account.user_principal_name).await?;
            is_name_taken = holder.is_some_and(|user| user.id != id);
        }
        Ok(Have {
            there,
            deleted,
            is_name_taken,
        })
    }

    fn compare(&self, have: &Have) -> Next<Uuid> {
        match (&have.there, have.deleted) {
            (Holder::Ours(_), _) => Next::Nothing,
            (Holder::Stranger, _) => Next::Refuse(Failure::Taken),
            (Holder::Nobody, Some(_)) if have.is_name_taken => Next::Refuse(Failure::Taken),
            (Holder::Nobody, Some(id)) => Next::Write(id),
            // Restored, and not visible yet: planning has seen it in the bin.
            (Holder::Nobody, None) => Next::Wait,
        }
    }

    async fn apply(&self, graph: &Graph, account: Uuid) -> Result<()> {
        graph.restore_user(account, None).await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        Some(json!({ "account": have.there.id() }))
    }

    fn receipt(&self, have: &Have) -> Value {
        json!({ "account": have.there.id() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn r04_only_what_lies_in_the_bin_comes_back_and_never_under_somebody_elses_name() {
        let key = testing::key();
        let want = RestoreUser { account: &key };
        let id = testing::ACCOUNT;
        for (there, deleted, is_name_taken, next) in [
            (testing::ours(), None, false, Next::Nothing),
            (Holder::Stranger, Some(id), false, Next::Refuse(Failure::Taken)),
            (Holder::Nobody, Some(id), true, Next::Refuse(Failure::Taken)),
            (Holder::Nobody, Some(id), false, Next::Write(id)),
            (Holder::Nobody, None, false, Next::Wait),
        ] {
            let have = Have {
                there,
                deleted,
                is_name_taken,
            };
            assert_eq!(want.compare(&have), next);
        }
    }
}
