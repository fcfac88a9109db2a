//! Bodies that change a content type.

use serde_json::{Map, Value};

use super::body::is_annotation;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::content_type::ContentType;

/// The other members that Microsoft's metadata give SP.ContentType: some cannot be written, the rest is not kept here.
const NOT_KEPT: [&str; 25] = [
    "ClientFormCustomFormatter",
    "DescriptionResource",
    "DisplayFormTarget",
    "DisplayFormTemplateName",
    "DocumentTemplate",
    "DocumentTemplateUrl",
    "EditFormTarget",
    "EditFormTemplateName",
    "FieldLinks",
    "Fields",
    "Id",
    "JSLink",
    "MobileDisplayFormUrl",
    "MobileEditFormUrl",
    "MobileNewFormUrl",
    "NameResource",
    "NewFormTarget",
    "NewFormTemplateName",
    "Parent",
    "SchemaXml",
    "SchemaXmlWithResourceTokens",
    "Scope",
    "Sealed",
    "StringId",
    "WorkflowAssociations",
];

/// The content type as it is, with what the body changes.
///
/// # Errors
/// 400 for a property that SP.ContentType does not have or a value of the wrong type, 501 for one that is not kept.
pub(super) fn changed(mut kind: ContentType, body: &Map<String, Value>) -> Result<ContentType, Fault> {
    for (name, value) in body.iter().filter(|(name, _)| !is_annotation(name)) {
        if let Some(place) = text(&mut kind, name) {
            let given = match value {
                Value::Null => Some(""),
                given => given.as_str(),
            };
            given.ok_or_else(|| Fault::wrong_type(name))?.clone_into(place);
        } else if let Some(place) = flag(&mut kind, name) {
            *place = value.as_bool().ok_or_else(|| Fault::wrong_type(name))?;
        } else if NOT_KEPT.contains(&name.as_str()) {
            return Err(Fault::not_modelled(&format!(
                "a change of {name} of a content type"
            )));
        } else {
            return Err(Fault::unknown_property(name, "SP.ContentType"));
        }
    }
    Ok(kind)
}

fn text<'k>(kind: &'k mut ContentType, member: &str) -> Option<&'k mut String> {
    Some(match member {
        "Name" => &mut kind.name,
        "Description" => &mut kind.description,
        "Group" => &mut kind.group,
        "NewFormUrl" => &mut kind.new_form.url,
        "NewFormClientSideComponentId" => &mut kind.new_form.component_id,
        "NewFormClientSideComponentProperties" => &mut kind.new_form.component_properties,
        "EditFormUrl" => &mut kind.edit_form.url,
        "EditFormClientSideComponentId" => &mut kind.edit_form.component_id,
        "EditFormClientSideComponentProperties" => &mut kind.edit_form.component_properties,
        "DisplayFormUrl" => &mut kind.display_form.url,
        "DisplayFormClientSideComponentId" => &mut kind.display_form.component_id,
        "DisplayFormClientSideComponentProperties" => &mut kind.display_form.component_properties,
        _ => return None,
    })
}

fn flag<'k>(kind: &'k mut ContentType, member: &str) -> Option<&'k mut bool> {
    match member {
        "Hidden" => Some(&mut kind.hidden),
        "ReadOnly" => Some(&mut kind.read_only),
        _ => None,
    }
}
