//! Sending: the draft moves to Sent Items, copies go to the recipients' inboxes.

use serde_json::{Value, json};

use super::compose::{compose, effect_name};
use super::state::{Folder, Message};
use super::{not_found, owner};
use crate::call::Reply;
use crate::directory::{Directory, ObjectId};
use crate::graph::fault::Fault;
use crate::graph::permission::SEND_MAIL;
use crate::graph::request::{Outcome, Request, parameter};
use crate::world::Tenant;

pub(super) fn draft(request: &Request, key: &str, id: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, SEND_MAIL)?;
    let at = tenant.mailboxes.place_of(owner, id).ok_or_else(not_found)?;
    let messages = &mut tenant.mailboxes.messages;
    if messages[at].sent.is_some() {
        return Err(Fault::refused(
            400,
            "ErrorInvalidRequest",
            "The message is not a draft.",
        ));
    }
    check(&messages[at])?;
    let mut message = messages.remove(at);
    message.moves += 1;
    depart(request, &mut tenant, message, true);
    Ok(Reply::empty(202))
}

pub(super) fn at_once(request: &Request, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, SEND_MAIL)?;
    let body = request.object()?;
    let content = parameter(&body, "message")
        .and_then(Value::as_object)
        .ok_or_else(|| {
            Fault::refused(
                400,
                "ErrorInvalidParameter",
                "The parameter 'message' is missing.",
            )
        })?;
    let keep = parameter(&body, "saveToSentItems") != Some(&json!(false));
    let message = compose(request, &mut tenant, owner, content)?;
    check(&message)?;
    depart(request, &mut tenant, message, keep);
    Ok(Reply::empty(202))
}

fn check(message: &Message) -> Result<(), Fault> {
    if addresses(message).is_empty() {
        return Err(Fault::refused(
            400,
            "ErrorInvalidRecipients",
            "At least one recipient is not valid., Recipient 0 is not resolved. All recipients must be resolved before a message can be submitted.",
        ));
    }
    Ok(())
}

fn depart(request: &Request, tenant: &mut Tenant, mut message: Message, keep: bool) {
    message.sent = Some(request.now);
    message.folder = Folder::SentItems;
    for recipient in recipients(&tenant.directory, &message) {
        let mut copy = message.clone();
        copy.key = tenant.ids.uuid();
        copy.owner = recipient;
        copy.folder = Folder::Inbox;
        copy.extended.clear();
        copy.content.remove("bccRecipients");
        tenant.mailboxes.messages.push(copy);
    }
    request.record(tenant, format!("graph:send:message:{}", effect_name(&message)));
    if keep {
        tenant.mailboxes.messages.push(message);
    }
}

fn addresses(message: &Message) -> Vec<String> {
    ["toRecipients", "ccRecipients", "bccRecipients"]
        .iter()
        .filter_map(|name| message.content.get(*name)?.as_array())
        .flatten()
        .filter_map(|recipient| recipient["emailAddress"]["address"].as_str())
        .map(str::to_lowercase)
        .collect()
}

/// People of the tenant among the recipients; mail to others leaves the model.
fn recipients(directory: &Directory, message: &Message) -> Vec<ObjectId> {
    let addresses = addresses(message);
    directory
        .users
        .values()
        .filter(|user| user.deleted.is_none())
        .filter(|user| {
            let mail = user.properties.get("mail").and_then(Value::as_str);
            mail.is_some_and(|mail| addresses.contains(&mail.to_lowercase()))
        })
        .map(|user| user.id)
        .collect()
}
