//! Writes on items, their versions and attachments.

use serde_json::{Map, Value, json};

use super::body;
use super::outcome::Outcome;
use super::path::Segment;
use super::resource::Resource;
use super::write::{Verb, Write, not_allowed};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::form_values::{self, FormValue};
use crate::sharepoint::operations::items::{self, Placing};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::update::{self, Stamp, UpdateMode};
use crate::sharepoint::operations::{attachments, content_types, delete, places, versions};
use crate::sharepoint::state::ids::{ItemId, ListId};

pub(super) fn plain(
    session: &mut Session<'_>,
    target: &Resource,
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    match (target, write.verb) {
        (Resource::Items(list), Verb::Post) => {
            let body = write.body()?;
            // Folders come by AddValidateUpdateItemUsingPath.
            if body::whole(&body, "FileSystemObjectType") == Some(1) {
                return Err(Fault::argument("A folder cannot be created as an item."));
            }
            let edits = body::edits(session.list(*list)?, &body)?;
            let kind = content_type(session, *list, &body)?;
            let id = items::create(session, *list, Placing::default(), edits, &Stamp::default())?;
            assign(session, *list, id, kind)?;
            Ok(Outcome::Created(Resource::Item(*list, id)))
        }
        (Resource::Item(list, id), Verb::Merge | Verb::Put) => {
            let body = write.body()?;
            let edits = body::edits(session.list(*list)?, &body)?;
            let kind = content_type(session, *list, &body)?;
            let stamp = Stamp::default();
            update::update(
                session,
                *list,
                *id,
                edits,
                UpdateMode::Plain,
                &stamp,
                &write.guard,
            )?;
            assign(session, *list, *id, kind)?;
            Ok(Outcome::Changed(
                session
                    .item(*list, *id)
                    .ok()
                    .map(crate::sharepoint::state::item::Item::etag),
            ))
        }
        (Resource::Item(list, id), Verb::Delete) => {
            delete::delete(session, *list, *id, &write.guard)?;
            Ok(Outcome::Done)
        }
        (Resource::Version(list, item, id), Verb::Delete) => {
            versions::delete(session, *list, *item, *id)?;
            Ok(Outcome::Done)
        }
        (Resource::Attachment(list, item, name), Verb::Delete) => {
            attachments::delete(session, *list, *item, name, &write.guard)?;
            Ok(Outcome::Done)
        }
        _ => Err(not_allowed()),
    }
}

/// The list's content type that a body names.
fn content_type(
    session: &Session<'_>,
    list: ListId,
    body: &Map<String, Value>,
) -> Result<Option<String>, Fault> {
    let asked = body.get("ContentTypeId");
    let asked = asked.and_then(|asked| asked.as_str().or_else(|| asked["StringValue"].as_str()));
    let known = asked.map(|asked| content_types::of_list(session.list(list)?, asked));
    Ok(known.transpose()?.map(|known| known.id.clone()))
}

fn assign(session: &mut Session<'_>, list: ListId, id: ItemId, kind: Option<String>) -> Result<(), Fault> {
    match kind {
        Some(kind) => content_types::assign(session, list, id, &kind),
        None => Ok(()),
    }
}

pub(super) fn function(
    session: &mut Session<'_>,
    target: &Resource,
    asked: &Segment,
    write: &Write<'_>,
) -> Result<Option<Outcome>, Fault> {
    match target {
        Resource::Item(list, id) => of_item(session, *list, *id, asked, write),
        Resource::Attachments(list, item) if matches!(asked.name.as_str(), "add" | "addusingpath") => {
            let name = asked
                .argument("filename", 0)
                .or_else(|| asked.argument("decodedurl", 0));
            let name = name.ok_or_else(|| Fault::argument("The attachment has no file name."))?;
            attachments::add(session, *list, *item, name, write.bytes.to_vec())?;
            Ok(Some(Outcome::Found(Resource::Attachment(
                *list,
                *item,
                name.to_owned(),
            ))))
        }
        _ => Ok(None),
    }
}

