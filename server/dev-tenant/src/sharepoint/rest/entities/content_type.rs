//! Content types of the site and of a list.

use serde_json::json;

use super::list::path;
use super::map;
use crate::sharepoint::operations::content_types;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::rest::shape::Entity;
use crate::sharepoint::state::content_type::ContentType;
use crate::sharepoint::state::ids::ListId;

pub(super) fn of_list(session: &Session<'_>, list: ListId, id: &str) -> Result<Entity, Fault> {
    let known = content_types::find(session.list(list)?, id)?;
    Ok(described(
        format!("{}/ContentTypes('{}')", path(list), known.id),
        known,
    ))
}

pub(super) fn of_site(id: &str) -> Result<Entity, Fault> {
    let mut known = content_types::AVAILABLE.iter();
    let known = known.find(|(known, _)| *known == id);
    let (id, name) = known.ok_or_else(Fault::file_not_found)?;
    Ok(described(
        format!("Web/ContentTypes('{id}')"),
        &ContentType::new(*id, name),
    ))
}

fn described(path: String, kind: &ContentType) -> Entity {
    Entity {
        type_name: "SP.ContentType".to_owned(),
        path,
        properties: map(json!({
            "Id": {"StringValue": kind.id},
            "StringId": kind.id,
            "Name": kind.name,
            "Description": kind.description,
            "Group": kind.group,
            "Hidden": kind.hidden,
            "ReadOnly": kind.read_only,
            "Sealed": false,
            "NewFormUrl": kind.new_form.url,
            "NewFormClientSideComponentId": kind.new_form.component_id,
            "NewFormClientSideComponentProperties": kind.new_form.component_properties,
            "EditFormUrl": kind.edit_form.url,
            "EditFormClientSideComponentId": kind.edit_form.component_id,
            "EditFormClientSideComponentProperties": kind.edit_form.component_properties,
            "DisplayFormUrl": kind.display_form.url,
            "DisplayFormClientSideComponentId": kind.display_form.component_id,
            "DisplayFormClientSideComponentProperties": kind.display_form.component_properties,
        })),
        ..Entity::default()
    }
}
