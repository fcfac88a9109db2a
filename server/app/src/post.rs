//! Mail: a draft that carries our key, found again, then sent. The same key is never sent twice.

mod letter;

use m365::graph::{Graph, Message, MessageId, NewMessage};
use store::jobs::JobEnd;
use store::{Outgoing, StoreError, transaction};

use crate::jobs::{JobError, MailWish};
use crate::mail::Text;
use crate::service::Service;
use crate::{people, publish};

pub(crate) async fn run(service: &Service, wish: &MailWish) -> Result<JobEnd, JobError> {
    let begun = match outgoing(service, &wish.key).await? {
        Some(Outgoing::Sent { .. }) => return Ok(JobEnd::Done),
        Some(Outgoing::Begun { handle }) => handle,
        None => None,
    };
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
    let text = letter::write(service, wish, &reader.name).await?;
    note(
        service,
        &wish.key,
        &Outgoing::Begun {
            handle: begun.clone(),
        },
    )
    .await?;
    send(service, wish, begun, (&text, reader.address())).await?;
    Ok(JobEnd::Done)
}

async fn send(
    service: &Service,
    wish: &MailWish,
    begun: Option<String>,
    (text, address): (&Text, &str),
) -> Result<(), JobError> {
    let graph = service.microsoft.graph();
    let sender = &service.config.mail.sender;
    let draft = match (graph.find_message(sender, &wish.key).await?, &begun) {
        (Some(message), _) => message,
        // The draft that we had is gone from the drafts: it went out.
        (None, Some(_)) => return sent(service, wish, begun).await,
        (None, None) => draft(&graph, sender, wish, (text, address)).await?,
    };
    let handle = Some(draft.id.0.clone());
    if draft.is_draft {
        note(
            service,
            &wish.key,
            &Outgoing::Begun {
                handle: handle.clone(),
            },
        )
        .await?;
        graph.send_draft(sender, &MessageId(draft.id.0)).await?;
    }
    sent(service, wish, handle).await
}

async fn draft(
    graph: &Graph,
    sender: &str,
    wish: &MailWish,
    (text, address): (&Text, &str),
) -> Result<Message, JobError> {
    let message = NewMessage {
        key: &wish.key,
        subject: &text.subject,
        body: &letter::html(&text.body),
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

async fn sent(service: &Service, wish: &MailWish, handle: Option<String>) -> Result<(), JobError> {
    note(service, &wish.key, &Outgoing::Sent { handle }).await
}
