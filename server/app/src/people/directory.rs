//! Copies of what Entra says about people.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Document, Shelf, StoreError, Tx, transaction};
use workflow::PersonId;

use crate::jobs::JobError;
use crate::service::Service;

/// Copies are taken anew after this time: a new name or address is seen the next day.
const FRESH: SignedDuration = SignedDuration::from_hours(12);
const ADMINISTRATORS: &str = "administrators";

/// What we know of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub name: String,
    pub upn: String,
    pub mail: Option<String>,
}

/// The copy, taken anew when it is old. `None`: Entra knows no such person (any more).
pub async fn person(service: &Service, id: &PersonId) -> Result<Option<Known>, JobError> {
    if let Some(known) = copy(service, id.as_str()).await? {
        return Ok(Some(known));
    }
    taken(service, id).await
}

/// Whether this is a person's mail address or user principal name. Who was renamed since the copy was taken is
/// looked up anew.
pub(crate) async fn is_address_of(service: &Service, id: &PersonId, address: &str) -> Result<bool, JobError> {
    let is_his = |known: Known| known.is_address(address);
    Ok(person(service, id).await?.is_some_and(is_his) || taken(service, id).await?.is_some_and(is_his))
}

impl Known {
    fn is_address(&self, address: &str) -> bool {
        let own = [Some(&self.upn), self.mail.as_ref()];
        let address = address.to_lowercase();
        own.into_iter().flatten().any(|own| own.to_lowercase() == address)
    }
}

/// A copy taken now.
async fn taken(service: &Service, id: &PersonId) -> Result<Option<Known>, JobError> {
    let Some(user) = service.microsoft.graph().user(id.as_str()).await? else {
        return Ok(None);
    };
    let known = Known {
        name: user
            .display_name
            .unwrap_or_else(|| user.user_principal_name.clone()),
        upn: user.user_principal_name,
        mail: user.mail,
    };
    keep(service, id.as_str(), &known).await?;
    Ok(Some(known))
}

/// A copy on the shelf of people that is not too old.
pub(super) async fn copy<T: serde::de::DeserializeOwned>(
    service: &Service,
    name: &str,
) -> Result<Option<T>, JobError> {
    let found: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.get(Shelf::Person, name).await);
    let fresh = |document: &Document| service.now().duration_since(document.at) < FRESH;
    Ok(found?
        .filter(fresh)
        .and_then(|document| serde_json::from_value(document.body).ok()))
}

pub(super) async fn keep(service: &Service, name: &str, body: &impl Serialize) -> Result<(), JobError> {
    let document = Document {
        name: name.to_owned(),
        body: serde_json::to_value(body).map_err(|error| JobError::unreadable("a person", &error))?,
        at: service.now(),
    };
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.put(Shelf::Person, &document).await?))
}

/// Members of the administrators' group when it was last read.
pub(crate) async fn administrators(tx: &mut Tx) -> Result<Vec<PersonId>, JobError> {
    let document = tx.get(Shelf::Organisation, ADMINISTRATORS).await?;
    let members = document.map(|document| serde_json::from_value(document.body["members"].clone()));
    members
        .transpose()
        .map(Option::unwrap_or_default)
        .map_err(|error| JobError::unreadable("the administrators", &error))
}

pub(crate) async fn keep_administrators(
    tx: &mut Tx,
    members: &[PersonId],
    at: Timestamp,
) -> Result<(), StoreError> {
    let document = Document {
        name: ADMINISTRATORS.to_owned(),
        body: json!({ "members": members }),
        at,
    };
    tx.put(Shelf::Organisation, &document).await
}
