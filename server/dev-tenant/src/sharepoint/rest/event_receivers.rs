//! `lists(…)/eventreceivers`, on sites of SharePoint Server alone.

use serde_json::{Value, json};

use super::body;
use super::navigate;
use super::path::Segment;
use super::read;
use super::reply::{Answer, context};
use super::resource::Resource;
use super::shape::{Entity, Shape};
use super::write::{Verb, not_allowed};
use crate::sharepoint::farm::receiver::{self, NewReceiver, Receiver};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::ListId;

/// `SequenceNumber` when not said.
const SEQUENCE: u32 = 10_000;

/// The answer, when the path leads to the receivers of a list.
pub(super) fn answer(
    session: &mut Session<'_>,
    segments: &[Segment],
    verb: Verb,
    bytes: &[u8],
    shape: Shape,
) -> Result<Option<Answer>, Fault> {
    let at = segments
        .iter()
        .position(|segment| segment.name == "eventreceivers");
    let Some(at) = at.filter(|_| session.site().farm.is_some()) else {
        return Ok(None);
    };
    let Resource::List(list) = navigate::follow(session, &segments[..at])? else {
        return Err(navigate::unknown(&segments[at].original));
    };
    let keyed = segments[at..]
        .iter()
        .find(|segment| !segment.arguments.is_empty());
    let id = keyed
        .map(|segment| segment.guid("eventreceiverid", 0))
        .transpose()?;
    let deletes = segments.last().is_some_and(|last| last.name == "deleteobject");
    match (verb, id) {
        (Verb::Get, None) => all(session, list, shape),
        (Verb::Get, Some(id)) => Ok(one(session, receiver::find(session, list, id)?, shape, 200)),
        (Verb::Post, None) => {
            let id = receiver::create(session, list, wanted(bytes)?)?;
            Ok(one(session, receiver::find(session, list, id)?, shape, 201))
        }
        (verb, Some(id)) if deletes || verb == Verb::Delete => {
            receiver::delete(session, list, id)?;
            Ok(Answer::empty(200))
        }
        _ => Err(not_allowed()),
    }
    .map(Some)
}

fn wanted(bytes: &[u8]) -> Result<NewReceiver, Fault> {
    let body = body::object(bytes)?;
    let missing = || Fault::argument("The parameter EventType is missing.");
    Ok(NewReceiver {
        event: body::whole(&body, "EventType").ok_or_else(missing)?,
        name: body::text(&body, "ReceiverName")?,
        url: body::text(&body, "ReceiverUrl")?,
        sequence: body::whole(&body, "SequenceNumber").unwrap_or(SEQUENCE),
        synchronization: body::whole(&body, "Synchronization"),
    })
}

fn entity(list: ListId, receiver: &Receiver) -> Entity {
    let shown = json!({
        "EventType": receiver.event as u32,
        "ReceiverAssembly": "",
        "ReceiverClass": "",
        "ReceiverId": receiver.id,
        "ReceiverName": receiver.name,
        "ReceiverUrl": receiver.url,
        "SequenceNumber": receiver.sequence,
        "Synchronization": receiver.synchronization(),
    });
    Entity {
        type_name: "SP.EventReceiverDefinition".to_owned(),
        path: format!("Web/Lists(guid'{list}')/EventReceivers(guid'{}')", receiver.id),
        properties: shown.as_object().cloned().unwrap_or_default(),
        ..Entity::default()
    }
}

fn one(session: &Session<'_>, receiver: &Receiver, shape: Shape, status: u16) -> Answer {
    let value = shape.entity(entity(receiver.list, receiver), &read::api(session));
    let context = context(session, "SP.EventReceiverDefinition");
    Answer::json(status, shape.whole_entity(value, &context))
}

fn all(session: &Session<'_>, list: ListId, shape: Shape) -> Result<Answer, Fault> {
    let api = read::api(session);
    let found = receiver::of_list(session, list)?.into_iter();
    let all: Vec<Value> = found
        .map(|receiver| shape.entity(entity(list, receiver), &api))
        .collect();
    Ok(Answer::json(
        200,
        shape.whole_collection(&all, None, &context(session, "Collection")),
    ))
}
