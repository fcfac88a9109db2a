//! A mailing list that the account belongs to. Exchange writes it.

use m365::Result;
use m365::exchange::Identity;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account_mailbox::{Clients, Have};
use super::{Connector, Next};
use crate::list::members;
use crate::{AccountKey, Failure};

pub(super) struct SetListMembership<'a> {
    pub(super) account: &'a AccountKey,
    /// Its object id in Entra.
    pub(super) list: Uuid,
    pub(super) member: bool,
}

/// The account, the list as Exchange knows it, and whether the account belongs to it.
pub(super) struct Belonging {
    have: Have,
    list: Option<Uuid>,
    is_member: bool,
}

impl<'c> Connector<Clients<'c>> for SetListMembership<'_> {
    type Have = Belonging;
    /// The list, and the name of the account.
    type Change = (Uuid, String);

    async fn find(&self, clients: &Clients<'c>) -> Result<Belonging> {
        let have = Have::find(clients, self.account).await?;
        let group = clients.graph.group(self.list).await?;
        let list = match group.and_then(|group| group.mail) {
            Some(mail) => {
                clients
                    .exchange
                    .distribution_group(&Identity::from(mail.as_str()))
                    .await?
            }
            None => None,
        };
        let list = list.filter(|found| found.external_directory_object_id == Some(self.list));
        let list = list.map(|found| found.guid);
        let is_member = match (list, have.account.id()) {
            (Some(list), Some(account)) => members(clients.exchange, list).await?.contains(&account),
            _ => false,
        };
        Ok(Belonging {
            have,
            list,
            is_member,
        })
    }

    fn compare(&self, have: &Belonging) -> Next<(Uuid, String)> {
        if let Err(next) = have.have.account.ours() {
            return next;
        }
        match have.list {
            _ if have.is_member == self.member => Next::Nothing,
            Some(list) => Next::Write((list, have.have.name().to_owned())),
            None => Next::Refuse(Failure::UnknownGroup),
        }
    }

    async fn apply(&self, clients: &Clients<'c>, (list, name): Self::Change) -> Result<()> {
        let (list, account) = (Identity::from(list), Identity::from(name.as_str()));
        if self.member {
            clients
                .exchange
                .add_distribution_group_member(&list, &account)
                .await
        } else {
            clients
                .exchange
                .remove_distribution_group_member(&list, &account)
                .await
        }
        .map(drop)
    }

    fn image(&self, have: &Belonging) -> Option<Value> {
        let account = have.have.account.id()?;
        Some(json!({ "account": account, "list": self.list, "member": have.is_member }))
    }

    fn receipt(&self, have: &Belonging) -> Value {
        json!({ "account": have.have.account.id(), "member": have.is_member })
    }
}
