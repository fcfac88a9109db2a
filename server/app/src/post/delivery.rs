//! Mail: a draft that carries our key, found again, then sent. The same key is never sent twice.

use m365::graph::{Message, MessageId, NewMessage};
use store::{Outgoing, transaction};

use crate::jobs::JobError;
use crate::mail::Text;
use crate::service::Service;

/// Sends what bears this key, unless it went out already.
pub(crate) async fn deliver(service: &Service, key: &str, letter: (&Text, &str)) -> Result<(), JobError> {
    let begun = begin(service, key).await?;
    if matches!(begun, Some(Outgoing::Sent { .. })) {
        return Ok(());
    }
    let found = match &begun {
        Some(_) => find(service, key).await?,
        None => Vec::new(),
    };
    match begun {
        // The draft that was taken is gone from the mailbox: it went out.
        Some(Outgoing::Begun { handle: Some(handle) }) if found.is_empty() => {
            sent(service, key, &handle).await
        }
        _ if found.is_empty() => {
            let made = draft(service, key, letter).await?;
            send(service, key, beside(made, find(service, key).await?)).await
        }
        _ => send(service, key, found).await,
    }
}

/// All that bears this key: what was made a moment ago may not be found yet.
fn beside(made: Message, mut found: Vec<Message>) -> Vec<Message> {
    if !found.contains(&made) {
        found.push(made);
    }
    found
}

/// Sends one of these drafts, and deletes the others. Runs of the same job may overlap where a clock leaps: each
/// looks after it has made its draft, and the first to take one says which it is.
async fn send(service: &Service, key: &str, messages: Vec<Message>) -> Result<(), JobError> {
    let (drafts, gone): (Vec<_>, Vec<_>) = messages.into_iter().partition(|message| message.is_draft);
    if let Some(message) = gone.first() {
        discard(service, &drafts, None).await?;
        return sent(service, key, &message.id.0).await;
    }
    match choose(service, key, &drafts).await? {
        Some(Outgoing::Begun { handle: Some(chosen) }) => {
            discard(service, &drafts, Some(&chosen)).await?;
            send_draft(service, key, (&drafts, chosen)).await
        }
        Some(Outgoing::Sent { .. }) => discard(service, &drafts, None).await,
        _ => Err(JobError::Wait("what was begun is not noted any more")),
    }
}

async fn send_draft(
    service: &Service,
    key: &str,
    (drafts, chosen): (&[Message], String),
) -> Result<(), JobError> {
    if !drafts.iter().any(|draft| draft.id.0 == chosen) {
        return Err(JobError::Wait("another run sends this mail"));
    }
    let graph = service.microsoft.graph();
    let chosen = MessageId(chosen);
    graph.send_draft(&service.config.mail.sender, &chosen).await?;
    sent(service, key, &chosen.0).await
}

async fn discard(service: &Service, drafts: &[Message], chosen: Option<&str>) -> Result<(), JobError> {
    let others = drafts.iter().filter(|draft| Some(draft.id.0.as_str()) != chosen);
    for draft in others {
        tracing::info!("a second draft of one mail is deleted");
        let graph = service.microsoft.graph();
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

async fn choose(service: &Service, key: &str, drafts: &[Message]) -> Result<Option<Outgoing>, JobError> {
    let at = service.now();
    let Some(first) = drafts.first() else {
        return Ok(None);
    };
    let handle = &first.id.0;
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.take_handle(key, handle, at).await?))
}

async fn sent(service: &Service, key: &str, handle: &str) -> Result<(), JobError> {
    let at = service.now();
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.note_sent(key, Some(handle), at).await?))
}
