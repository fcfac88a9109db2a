//! Writing drafts.

use serde_json::Value;

use super::owner;
use super::state::{ExtendedProperty, Folder, Message};
use crate::directory::ObjectId;
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::permission::WRITE_MAIL;
use crate::graph::request::{Outcome, Request, entity};
use crate::world::Tenant;

/// Every POST is a new draft: Exchange does not look for an equal one.
pub(super) fn draft(request: &Request, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, WRITE_MAIL)?;
    let message = compose(request, &mut tenant, owner, &request.object()?)?;
    let named = effect_name(&message);
    let shown = super::read::show(request, &message);
    tenant.mailboxes.messages.push(message);
    request.record(&mut tenant, format!("graph:create:message:{named}"));
    Ok(entity(
        201,
        &format!("users('{}')/messages/$entity", owner.0),
        shown,
    ))
}

pub(super) fn compose(
    request: &Request,
    tenant: &mut Tenant,
    owner: ObjectId,
    body: &Entity,
) -> Result<Message, Fault> {
    let mut content = model::canonical("message", body)?;
    spell(&mut content)?;
    let extended = content
        .remove("singleValueExtendedProperties")
        .unwrap_or_default()
        .as_array()
        .into_iter()
        .flatten()
        .map(extended)
        .collect::<Result<_, _>>()?;
    let key = tenant.ids.uuid();
    let given = content.remove("internetMessageId");
    let internet_message_id = match given {
        Some(Value::String(id)) => id,
        _ => format!("<{key}@{}>", request.world.names.domain),
    };
    Ok(Message {
        key,
        moves: 0,
        owner,
        folder: Folder::Drafts,
        content,
        extended,
        internet_message_id,
        created: request.now,
        sent: None,
    })
}

/// Gives the words of a message Graph's spelling: clients write `HTML`, Graph shows `html`.
fn spell(content: &mut Entity) -> Result<(), Fault> {
    let kind = content
        .get_mut("body")
        .and_then(|body| body.get_mut("contentType"));
    spell_word(kind, "bodyType", "body")?;
    spell_word(content.get_mut("importance"), "importance", "importance")
}

fn spell_word(value: Option<&mut Value>, enumeration: &str, property: &str) -> Result<(), Fault> {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Ok(());
    };
    let known = value.as_str().and_then(|asked| model::word(enumeration, asked));
    *value = known.ok_or_else(|| Fault::invalid(property, "message"))?.into();
    Ok(())
}

fn extended(value: &Value) -> Result<ExtendedProperty, Fault> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    match (text("id"), text("value")) {
        (Some(id), Some(value)) => Ok(ExtendedProperty { id, value }),
        _ => Err(Fault::refused(
            400,
            "ErrorPropertyUpdate",
            "An extended property needs an id and a value.",
        )),
    }
}

/// How the ledger names a message: by its first extended property, else by its key.
pub(super) fn effect_name(message: &Message) -> String {
    message
        .extended
        .first()
        .map_or_else(|| message.key.to_string(), |property| property.value.clone())
}
