//! Mail to a person: who it is written to, whether it waits for a digest, and that it goes out once.

mod delivery;
mod letter;

use jiff::SignedDuration;
use store::jobs::JobEnd;
use store::{Outgoing, StoreError, transaction};

use crate::jobs::{JobError, MailWish};
use crate::service::Service;
use crate::{digest, people, publish};
pub(crate) use delivery::{clear, deliver};
pub(crate) use letter::{Reader, facts};

/// The history is written within moments: nobody waits longer for a mail because it was looked for too early.
const A_MOMENT: SignedDuration = SignedDuration::from_secs(2);

pub(crate) async fn run(service: &Service, wish: &MailWish) -> Result<JobEnd, JobError> {
    let begun = outgoing(service, &wish.key).await?;
    if matches!(begun, Some(Outgoing::Sent { .. })) {
        return Ok(JobEnd::Done);
    }
    if !publish::is_recorded(service, &wish.application).await? {
        let why = "what the mail tells is not in the history list yet";
        return Ok(JobEnd::Onward(service.now() + A_MOMENT, why.to_owned()));
    }
    // An address may have been given to somebody new since the copy was taken.
    let reader = people::reread(service, &wish.to).await?;
    if !reader.is_active() {
        if begun.is_some() {
            delivery::abandon(service, &wish.key).await?;
        }
        return Ok(JobEnd::Drop("the reader has left".into()));
    }
    if begun.is_none() && digest::defer(service, wish).await? {
        return Ok(JobEnd::Done);
    }
    let text = letter::write(service, wish, &Reader::of(service, &reader)).await?;
    deliver(service, &wish.key, (&text, reader.address())).await?;
    Ok(JobEnd::Done)
}

async fn outgoing(service: &Service, key: &str) -> Result<Option<Outgoing>, StoreError> {
    transaction!(service.store.read(&service.tenant), tx => tx.outgoing(key).await)
}
