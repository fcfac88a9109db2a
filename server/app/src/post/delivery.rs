//! Mail: a draft that carries our key, found again, then sent. The same key is never sent twice.

use jiff::{SignedDuration, Timestamp};
use m365::graph::{Message, MessageId, NewMessage};
use store::jobs::JobEnd;
use store::{Outgoing, StoreError, transaction};

use crate::jobs::{JobError, Task};
use crate::mail::Text;
use crate::service::Service;

/// Where Exchange shows neither a draft nor what became of it, this long is waited: its copies agree within moments. A
/// draft that a person or a rule moved meanwhile has another id (Microsoft Graph, "Get immutable identifiers").
const SETTLES: SignedDuration = SignedDuration::from_mins(3);
/// A mail that has not gone out is looked for again after this long…
const AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// … and no longer waited for after this long.
const GIVEN_UP: SignedDuration = SignedDuration::from_hours(24);
const NOT_SHOWN: JobError = JobError::Wait("Exchange does not show what became of the draft yet");

/// Sends what bears this key, unless it went out already. Runs of one job may overlap where a clock leaps: whichever
/// first gives the key its draft sends it.
pub(crate) async fn deliver(service: &Service, key: &str, letter: (&Text, &str)) -> Result<(), JobError> {
    match begin(service, key).await? {
        None => make(service, key, letter).await,
        Some(Outgoing::Sent { .. }) => Ok(()),
        Some(Outgoing::Begun { handle, at }) => match (find(service, key).await?, handle) {
            (found, None) if found.is_empty() => {
                expect_leftovers(service, key).await?;
                make(service, key, letter).await
            }
            (found, Some(_)) if found.is_empty() && is_fresh(service, at) => Err(NOT_SHOWN),
            // Neither draft nor sent copy: it went out, and what was left of it was taken away.
            (found, Some(handle)) if found.is_empty() => sent(service, key, &handle).await,
            (found, _) => resume(service, key, found).await,
        },
    }
}

/// A run that was cut off may have a draft on its way that Exchange shows only later.
async fn expect_leftovers(service: &Service, key: &str) -> Result<(), JobError> {
    let (at, key) = (service.now() + SETTLES, key.to_owned());
    transaction!(service.store.write(&service.tenant), tx =>
        Ok(tx.enqueue(&Task::Leftovers { key: key.clone() }.job(at)?).await?))
}

/// Deletes the drafts of a mail that went out by another.
pub(crate) async fn clear(service: &Service, key: &str) -> Result<JobEnd, JobError> {
    match super::outgoing(service, key).await? {
        Some(Outgoing::Sent { handle }) => {
            discard(service, find(service, key).await?, handle.as_deref()).await?;
            Ok(JobEnd::Done)
        }
        Some(Outgoing::Begun { at, .. }) if service.now().duration_since(at) < GIVEN_UP => {
            let why = "the mail has not gone out yet";
            Ok(JobEnd::Onward(service.now() + AGAIN, why.to_owned()))
        }
        // What may still be sent stays.
        Some(Outgoing::Begun { handle, .. }) => {
            discard(service, find(service, key).await?, handle.as_deref()).await?;
            Ok(JobEnd::Drop("the mail is no longer waited for".to_owned()))
        }
        None => Ok(JobEnd::Done),
    }
}

/// Deletes what was drafted for somebody who gets no mail any more.
pub(super) async fn abandon(service: &Service, key: &str) -> Result<(), JobError> {
    discard(service, find(service, key).await?, None).await
}

async fn make(service: &Service, key: &str, letter: (&Text, &str)) -> Result<(), JobError> {
    let made = draft(service, key, letter).await?;
    if !is_taken(take(service, key, &made.id).await?.as_ref(), &made.id) {
        discard(service, vec![made], None).await?;
        return Err(JobError::Wait("another run sends this mail"));
    }
    // Before a database was lost it may have gone out.
    let found = find(service, key).await?;
    match found.iter().find(|message| !message.is_draft) {
        Some(gone) => {
            let gone = gone.id.0.clone();
            discard(service, vec![made], None).await?;
            sent(service, key, &gone).await
        }
        None => send(service, key, (&made.id, found)).await,
    }
}

