//! Items, their versions and attachments.

use serde_json::{Map, Value, json};

use super::{list, map, time};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{attachments, versions};
use crate::sharepoint::rest::shape::Entity;
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::item::Version;
use crate::sharepoint::state::list::List;

/// The OData name of a column: a leading underscore gets the prefix `OData_`.
pub(in crate::sharepoint::rest) fn property_name(field: &Field) -> String {
    if field.internal_name.starts_with('_') {
        format!("OData_{}", field.internal_name)
    } else {
        field.internal_name.clone()
    }
}

pub(super) fn item(session: &Session<'_>, list_id: ListId, id: ItemId) -> Result<Entity, Fault> {
    let (list, item) = (session.list(list_id)?, session.item(list_id, id)?);
    let current = item.current();
    let mut properties = map(json!({
        "FileSystemObjectType": i32::from(item.is_folder),
        "Id": id,
        "ID": id,
        "ServerRedirectedEmbedUri": null,
        "ServerRedirectedEmbedUrl": "",
        "ContentTypeId": item.content_type,
        "ComplianceAssetId": null,
        "Modified": time(current.at),
        "Created": time(item.created),
        "AuthorId": item.author,
        "EditorId": current.editor,
        "OData__UIVersionString": current.label(),
        "OData__ColorTag": null,
        "Attachments": !item.attachments.is_empty(),
        "GUID": item.guid,
    }));
    properties.extend(columns(list, current));
    Ok(Entity {
        type_name: format!("SP.Data.{}Item", list::entity_type_name(list)),
        path: path(list_id, id),
        etag: Some(item.etag()),
        properties,
        deferred: vec![
            "AttachmentFiles",
            "RoleAssignments",
            "Versions",
            "ParentList",
            "FieldValuesAsText",
        ],
    })
}

fn path(list: ListId, id: ItemId) -> String {
    format!("{}/Items({id})", list::path(list))
}

/// The columns that people made, and Title.
fn columns(list: &List, version: &Version) -> Map<String, Value> {
    let own = list
        .fields
        .iter()
        .filter(|field| field.can_be_deleted || field.internal_name == "Title");
    own.flat_map(|field| column(field, version.values.get(&field.internal_name)))
        .collect()
}

/// A person or lookup column answers as `{name}Id` (and `{name}StringId`), any other under its name.
fn column(field: &Field, value: Option<&FieldValue>) -> Vec<(String, Value)> {
    let name = property_name(field);
    let (ids, multi) = match (&field.kind, value) {
        (FieldKind::User { multi }, Some(FieldValue::Users(people))) => {
            (people.iter().map(|id| id.0).collect(), *multi)
        }
        (FieldKind::Lookup { multi, .. }, Some(FieldValue::Lookups(items))) => {
            (items.iter().map(|id| id.0).collect(), *multi)
        }
        (FieldKind::User { multi } | FieldKind::Lookup { multi, .. }, _) => (Vec::new(), *multi),
        _ => return vec![(name, plain(value))],
    };
    let person = matches!(field.kind, FieldKind::User { .. });
    let text: Vec<String> = ids.iter().map(u32::to_string).collect();
    let (value, text) = if multi && !ids.is_empty() {
        (json!(ids), json!(text))
    } else {
        (json!(ids.first()), json!(text.first()))
    };
    let id = (format!("{name}Id"), value);
    if person {
        vec![id, (format!("{name}StringId"), text)]
    } else {
        vec![id]
    }
}

fn plain(value: Option<&FieldValue>) -> Value {
    match value {
        None => Value::Null,
        Some(FieldValue::Text(text)) => json!(text),
        Some(FieldValue::Number(number)) => whole_or_real(*number),
        Some(FieldValue::Boolean(yes)) => json!(yes),
        Some(FieldValue::DateTime(at)) => json!(time(*at)),
        Some(FieldValue::Choices(choices)) => json!(choices),
        Some(FieldValue::Url { url, description }) => json!({"Url": url, "Description": description}),
        Some(FieldValue::Users(people)) => json!(people),
        Some(FieldValue::Lookups(items)) => json!(items),
    }
}

/// Whole numbers have no decimal point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers within the exact range of f64 get here"
)]
fn whole_or_real(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        json!(number as i64)
    } else {
        json!(number)
    }
}

