//! Copies of what Entra says about people: kept fresh by following the directory, read anew when they are old.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use store::{Document, Shelf, StoreError, Tx, transaction};
use workflow::PersonId;

use super::{Known, concerned};
use crate::jobs::JobError;
use crate::service::Service;

/// Should following fail, a change is seen after this time.
pub(super) const FRESH: SignedDuration = SignedDuration::from_hours(12);
const ADMINISTRATORS: &str = "administrators";

/// The copy, taken anew when it is old.
pub async fn person(service: &Service, id: &PersonId) -> Result<Known, JobError> {
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => document(tx, id.as_str()).await);
    match found? {
        Some((known, at)) if service.now().duration_since(at) < FRESH => Ok(known),
        _ => reread(service, id).await,
    }
}

/// Whether this is a person's mail address or user principal name. Who was renamed since the copy was taken is
/// looked up anew.
pub(crate) async fn is_address_of(service: &Service, id: &PersonId, address: &str) -> Result<bool, JobError> {
    Ok(person(service, id).await?.is_address(address) || reread(service, id).await?.is_address(address))
}

/// Whether our copy says that somebody has left, without a look at Entra. Of strangers it says nothing.
pub(crate) async fn is_known_to_have_left(service: &Service, id: &PersonId) -> Result<bool, JobError> {
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => document::<Known>(tx, id.as_str()).await);
    Ok(found?.is_some_and(|(known, _)| !known.is_active()))
}

/// What somebody is called by our copy, however old, without a look at Entra.
pub(crate) async fn name_of(tx: &mut Tx, id: &PersonId) -> Result<Option<String>, JobError> {
    Ok(document::<Known>(tx, id.as_str())
        .await?
        .map(|(known, _)| known.name))
}

/// What Entra says now. The copy and the work that a change asks for commit together.
pub(crate) async fn reread(service: &Service, id: &PersonId) -> Result<Known, JobError> {
    let read = service.microsoft.graph().user(id.as_str()).await?;
    transaction!(service.store.write(&service.tenant), tx => {
        let before = document::<Known>(tx, id.as_str()).await?.map(|(known, _)| known);
        let after = Known::after(before.as_ref(), id, read.clone());
        put(tx, service, id.as_str(), &after).await?;
        if let Some(before) = before {
            concerned::ask(tx, service, id, (&before, &after)).await?;
        }
        Ok(after)
    })
}

/// Those of `people` who have left.
pub(crate) async fn left<'a>(
    service: &Service,
    people: impl IntoIterator<Item = &'a PersonId>,
) -> Result<BTreeSet<PersonId>, JobError> {
    let mut left = BTreeSet::new();
    for id in people {
        if !person(service, id).await?.is_active() {
            left.insert(id.clone());
        }
    }
    Ok(left)
}

/// Our copy as it is, without a look at Entra.
pub(crate) async fn copy(tx: &mut Tx, id: &PersonId) -> Result<Option<Known>, JobError> {
    Ok(document(tx, id.as_str()).await?.map(|(known, _)| known))
}

/// Something kept on the shelf of people, and when. What was kept in another shape is taken anew.
pub(super) async fn document<T: DeserializeOwned>(
    tx: &mut Tx,
    name: &str,
) -> Result<Option<(T, Timestamp)>, JobError> {
    let found = tx.get(Shelf::Person, name).await?;
    Ok(found.and_then(|found| Some((serde_json::from_value(found.body).ok()?, found.at))))
}

pub(super) async fn put(
    tx: &mut Tx,
    service: &Service,
    name: &str,
    body: &impl Serialize,
) -> Result<(), JobError> {
    let document = Document {
        name: name.to_owned(),
        body: serde_json::to_value(body).map_err(|error| JobError::unreadable("a person", &error))?,
        at: service.now(),
    };
    Ok(tx.put(Shelf::Person, &document).await?)
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

/// Whether somebody administers and audits, by that reading.
pub(crate) async fn is_administrator(tx: &mut Tx, id: &PersonId) -> Result<bool, JobError> {
    Ok(administrators(tx).await?.contains(id))
}

/// Whether somebody administers, as Entra says now.
pub(crate) async fn administers(service: &Service, id: &PersonId) -> Result<bool, JobError> {
    let group = service.config.people.administrators;
    let members = service.microsoft.graph().members(group).await?;
    let is_he = |member: &uuid::Uuid| PersonId::new(member.to_string()) == *id;
    Ok(members.iter().any(is_he))
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
