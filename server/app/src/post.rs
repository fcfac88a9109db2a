//! Mail: a draft that carries our key, found again, then sent. The same key is never sent twice.

mod letter;

use m365::graph::{Graph, Message, MessageId, NewMessage};
use store::jobs::JobEnd;
use store::{Outgoing, StoreError, transaction};

use crate::jobs::{JobError, MailWish};
use crate::mail::Text;
use crate::service::Service;
use crate::{digest, people, publish};
pub(crate) use letter::{Reader, facts};

pub(crate) async fn run(service: &Service, wish: &MailWish) -> Result<JobEnd, JobError> {
    let begun = outgoing(service, &wish.key).await?;
    if matches!(begun, Some(Outgoing::Sent { .. })) {
        return Ok(JobEnd::Done);
    }
    if !publish::is_recorded(service, &wish.application).await? {
        return Err(JobError::Wait(
            "what the mail tells is not in the history list yet",
        ));
    }
    // An address may have been given to somebody new since the copy was taken.
    let reader = people::reread(service, &wish.to).await?;
    if !reader.is_active() {
        return Ok(JobEnd::Drop("the reader has left".into()));
    }
    if begun.is_none() && digest::defer(service, wish).await? {
        return Ok(JobEnd::Done);
    }
    let text = letter::write(service, wish, &Reader::of(service, &reader)).await?;
    deliver(service, &wish.key, (&text, reader.address())).await?;
    Ok(JobEnd::Done)
}

/// Sends what bears this key, unless it went out already.
pub(crate) async fn deliver(
    service: &Service,
    key: &str,
    (text, address): (&Text, &str),
) -> Result<(), JobError> {
    let begun = match outgoing(service, key).await? {
        Some(Outgoing::Sent { .. }) => return Ok(()),
        Some(Outgoing::Begun { handle }) => handle,
        None => None,
    };
    let handle = begun.clone();
    note(service, key, &Outgoing::Begun { handle }).await?;
    send(service, key, begun, (text, address)).await
}

async fn send(
    service: &Service,
    key: &str,
    begun: Option<String>,
    (text, address): (&Text, &str),
) -> Result<(), JobError> {
    let graph = service.microsoft.graph();
    let sender = &service.config.mail.sender;
    let draft = match (graph.find_message(sender, key).await?, &begun) {
        (Some(message), _) => message,
        // The draft that we had is gone from the drafts: it went out.
        (None, Some(_)) => return sent(service, key, begun).await,
        (None, None) => draft(&graph, sender, key, (text, address)).await?,
    };
    let handle = Some(draft.id.0.clone());
    if draft.is_draft {
        let handle = handle.clone();
        note(service, key, &Outgoing::Begun { handle }).await?;
        graph.send_draft(sender, &MessageId(draft.id.0)).await?;
    }
    sent(service, key, handle).await
}

async fn draft(
    graph: &Graph,
    sender: &str,
    key: &str,
    (text, address): (&Text, &str),
) -> Result<Message, JobError> {
    let message = NewMessage {
        key,
        subject: &text.subject,
        body: &text.html,
        to: &[address],
        cc: &[],
    };
    Ok(graph.create_draft(sender, &message).await?)
}

async fn outgoing(service: &Service, key: &str) -> Result<Option<Outgoing>, StoreError> {
    transaction!(service.store.read(&service.tenant), tx => tx.outgoing(key).await)
}

async fn note(service: &Service, key: &str, state: &Outgoing) -> Result<(), JobError> {
    let at = service.now();
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.note_outgoing(key, state, at).await?))
}

async fn sent(service: &Service, key: &str, handle: Option<String>) -> Result<(), JobError> {
    note(service, key, &Outgoing::Sent { handle }).await
}