fn of_item(
    session: &mut Session<'_>,
    list: ListId,
    id: ItemId,
    asked: &Segment,
    write: &Write<'_>,
) -> Result<Option<Outcome>, Fault> {
    let outcome = match asked.name.as_str() {
        "recycle" => {
            let recycled = delete::recycle(session, list, id)?;
            Outcome::Value("Recycle".to_owned(), json!(recycled))
        }
        "deleteobject" => {
            delete::delete(session, list, id, &write.guard)?;
            Outcome::Done
        }
        "validateupdatelistitem" => {
            let body = write.body()?;
            let in_place = body::truth(&body, "bNewDocumentUpdate").unwrap_or(false);
            let answer = form_values::validate_update(session, list, id, given(&body)?, in_place)?;
            Outcome::Values(told(&answer, id))
        }
        "systemupdate" | "updateoverwriteversion" => {
            let mode = if asked.name == "systemupdate" {
                UpdateMode::System
            } else {
                UpdateMode::Overwrite
            };
            let edits = body::edits(session.list(list)?, &write.body()?)?;
            update::update(session, list, id, edits, mode, &Stamp::default(), &write.guard)?;
            Outcome::Void(asked.original.clone())
        }
        _ => return Ok(None),
    };
    Ok(Some(outcome))
}

/// `AddValidateUpdateItemUsingPath`.
pub(super) fn add_by_form(
    session: &mut Session<'_>,
    list: ListId,
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    let body = write.body()?;
    let info = body::inner(&body, "listItemCreateInfo");
    let is_folder = body::whole(&info, "UnderlyingObjectType") == Some(1);
    let folder = match path_of(&info, "FolderPath").or_else(|| path_of(&info, "FolderUrl")) {
        Some(url) => places::folder(session, list, &url)?,
        None => None,
    };
    let name = path_of(&info, "LeafName");
    let name = || name.ok_or_else(|| Fault::argument("The parameter LeafName is missing."));
    let placing = Placing {
        folder,
        folder_name: is_folder.then(name).transpose()?,
    };
    let answer = form_values::add(session, list, placing, given(&body)?)?;
    Ok(Outcome::Values(told(&answer, ItemId(0))))
}

/// `{"DecodedUrl":"…"}`, or the text alone as older calls write it.
fn path_of(info: &Map<String, Value>, name: &str) -> Option<String> {
    let path = info.get(name)?;
    let text = path.get("DecodedUrl").unwrap_or(path).as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn given(body: &Map<String, Value>) -> Result<Vec<FormValue>, Fault> {
    let values = body.get("formValues");
    let values = values.and_then(|values| values.as_array().or_else(|| values.get("results")?.as_array()));
    let values = values.ok_or_else(|| Fault::argument("The parameter formValues is missing."))?;
    values
        .iter()
        .map(|value| {
            let field = value.get("FieldName").and_then(Value::as_str);
            Ok(FormValue {
                field: field
                    .ok_or_else(|| Fault::argument("A form value has no FieldName."))?
                    .to_owned(),
                value: value
                    .get("FieldValue")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                error: None,
            })
        })
        .collect()
}

/// Error code of a value that SharePoint refuses (`fieldValueFailedValidation` of Microsoft's JSOM).
const FIELD_VALUE_FAILED: i32 = -2_130_575_163;

pub(super) fn told(answer: &[FormValue], item: ItemId) -> Vec<Value> {
    let told = answer.iter().map(|value| {
        json!({
            "ErrorCode": if value.error.is_some() { FIELD_VALUE_FAILED } else { 0 },
            "ErrorMessage": value.error,
            "FieldName": value.field,
            "FieldValue": value.value,
            "HasException": value.error.is_some(),
            "ItemId": item,
        })
    });
    told.collect()
}
