//! An account that is there already: changed, or deleted.

use m365::Result;
use m365::graph::Graph;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::account::{Holder, covers};
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::{AccountKey, Change, Failure};

pub(super) struct UpdateUser<'a> {
    account: &'a AccountKey,
    change: &'a Change,
}

impl<'a> UpdateUser<'a> {
    pub(super) fn new(of: &OfAccount<'a>, change: &'a Change) -> Self {
        Self {
            account: of.account,
            change,
        }
    }
}

impl Connector for UpdateUser<'_> {
    type Have = Holder;
    type Change = (Uuid, Map<String, Value>);

    async fn find(&self, graph: &Graph) -> Result<Holder> {
        let names: Vec<&str> = self.change.to.keys().map(String::as_str).collect();
        Holder::find(graph, self.account, &names).await
    }

    fn compare(&self, have: &Holder) -> Next<(Uuid, Map<String, Value>)> {
        match have {
            Holder::Nobody => Next::Refuse(Failure::AccountGone),
            Holder::Stranger => Next::Refuse(Failure::Taken),
            Holder::Ours(account) => {
                let mut open = self.change.to.clone();
                open.retain(|name, value| !covers(value, account.properties.get(name)));
                let is_as_approved = |name: &String| {
                    let was = self.change.from.get(name).unwrap_or(&Value::Null);
                    covers(was, account.properties.get(name))
                };
                if open.is_empty() {
                    Next::Nothing
                } else if self.account.is_standing() && !open.keys().all(is_as_approved) {
                    Next::Refuse(Failure::ChangedMeanwhile)
                } else {
                    Next::Write((account.id, open))
                }
            }
        }
    }

    async fn apply(&self, graph: &Graph, (id, open): (Uuid, Map<String, Value>)) -> Result<()> {
        graph.update_user(id, &open).await
    }

    fn image(&self, have: &Holder) -> Option<Value> {
        Some(match have {
            Holder::Ours(account) => json!({ "account": account.properties }),
            Holder::Nobody | Holder::Stranger => json!({ "account": null }),
        })
    }

    fn receipt(&self, have: &Holder) -> Value {
        json!({ "account": have.id() })
    }
}

pub(super) struct DeleteUser<'a> {
    account: &'a AccountKey,
}

impl<'a> DeleteUser<'a> {
    pub(super) fn new(of: &OfAccount<'a>) -> Self {
        Self { account: of.account }
    }
}

impl Connector for DeleteUser<'_> {
    type Have = Holder;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Holder> {
        Holder::find(graph, self.account, &["userPrincipalName", "displayName"]).await
    }

    fn compare(&self, have: &Holder) -> Next<Uuid> {
        match have {
            Holder::Nobody => Next::Nothing,
            Holder::Stranger => Next::Refuse(Failure::Taken),
            Holder::Ours(account) => Next::Write(account.id),
        }
    }

    async fn apply(&self, graph: &Graph, account: Uuid) -> Result<()> {
        graph.delete_user(account).await
    }

    fn image(&self, have: &Holder) -> Option<Value> {
        Some(json!({ "account": have.id() }))
    }

    fn receipt(&self, have: &Holder) -> Value {
        json!({ "account": have.id() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    fn map(json: &Value) -> Map<String, Value> {
        json.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn only_what_differs_is_written_and_an_account_that_is_gone_is_told() {
        let key = testing::key();
        let change = Change {
            from: Map::new(),
            to: map(&json!({ "department": "開発部", "jobTitle": null })),
        };
        let want = UpdateUser {
            account: &key,
            change: &change,
        };
        assert_eq!(want.compare(&Holder::Nobody), Next::Refuse(Failure::AccountGone));
        assert_eq!(want.compare(&Holder::Stranger), Next::Refuse(Failure::Taken));
        for (shown, open) in [
            (json!({ "department": "開発部", "jobTitle": null }), json!({})),
            (json!({ "department": "開発部" }), json!({})),
            (
                json!({ "department": "営業部", "jobTitle": null }),
                json!({ "department": "開発部" }),
            ),
            (
                json!({ "department": "開発部", "jobTitle": "主任" }),
                json!({ "jobTitle": null }),
            ),
        ] {
            let have = Holder::read(&key, testing::shown("a-1", &shown));
            let open = map(&open);
            let next = if open.is_empty() {
                Next::Nothing
            } else {
                Next::Write((testing::ACCOUNT, open))
            };
            assert_eq!(want.compare(&have), next, "{shown}");
        }
    }

    #[test]
    fn only_our_own_account_is_deleted() {
        let key = testing::key();
        let want = DeleteUser { account: &key };
        assert_eq!(want.compare(&Holder::Nobody), Next::Nothing);
        assert_eq!(want.compare(&Holder::Stranger), Next::Refuse(Failure::Taken));
        assert_eq!(want.compare(&testing::ours()), Next::Write(testing::ACCOUNT));
        let foreign = Holder::read(&key, testing::shown("a-2", &json!({})));
        assert_eq!(want.compare(&foreign), Next::Refuse(Failure::Taken));
    }
}
