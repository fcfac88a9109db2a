//! Bodies that describe lists, columns and views.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::body::{inner, optional_text, text, truth, whole};
use super::resource::Resource;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::field_schema::internal_name;
use crate::sharepoint::operations::list_settings::ListFace;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::views;
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::ids::{FieldId, ListId, ViewId};
use crate::sharepoint::state::list::{ReadSecurity, WriteSecurity};
use crate::sharepoint::state::view::View;

/// The list as it is, with what the body changes.
pub(super) fn face(mut face: ListFace, body: &Map<String, Value>) -> Result<ListFace, Fault> {
    face.title = optional_text(body, "Title").unwrap_or(face.title);
    face.description = optional_text(body, "Description").unwrap_or(face.description);
    let settings = &mut face.settings;
    let set = |place: &mut bool, name: &str| *place = truth(body, name).unwrap_or(*place);
    set(&mut settings.content_types_enabled, "ContentTypesEnabled");
    set(&mut settings.enable_attachments, "EnableAttachments");
    set(&mut settings.enable_folder_creation, "EnableFolderCreation");
    set(&mut settings.enable_versioning, "EnableVersioning");
    set(&mut settings.hidden, "Hidden");
    set(&mut settings.no_crawl, "NoCrawl");
    set(&mut settings.on_quick_launch, "OnQuickLaunch");
    set(&mut settings.disable_grid_editing, "DisableGridEditing");
    settings.major_version_limit = whole(body, "MajorVersionLimit").unwrap_or(settings.major_version_limit);
    let small = |name: &str| whole(body, name).and_then(|number| u8::try_from(number).ok());
    settings.draft_version_visibility =
        small("DraftVersionVisibility").unwrap_or(settings.draft_version_visibility);
    settings.list_experience = small("ListExperienceOptions").unwrap_or(settings.list_experience);
    settings.read_security = match whole(body, "ReadSecurity") {
        None => settings.read_security,
        Some(1) => ReadSecurity::All,
        Some(2) => ReadSecurity::Own,
        Some(_) => return Err(Fault::argument("Value does not fall within the expected range.")),
    };
    settings.write_security = match whole(body, "WriteSecurity") {
        None => settings.write_security,
        Some(1) => WriteSecurity::All,
        Some(2) => WriteSecurity::Own,
        Some(4) => WriteSecurity::None,
        Some(_) => return Err(Fault::argument("Value does not fall within the expected range.")),
    };
    Ok(face)
}

/// A column made from properties instead of XML.
pub(super) fn new_field(id: Uuid, body: &Map<String, Value>) -> Result<Field, Fault> {
    let title = text(body, "Title")?;
    let choices = || choices(body);
    let fill_in = truth(body, "FillInChoice").unwrap_or(false);
    let kind = match whole(body, "FieldTypeKind").unwrap_or(2) {
        1 => FieldKind::Integer,
        2 => FieldKind::Text {
            max_length: whole(body, "MaxLength").unwrap_or(255),
        },
        3 => FieldKind::Note {
            rich_text: truth(body, "RichText").unwrap_or(false),
            append_only: truth(body, "AppendOnly").unwrap_or(false),
            lines: whole(body, "NumberOfLines").unwrap_or(6),
        },
        4 => FieldKind::DateTime {
            date_only: whole(body, "DisplayFormat") == Some(0),
        },
        6 => FieldKind::Choice {
            choices: choices(),
            fill_in,
        },
        8 => FieldKind::Boolean,
        9 => FieldKind::Number {
            min: body.get("MinimumValue").and_then(Value::as_f64),
            max: body.get("MaximumValue").and_then(Value::as_f64),
        },
        10 => FieldKind::Currency,
        11 => FieldKind::Url,
        15 => FieldKind::MultiChoice {
            choices: choices(),
            fill_in,
        },
        20 => FieldKind::User {
            multi: truth(body, "AllowMultipleValues").unwrap_or(false),
        },
        other => {
            return Err(Fault::argument(format!(
                "Field type {other} cannot be created this way."
            )));
        }
    };
    field(
        Field::custom(FieldId(id), &internal_name(&title), &title, kind),
        body,
    )
}

