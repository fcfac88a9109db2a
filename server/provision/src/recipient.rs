//! People as Exchange knows them: whoever gets mail can own a list, be its member, and open a mailbox.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::exchange::{Exchange, Identity};
use m365::graph::Graph;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::People;

/// People by object id in Entra, with what Exchange knows them by.
pub type Recipients = BTreeMap<Uuid, Recipient>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub name: String,
    /// His user principal name.
    pub address: String,
}

/// Somebody who exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPerson {
    pub name: String,
    /// His user principal name.
    pub address: String,
    /// May sign in.
    pub enabled: bool,
    /// Whether Exchange knows him.
    pub gets_mail: bool,
}

/// Those who exist.
pub type MailPeople = BTreeMap<Uuid, MailPerson>;

/// Those of the wished people who exist.
pub(crate) async fn known(graph: &Graph, exchange: &Exchange, wished: &[&People]) -> Result<MailPeople> {
    let ids: BTreeSet<Uuid> = wished.iter().flat_map(|people| people.keys()).copied().collect();
    let mut people = MailPeople::new();
    for id in ids.into_iter().filter(|id| !id.is_nil()) {
        let Some(user) = graph.user(&id.to_string()).await? else {
            continue;
        };
        let address = user.user_principal_name.clone();
        let recipient = exchange.recipient(&Identity::from(address.as_str())).await?;
        let person = MailPerson {
            name: user.display_name.unwrap_or_else(|| address.clone()),
            address,
            enabled: user.account_enabled == Some(true),
            gets_mail: recipient.is_some(),
        };
        people.insert(id, person);
    }
    Ok(people)
}

/// Exchange tells people by their names or user principal names alone. Whoever is gone is left out.
pub(crate) async fn called(exchange: &Exchange, names: &[&str]) -> Result<BTreeSet<Uuid>> {
    let mut people = BTreeSet::new();
    for name in names {
        let person = exchange.recipient(&Identity::from(*name)).await?;
        people.extend(person.and_then(|person| person.external_directory_object_id));
    }
    Ok(people)
}

/// Those of the people whom the image names as there before, or those whom it does not.
pub(crate) fn split(people: &Recipients, before: &Value, name: &str, were_there: bool) -> Option<Recipients> {
    let ids = before[name].as_array().into_iter().flatten();
    let there: Vec<Uuid> = ids.filter_map(|id| id.as_str()?.parse().ok()).collect();
    let mut split = people.clone();
    split.retain(|id, _| there.contains(id) == were_there);
    (!split.is_empty()).then_some(split)
}

/// People have names and change them.
pub(crate) fn forget_names(people: &mut Recipients) {
    for person in people.values_mut() {
        person.name.clear();
    }
}
