//! 1 日 1 回のまとめ: who wishes it gets one mail on each business day instead of one for each event.
//!
//! A mail that waits is a row under its own key. When the hour comes, the rows become one digest with a key of its
//! own, in one transaction and before anything goes out: whatever is killed then, the same digest is looked for and
//! sent once.

mod choice;
mod deferred;
mod letter;

use serde::{Deserialize, Serialize};
use store::jobs::JobEnd;
use store::{Document, Shelf, Tx, transaction};
use workflow::PersonId;

use crate::jobs::{JobError, MailWish, Task};
use crate::people;
use crate::post::{self, Reader};
use crate::service::Service;
pub(crate) use choice::Choice;
pub(crate) use deferred::defer;

/// A digest from the moment on at which it is made until it has gone out.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Digest {
    /// Its effect key.
    key: String,
    wishes: Vec<MailWish>,
}

pub(crate) async fn run(service: &Service, person: &PersonId) -> Result<JobEnd, JobError> {
    let Some(digest) = make(service, person).await? else {
        return Ok(JobEnd::Done);
    };
    let reader = people::reread(service, person).await?;
    if reader.is_active()
        && let Some(text) =
            letter::write(service, person, (&digest.wishes, &Reader::of(service, &reader))).await?
    {
        post::deliver(service, &digest.key, (&text, reader.address())).await?;
    }
    close(service, person).await
}

/// The one that is under way, or a new one of all that waits; none: nothing waits.
async fn make(service: &Service, person: &PersonId) -> Result<Option<Digest>, JobError> {
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        if let Some(under_way) = tx.get(Shelf::Digest, person.as_str()).await? {
            return read(under_way.body).map(Some);
        }
        let wishes = deferred::take(tx, person).await?;
        if wishes.is_empty() {
            return Ok(None);
        }
        let digest = Digest { key: format!("digest:{person}:{}", now.as_millisecond()), wishes };
        let body = serde_json::to_value(&digest).map_err(|error| JobError::unreadable("a digest", &error))?;
        tx.put(Shelf::Digest, &Document { name: person.to_string(), body, at: now }).await?;
        Ok(Some(digest))
    })
}

fn read(body: serde_json::Value) -> Result<Digest, JobError> {
    serde_json::from_value(body).map_err(|error| JobError::unreadable("a digest", &error))
}

/// It has gone out. What came in the meantime waits for the next one.
async fn close(service: &Service, person: &PersonId) -> Result<JobEnd, JobError> {
    let next = deferred::next(service)?;
    transaction!(service.store.write(&service.tenant), tx => {
        tx.remove(Shelf::Digest, person.as_str()).await?;
        ask(tx, person, next).await?;
        Ok(JobEnd::Done)
    })
}

/// Asks for a digest at this moment, if anything waits.
async fn ask(tx: &mut Tx, person: &PersonId, at: jiff::Timestamp) -> Result<(), JobError> {
    if deferred::waits(tx, person).await? {
        let person = person.clone();
        tx.enqueue(&Task::Digest { person }.job(at)?).await?;
    }
    Ok(())
}
