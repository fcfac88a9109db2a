//! Reading messages.

use serde_json::{Value, json};

use super::narrowing::{demanded, may_hold};
use super::state::{Folder, Message};
use super::{not_found, owner};
use crate::graph::fault::Fault;
use crate::graph::filter;
use crate::graph::model::Entity;
use crate::graph::options::Options;
use crate::graph::page::{self, Collection};
use crate::graph::permission::READ_MAIL;
use crate::graph::request::{Outcome, Request, entity};

/// Outlook shows 10 messages a page when not told (Microsoft Graph, "List messages").
const PAGE: usize = 10;

pub(super) fn show(request: &Request, message: &Message) -> Entity {
    let mut shown = message.content.clone();
    for (name, value) in [
        ("id", json!(message.id(request.prefers("IdType=\"ImmutableId\"")))),
        ("parentFolderId", json!(format!("{:?}", message.folder))),
        ("isDraft", json!(message.sent.is_none())),
        ("internetMessageId", json!(message.internet_message_id)),
        ("createdDateTime", json!(message.created)),
        ("sentDateTime", json!(message.sent)),
        ("receivedDateTime", json!(message.sent.unwrap_or(message.created))),
    ] {
        shown.insert(name.to_owned(), value);
    }
    shown
}

fn with_extended(request: &Request, message: &Message) -> Entity {
    let mut full = show(request, message);
    full.insert(
        "singleValueExtendedProperties".to_owned(),
        json!(message.extended),
    );
    full
}

/// The selected properties, and of the extended ones those that `$expand` asks for.
fn finish(request: &Request, full: &Entity) -> Result<Entity, Fault> {
    let mut shown = page::select(full, "message", &request.options.select, &[])?;
    shown.insert("id".to_owned(), full["id"].clone());
    let name = "singleValueExtendedProperties";
    shown.remove(name);
    if let Some(expand) = request.options.expansion(name) {
        let wanted = Options::parse(&expand.inner)?
            .filter
            .as_deref()
            .map(filter::parse)
            .transpose()?;
        let mut kept = full[name].as_array().cloned().unwrap_or_default();
        kept.retain(|value| wanted.as_ref().is_some_and(|wanted| filter::holds(wanted, value)));
        if !kept.is_empty() {
            shown.insert(name.to_owned(), kept.into());
        }
    }
    Ok(shown)
}

pub(super) fn list(request: &Request, key: &str, folder: Option<&str>) -> Outcome {
    let tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, READ_MAIL)?;
    let folder = match folder {
        Some(name) => Some(Folder::named(name).ok_or_else(not_found)?),
        None => None,
    };
    let wanted = page::request_filter(request)?;
    let messages = &tenant.mailboxes.messages;
    let demanded = wanted.as_ref().and_then(demanded);
    let most = demanded.and_then(|value| messages.bearing(owner, value));
    let found = messages
        .iter()
        .rev()
        .filter(|message| message.owner == owner && folder.is_none_or(|folder| message.folder == folder))
        .filter(|message| wanted.as_ref().is_none_or(|wanted| may_hold(wanted, message)))
        .take(most.unwrap_or(usize::MAX))
        .map(|message| with_extended(request, message))
        .filter(|full| {
            wanted
                .as_ref()
                .is_none_or(|wanted| filter::holds(wanted, &Value::Object(full.clone())))
        })
        .map(|full| finish(request, &full))
        .collect::<Result<Vec<_>, _>>()?;
    let context = format!("users('{}')/messages", owner.0);
    let collection = Collection {
        resource: "message",
        context: &context,
        default: &[],
    };
    page::unselected(request, collection, &found, PAGE)
}

pub(super) fn one(request: &Request, key: &str, id: &str) -> Outcome {
    let tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, READ_MAIL)?;
    let mut messages = tenant.mailboxes.messages.iter().rev();
    let message = messages
        .find(|message| message.owner == owner && message.is(id))
        .ok_or_else(not_found)?;
    let shown = finish(request, &with_extended(request, message))?;
    Ok(entity(
        200,
        &format!("users('{}')/messages/$entity", owner.0),
        shown,
    ))
}
