//! Writes on what belongs to a list or an item: versions, content types, event receivers; many items at once.

use serde_json::{Map, Value};

use super::body;
use super::content_type_body;
use super::outcome::Outcome;
use super::path::Segment;
use super::resource::Resource;
use super::write::{Verb, Write, not_allowed};
use super::write_items;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{content_types, event_receivers, form_values, versions};
use crate::sharepoint::state::event_receiver::EventReceiver;
use crate::sharepoint::state::ids::{ItemId, ListId};

/// Functions; `None` for what is none of these.
pub(super) fn function(
    session: &mut Session<'_>,
    target: &Resource,
    asked: &Segment,
    write: &Write<'_>,
) -> Result<Option<Outcome>, Fault> {
    match (target, asked.name.as_str()) {
        (Resource::Version(list, item, id), "deleteobject") => versions::delete(session, *list, *item, *id)?,
        (Resource::Versions(list, item), "deletebyid") => {
            versions::delete(session, *list, *item, asked.number("vid", 0)?)?;
        }
        (Resource::Versions(list, item), "deletebylabel") => {
            let label = asked.required("versionlabel", 0)?;
            let id = versions::labelled(session, *list, *item, label)?;
            versions::delete(session, *list, *item, id)?;
        }
        (Resource::Versions(list, item), "deleteall") => versions::delete_all(session, *list, *item)?,
        (Resource::ContentType(list, id), "deleteobject") => content_types::remove(session, *list, id)?,
        (Resource::ContentTypes(list), "addavailablecontenttype") => {
            let body = write.body()?;
            let given = asked.argument("contenttypeid", 0).map(str::to_owned);
            let id = given.map_or_else(|| body::text(&body, "contentTypeId"), Ok)?;
            let made = content_types::add_available(session, *list, &id)?;
            return Ok(Some(Outcome::Found(Resource::ContentType(*list, made))));
        }
        (Resource::List(list), "bulkvalidateupdatelistitems") => {
            return bulk(session, *list, &write.body()?).map(Some);
        }
        _ => return Ok(None),
    }
    Ok(Some(Outcome::Void(asked.original.clone())))
}

/// `BulkValidateUpdateListItems`: the same form values for each of the items.
fn bulk(session: &mut Session<'_>, list: ListId, body: &Map<String, Value>) -> Result<Outcome, Fault> {
    let ids = body.get("itemIds").and_then(Value::as_array);
    let ids = ids.ok_or_else(|| Fault::argument("The parameter itemIds is missing."))?;
    let in_place = body::truth(body, "bNewDocumentUpdate").unwrap_or(false);
    let mut told = Vec::new();
    for id in ids {
        let id = id.as_u64().and_then(|id| u32::try_from(id).ok());
        let id = ItemId(id.ok_or_else(|| Fault::argument("itemIds holds no numbers."))?);
        let answer = form_values::validate_update(session, list, id, write_items::given(body)?, in_place)?;
        told.extend(write_items::told(&answer, id));
    }
    Ok(Outcome::Values(told))
}

pub(super) fn plain(
    session: &mut Session<'_>,
    target: &Resource,
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    match (target, write.verb) {
        (Resource::EventReceivers(list), Verb::Post) => {
            let id = event_receivers::create(session, *list, receiver(&write.body()?)?)?;
            Ok(Outcome::Created(Resource::EventReceiver(*list, id)))
        }
        (Resource::ContentType(list, id), Verb::Merge) => {
            let present = content_types::find(session.list(*list)?, id)?.clone();
            let changed = content_type_body::changed(present, &write.body()?)?;
            content_types::update(session, *list, changed)?;
            Ok(Outcome::Changed(None))
        }
        (Resource::SiteContentTypes | Resource::SiteContentType(_), _) => {
            Err(Fault::not_modelled("changes of the site's own content types"))
        }
        (Resource::ContentType(list, id), Verb::Delete) => {
            content_types::remove(session, *list, id)?;
            Ok(Outcome::Done)
        }
        (Resource::EventReceiver(list, id), Verb::Delete) => {
            event_receivers::delete(session, *list, *id)?;
            Ok(Outcome::Done)
        }
        _ => Err(not_allowed()),
    }
}

fn receiver(body: &Map<String, Value>) -> Result<EventReceiver, Fault> {
    let number = |name: &str| {
        body::whole(body, name).ok_or_else(|| Fault::argument(format!("The parameter {name} is missing.")))
    };
    Ok(EventReceiver {
        id: uuid::Uuid::nil(),
        event_type: number("EventType")?,
        name: body::text(body, "ReceiverName")?,
        url: body::text(body, "ReceiverUrl")?,
        sequence_number: body::whole(body, "SequenceNumber").unwrap_or(10_000),
        synchronization: body::whole(body, "Synchronization").unwrap_or(2),
    })
}