/// Goes on with what an earlier run left.
async fn resume(service: &Service, key: &str, found: Vec<Message>) -> Result<(), JobError> {
    if let Some(gone) = found.iter().find(|message| !message.is_draft) {
        let gone = gone.id.0.clone();
        discard(service, found, None).await?;
        return sent(service, key, &gone).await;
    }
    let stands = match found.first() {
        Some(first) => take(service, key, &first.id).await?,
        None => None,
    };
    if let Some(Outgoing::Sent { handle }) = &stands {
        return discard(service, found, handle.as_deref()).await;
    }
    if let Some(chosen) = found.iter().find(|draft| is_taken(stands.as_ref(), &draft.id)) {
        let chosen = chosen.id.clone();
        return send(service, key, (&chosen, found)).await;
    }
    moved(service, key, (stands.as_ref(), found)).await
}

/// None of these is the draft that was taken. After a while it must have been moved: another one stands for it then.
async fn moved(
    service: &Service,
    key: &str,
    (stands, found): (Option<&Outgoing>, Vec<Message>),
) -> Result<(), JobError> {
    let (
        Some(Outgoing::Begun {
            handle: Some(old),
            at,
        }),
        Some(first),
    ) = (stands, found.first())
    else {
        return Err(NOT_SHOWN);
    };
    if is_fresh(service, *at) {
        return Err(NOT_SHOWN);
    }
    let (now, new) = (service.now(), first.id.clone());
    let stands: Result<_, StoreError> = transaction!(service.store.write(&service.tenant), tx =>
        tx.replace_handle(key, (old, &new.0), now).await);
    if !is_taken(stands?.as_ref(), &new) {
        return Err(NOT_SHOWN);
    }
    send(service, key, (&new, found)).await
}

async fn send(
    service: &Service,
    key: &str,
    (chosen, found): (&MessageId, Vec<Message>),
) -> Result<(), JobError> {
    let graph = service.microsoft.graph();
    graph.send_draft(&service.config.mail.sender, chosen).await?;
    discard(service, found, Some(&chosen.0)).await?;
    sent(service, key, &chosen.0).await
}

fn is_fresh(service: &Service, at: Timestamp) -> bool {
    service.now().duration_since(at) < SETTLES
}

fn is_taken(stands: Option<&Outgoing>, draft: &MessageId) -> bool {
    matches!(stands, Some(Outgoing::Begun { handle: Some(taken), .. }) if *taken == draft.0)
}

/// Deletes the drafts among these, but for the one that is kept.
async fn discard(service: &Service, found: Vec<Message>, kept: Option<&str>) -> Result<(), JobError> {
    let graph = service.microsoft.graph();
    let others = found
        .into_iter()
        .filter(|message| message.is_draft && Some(message.id.0.as_str()) != kept);
    for draft in others {
        tracing::info!("a draft that is not sent is deleted");
        graph.delete_draft(&service.config.mail.sender, &draft.id).await?;
    }
    Ok(())
}

async fn find(service: &Service, key: &str) -> Result<Vec<Message>, JobError> {
    let graph = service.microsoft.graph();
    Ok(graph.find_messages(&service.config.mail.sender, key).await?)
}

async fn draft(service: &Service, key: &str, (text, address): (&Text, &str)) -> Result<Message, JobError> {
    let message = NewMessage {
        key,
        subject: &text.subject,
        body: &text.html,
        to: &[address],
        cc: &[],
    };
    let graph = service.microsoft.graph();
    Ok(graph.create_draft(&service.config.mail.sender, &message).await?)
}

async fn begin(service: &Service, key: &str) -> Result<Option<Outgoing>, JobError> {
    let at = service.now();
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.begin_outgoing(key, at).await?))
}

/// What stands once this draft was offered: the first one that was stays.
async fn take(service: &Service, key: &str, draft: &MessageId) -> Result<Option<Outgoing>, JobError> {
    let at = service.now();
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.take_handle(key, &draft.0, at).await?))
}

async fn sent(service: &Service, key: &str, handle: &str) -> Result<(), JobError> {
    let at = service.now();
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.note_sent(key, Some(handle), at).await?))
}

#[cfg(test)]
#[cfg(feature = "dev-tenant")]
mod tests;