fn choices(body: &Map<String, Value>) -> Vec<String> {
    let given = body
        .get("Choices")
        .map(|choices| choices.get("results").unwrap_or(choices));
    let texts = given.and_then(Value::as_array).into_iter().flatten();
    texts
        .filter_map(|choice| choice.as_str().map(str::to_owned))
        .collect()
}

/// The column as it is, with what the body changes.
pub(super) fn field(mut field: Field, body: &Map<String, Value>) -> Result<Field, Fault> {
    field.title = optional_text(body, "Title").unwrap_or(field.title);
    field.description = optional_text(body, "Description").unwrap_or(field.description);
    field.group = optional_text(body, "Group").unwrap_or(field.group);
    let set = |place: &mut bool, name: &str| *place = truth(body, name).unwrap_or(*place);
    set(&mut field.required, "Required");
    set(&mut field.hidden, "Hidden");
    set(&mut field.read_only, "ReadOnlyField");
    set(&mut field.indexed, "Indexed");
    set(&mut field.enforce_unique, "EnforceUniqueValues");
    if body.contains_key("DefaultValue") {
        field.default_value = optional_text(body, "DefaultValue");
    }
    if body.contains_key("CustomFormatter") {
        field.custom_formatter = optional_text(body, "CustomFormatter").filter(|text| !text.is_empty());
    }
    if let (FieldKind::Choice { choices, .. } | FieldKind::MultiChoice { choices, .. }, Some(given)) =
        (&mut field.kind, body.get("Choices"))
    {
        let given = given.get("results").unwrap_or(given).as_array();
        let given = given.ok_or_else(|| Fault::invalid_query("Choices is no list."))?;
        *choices = given
            .iter()
            .filter_map(|choice| choice.as_str().map(str::to_owned))
            .collect();
    }
    Ok(field)
}

pub(super) fn create_view(
    session: &mut Session<'_>,
    list: ListId,
    body: &Map<String, Value>,
) -> Result<Resource, Fault> {
    let body = inner(body, "parameters");
    let title = text(&body, "Title")?;
    let given = body
        .get("ViewFields")
        .map(|fields| fields.get("results").unwrap_or(fields));
    let fields = given.and_then(Value::as_array).into_iter().flatten();
    let view = View {
        id: ViewId(uuid::Uuid::nil()),
        page: title.chars().filter(|c| c.is_alphanumeric()).collect(),
        fields: fields
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
        query: optional_text(&body, "ViewQuery")
            .or_else(|| optional_text(&body, "Query"))
            .unwrap_or_default(),
        row_limit: whole(&body, "RowLimit").unwrap_or(30),
        paged: truth(&body, "Paged").unwrap_or(true),
        default_view: truth(&body, "DefaultView")
            .or_else(|| truth(&body, "SetAsDefaultView"))
            .unwrap_or(false),
        personal: truth(&body, "PersonalView").unwrap_or(false),
        hidden: truth(&body, "Hidden").unwrap_or(false),
        custom_formatter: optional_text(&body, "CustomFormatter"),
        title,
    };
    Ok(Resource::View(list, views::create(session, list, view)?))
}

pub(super) fn update_view(
    session: &mut Session<'_>,
    list: ListId,
    id: ViewId,
    body: &Map<String, Value>,
) -> Result<(), Fault> {
    let mut view = views::find(session, list, id)?.clone();
    view.title = optional_text(body, "Title").unwrap_or(view.title);
    view.query = optional_text(body, "ViewQuery").unwrap_or(view.query);
    view.row_limit = whole(body, "RowLimit").unwrap_or(view.row_limit);
    view.paged = truth(body, "Paged").unwrap_or(view.paged);
    view.default_view = truth(body, "DefaultView").unwrap_or(view.default_view);
    view.hidden = truth(body, "Hidden").unwrap_or(view.hidden);
    if body.contains_key("CustomFormatter") {
        view.custom_formatter = optional_text(body, "CustomFormatter").filter(|text| !text.is_empty());
    }
    views::update(session, list, view)
}