pub(super) fn on_request(session: &Session<'_>, list_id: ListId, id: ItemId, name: &str) -> Option<Value> {
    let (list, item) = (session.list(list_id).ok()?, session.item(list_id, id).ok()?);
    match name {
        "UniqueId" => Some(json!(item.unique_id)),
        "FileRef" => Some(json!(list.url(item))),
        "FileLeafRef" => Some(json!(item.leaf)),
        "FileDirRef" => Some(json!(list.directory(item))),
        "FSObjType" => Some(json!(u8::from(item.is_folder).to_string())),
        "owshiddenversion" => Some(json!(item.revision)),
        "OData__ModerationStatus" => Some(json!(0)),
        "ScopeId" => {
            let scope = crate::sharepoint::operations::effective::scope_of_item(session.site(), list, item);
            Some(json!(format!("{{{}}}", scope.id)))
        }
        "PermMask" => Some(json!(format!("{:#x}", session.item_permissions(list, item).0))),
        _ => None,
    }
}

pub(super) fn version(
    session: &Session<'_>,
    list_id: ListId,
    item: ItemId,
    id: u32,
) -> Result<Entity, Fault> {
    let list = session.list(list_id)?;
    let all = versions::versions(session, list_id, item)?;
    let version = all
        .iter()
        .find(|version| version.id() == id)
        .ok_or_else(Fault::item_not_found)?;
    let current = all.first().is_some_and(|newest| newest.id() == id);
    let present = session.item(list_id, item)?;
    let person = |id| {
        let user = session.site().users.get(&id);
        json!({"LookupId": id, "LookupValue": user.map(|user| &user.title), "Email": user.map(|user| &user.email)})
    };
    let mut properties = map(json!({
        "VersionId": id,
        "VersionLabel": version.label(),
        "IsCurrentVersion": current,
        "Created": time(version.at),
        "Modified": time(version.at),
        "Author": person(present.author),
        "Editor": person(version.editor),
        "OData__x005f_UIVersionString": version.label(),
        "ID": item,
        "GUID": present.guid,
        "Attachments": !present.attachments.is_empty(),
    }));
    let own = list
        .fields
        .iter()
        .filter(|field| field.can_be_deleted || field.internal_name == "Title");
    for field in own {
        let value = match version.values.get(&field.internal_name) {
            Some(FieldValue::Users(people)) => {
                people_values(&field.kind, people.iter().map(|id| person(*id)).collect())
            }
            other => plain(other),
        };
        properties.insert(field.internal_name.replace('_', "_x005f_"), value);
    }
    Ok(Entity {
        type_name: "SP.ListItemVersion".to_owned(),
        path: format!("{}/versions({id})", path(list_id, item)),
        properties,
        ..Entity::default()
    })
}

fn people_values(kind: &FieldKind, people: Vec<Value>) -> Value {
    match kind {
        FieldKind::User { multi: true } => Value::Array(people),
        _ => people.into_iter().next().unwrap_or_default(),
    }
}

pub(super) fn attachment(
    session: &Session<'_>,
    list_id: ListId,
    item: ItemId,
    name: &str,
) -> Result<Entity, Fault> {
    let file = attachments::find(session, list_id, item, name)?;
    let url = format!(
        "{}/Attachments/{item}/{}",
        session.list(list_id)?.root_folder,
        file.file_name
    );
    Ok(Entity {
        type_name: "SP.Attachment".to_owned(),
        path: format!(
            "{}/AttachmentFiles('{}')",
            path(list_id, item),
            file.file_name.replace('\'', "''")
        ),
        properties: map(json!({
            "FileName": file.file_name,
            "FileNameAsPath": {"DecodedUrl": file.file_name},
            "ServerRelativePath": {"DecodedUrl": url},
            "ServerRelativeUrl": url,
        })),
        ..Entity::default()
    })
}

/// Every column as text (`FieldValuesAsText`).
pub(in crate::sharepoint::rest) fn as_text(session: &Session<'_>, list: ListId, version: &Version) -> Value {
    let fields = session
        .list(list)
        .map(|list| list.fields.as_slice())
        .unwrap_or_default();
    let title = |id| {
        session
            .site()
            .users
            .get(id)
            .map(|user| user.title.clone())
            .unwrap_or_default()
    };
    let texts = fields.iter().map(|field| {
        let text = match version.values.get(&field.internal_name) {
            None => String::new(),
            Some(FieldValue::Users(people)) => people.iter().map(title).collect::<Vec<_>>().join("; "),
            Some(FieldValue::Text(text)) => text.clone(),
            Some(other) => other.brief(),
        };
        (field.internal_name.replace('_', "_x005f_"), Value::String(text))
    });
    Value::Object(texts.collect())
}
