//! Whether the account may sign in.

use m365::Result;
use m365::graph::Graph;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Failure};

const ENABLED: &str = "accountEnabled";

pub(super) struct SetSignIn<'a> {
    account: &'a AccountKey,
    enabled: bool,
}

impl<'a> SetSignIn<'a> {
    pub(super) fn new(of: &OfAccount<'a>, enabled: bool) -> Self {
        Self {
            account: of.account,
            enabled,
        }
    }
}

impl Connector for SetSignIn<'_> {
    type Have = Holder;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Holder> {
        Holder::find(graph, self.account, &[ENABLED]).await
    }

    fn compare(&self, have: &Holder) -> Next<Uuid> {
        match have {
            Holder::Nobody => Next::Refuse(Failure::AccountGone),
            Holder::Stranger => Next::Refuse(Failure::Taken),
            Holder::Ours(account) if account.properties.get(ENABLED) == Some(&json!(self.enabled)) => {
                Next::Nothing
            }
            Holder::Ours(account) => Next::Write(account.id),
        }
    }

    /// Signs out first: whoever is blocked was signed out, wherever the run broke off, and cannot come back.
    async fn apply(&self, graph: &Graph, account: Uuid) -> Result<()> {
        if !self.enabled {
            graph.revoke_sessions(account).await?;
        }
        let change = Map::from_iter([(ENABLED.to_owned(), json!(self.enabled))]);
        graph.update_user(account, &change).await
    }

    fn image(&self, have: &Holder) -> Option<Value> {
        let enabled = match have {
            Holder::Ours(account) => account.properties.get(ENABLED).cloned(),
            Holder::Nobody | Holder::Stranger => None,
        };
        Some(json!({ "account": have.id(), "enabled": enabled }))
    }

    fn receipt(&self, have: &Holder) -> Value {
        json!({ "account": have.id(), "enabled": self.enabled })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn an_account_is_blocked_once_and_nobody_elses_is() {
        let key = testing::key();
        let shown = |enabled: bool| Holder::read(&key, testing::shown("a-1", &json!({ ENABLED: enabled })));
        let block = SetSignIn {
            account: &key,
            enabled: false,
        };
        assert_eq!(block.compare(&shown(true)), Next::Write(testing::ACCOUNT));
        assert_eq!(block.compare(&shown(false)), Next::Nothing);
        assert_eq!(block.compare(&Holder::Nobody), Next::Refuse(Failure::AccountGone));
        assert_eq!(block.compare(&Holder::Stranger), Next::Refuse(Failure::Taken));
        let image = block.image(&shown(true));
        assert_eq!(
            image,
            Some(json!({ "account": testing::ACCOUNT, "enabled": true }))
        );
    }
}
