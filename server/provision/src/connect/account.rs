//! The account itself.

use m365::Result;
use m365::graph::{Graph, NewUser};
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::account::Identity;
use crate::{AccountKey, Failure, NewAccount, mark};

/// Who answers to a user principal name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Holder {
    Nobody,
    /// The account that is meant: it carries our mark, or is the object that was there before.
    Ours(Account),
    Stranger,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Account {
    pub(super) id: Uuid,
    pub(super) properties: Map<String, Value>,
}

impl Holder {
    /// Reads the account with some properties.
    pub(super) async fn find(graph: &Graph, key: &AccountKey, names: &[&str]) -> Result<Self> {
        let names: Vec<&str> = names.iter().copied().chain([mark::HOLDER]).collect();
        let id = key.id().map(|id| id.to_string());
        let user = id.as_deref().unwrap_or(&key.user_principal_name);
        let found = graph.user_properties(user, &names).await?;
        Ok(found.map_or(Self::Nobody, |properties| Self::read(key, properties)))
    }

    pub(super) fn read(key: &AccountKey, properties: Map<String, Value>) -> Self {
        let id = properties.get("id").and_then(Value::as_str);
        match id.and_then(|id| id.parse().ok()) {
            Some(id) if answers(key, id, &properties) => Self::Ours(Account { id, properties }),
            _ => Self::Stranger,
        }
    }

    /// For the steps after the creation: the account must be there, and the one that is meant.
    pub(super) fn ours<Change>(&self) -> std::result::Result<Uuid, Next<Change>> {
        match self {
            Self::Ours(account) => Ok(account.id),
            Self::Nobody => Err(Next::Wait),
            Self::Stranger => Err(Next::Refuse(Failure::Taken)),
        }
    }

    /// What stood there, unless the account is not visible yet.
    pub(super) fn seen(&self, image: Value) -> Option<Value> {
        (*self != Self::Nobody).then_some(image)
    }

    pub(super) fn id(&self) -> Option<Uuid> {
        match self {
            Self::Ours(account) => Some(account.id),
            Self::Nobody | Self::Stranger => None,
        }
    }
}

fn answers(key: &AccountKey, id: Uuid, properties: &Map<String, Value>) -> bool {
    match &key.identity {
        Identity::Marked { mark, .. } => mark::read(properties) == Some(mark),
        Identity::Standing { id: meant } => *meant == id,
    }
}

pub(super) struct CreateUser<'a> {
    account: &'a AccountKey,
    new: &'a NewAccount,
    password: &'a SecretString,
}

#[derive(Debug, PartialEq)]
pub(super) enum Change {
    Create,
    /// Ours already, with other properties than planned.
    Update(Map<String, Value>),
}

impl<'a> CreateUser<'a> {
    pub(super) fn new(of: &OfAccount<'a>, new: &'a NewAccount) -> Self {
        Self {
            account: of.account,
            new,
            password: of.password,
        }
    }

    /// What the account shall show.
    fn wanted(&self) -> Map<String, Value> {
        let mut wanted = self.new.attributes.clone();
        wanted.insert("displayName".to_owned(), json!(self.new.display_name));
        wanted.insert("mailNickname".to_owned(), json!(self.new.mail_nickname));
        wanted
    }
}

impl Connector for CreateUser<'_> {
    type Have = Holder;
    type Change = Change;

    async fn find(&self, graph: &Graph) -> Result<Holder> {
        let wanted = self.wanted();
        let names: Vec<&str> = wanted.keys().map(String::as_str).collect();
        let found = Holder::find(graph, self.account, &names).await?;
        if found != Holder::Nobody {
            return Ok(found);
        }
        // Under another name, but with our mail nickname or address: a creation would be refused.
        let upn = &self.account.user_principal_name;
        let names: Vec<&str> = names.into_iter().chain([mark::HOLDER]).collect();
        let holders = graph
            .address_holders(&self.new.mail_nickname, upn, &names)
            .await?;
        let holder = holders.into_iter().next();
        Ok(holder.map_or(Holder::Nobody, |properties| {
            Holder::read(self.account, properties)
        }))
    }

    fn compare(&self, have: &Holder) -> Next<Change> {
        match have {
            Holder::Nobody => Next::Write(Change::Create),
            Holder::Stranger => Next::Refuse(Failure::Taken),
            Holder::Ours(account) => {
                let mut open = self.wanted();
                open.retain(|name, value| !covers(value, account.properties.get(name)));
                if open.is_empty() {
                    Next::Nothing
                } else {
                    Next::Write(Change::Update(open))
                }
            }
        }
    }

    async fn apply(&self, graph: &Graph, change: Change) -> Result<()> {
        match change {
            Change::Create => {
                let user = NewUser {
                    user_principal_name: &self.account.user_principal_name,
                    display_name: &self.new.display_name,
                    mail_nickname: &self.new.mail_nickname,
                    account_enabled: true,
                    password: self.password,
                    attributes: &self.new.attributes,
                };
                graph.create_user(&user).await.map(drop)
            }
            Change::Update(properties) => {
                match Holder::find(graph, self.account, &[]).await?.id() {
                    Some(id) => graph.update_user(id, &properties).await,
                    // Gone or no longer ours since the comparison: the look afterwards tells.
                    None => Ok(()),
                }
            }
        }
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

/// Whether `have` shows everything that is wanted. Graph may write the same moment in another form.
pub(crate) fn covers(want: &Value, have: Option<&Value>) -> bool {
    match (want, have) {
        (Value::Null, None) => true,
        (Value::Object(want), Some(Value::Object(have))) => {
            want.iter().all(|(name, value)| covers(value, have.get(name)))
        }
        (Value::String(want), Some(Value::String(have))) => want == have || same_moment(want, have),
        (want, have) => have == Some(want),
    }
}

fn same_moment(a: &str, b: &str) -> bool {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    moment(a).is_some_and(|a| moment(b) == Some(a))
}

#[cfg(test)]
mod tests;
