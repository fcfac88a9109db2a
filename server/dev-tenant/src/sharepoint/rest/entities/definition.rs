//! What defines a list: columns, views, subscriptions.

use serde_json::{Value, json};
use uuid::Uuid;

use super::list::path;
use super::map;
use crate::sharepoint::operations::event_receivers;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::field_schema_xml;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::subscriptions;
use crate::sharepoint::rest::shape::Entity;
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::ids::{FieldId, ListId, ViewId};

pub(super) fn field(session: &Session<'_>, list: ListId, id: FieldId) -> Result<Entity, Fault> {
    let found = session.list(list)?.fields.iter().find(|field| field.id == id);
    let field = found.ok_or_else(|| Fault::field_not_found(&id.to_string()))?;
    let mut properties = map(constants());
    properties.extend(map(identity(field)));
    properties.extend(map(of_kind(field)));
    properties.insert(
        "SchemaXml".to_owned(),
        json!(field_schema_xml::write(field, list)),
    );
    properties.insert("Scope".to_owned(), json!(session.list(list)?.root_folder));
    Ok(Entity {
        type_name: format!("SP.Field{}", subtype(&field.kind)),
        path: format!("{}/Fields(guid'{id}')", path(list)),
        properties,
        ..Entity::default()
    })
}

fn constants() -> Value {
    json!({
        "ClientSideComponentId": Uuid::nil(),
        "AutoIndexed": false,
        "Direction": "none",
        "JSLink": "clienttemplates.js",
        "PinnedToFiltersPane": false,
        "Sealed": false,
        "ValidationFormula": null,
        "ValidationMessage": null,
    })
}

fn identity(field: &Field) -> Value {
    let note = matches!(field.kind, FieldKind::Note { .. });
    json!({
        "Id": field.id,
        "InternalName": field.internal_name,
        "StaticName": field.internal_name,
        "EntityPropertyName": super::property_name(field),
        "Title": field.title,
        "Description": field.description,
        "TypeAsString": field.kind.name(),
        "TypeDisplayName": field.kind.name(),
        "FieldTypeKind": field.kind.number(),
        "Required": field.required,
        "ReadOnlyField": field.read_only,
        "Hidden": field.hidden,
        "Indexed": field.indexed,
        "IndexStatus": i32::from(field.indexed),
        "EnforceUniqueValues": field.enforce_unique,
        "DefaultValue": field.default_value,
        "Group": field.group,
        "CanBeDeleted": field.can_be_deleted,
        "CustomFormatter": field.custom_formatter,
        "Filterable": !note,
        "Sortable": !note,
        "FromBaseType": !field.can_be_deleted,
    })
}

fn subtype(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text { .. } => "Text",
        FieldKind::Note { .. } => "MultiLineText",
        FieldKind::Number { .. } => "Number",
        FieldKind::Currency => "Currency",
        FieldKind::DateTime { .. } => "DateTime",
        FieldKind::Choice { .. } => "Choice",
        FieldKind::MultiChoice { .. } => "MultiChoice",
        FieldKind::User { .. } => "User",
        FieldKind::Lookup { .. } => "Lookup",
        FieldKind::Url => "Url",
        FieldKind::Guid => "Guid",
        FieldKind::Computed => "Computed",
        _ => "",
    }
}

fn of_kind(field: &Field) -> Value {
    match &field.kind {
        FieldKind::Text { max_length } => json!({"MaxLength": max_length}),
        FieldKind::Note {
            rich_text,
            append_only,
            lines,
        } => {
            json!({"RichText": rich_text, "AppendOnly": append_only, "NumberOfLines": lines})
        }
        FieldKind::Number { min, max } => json!({"MinimumValue": min, "MaximumValue": max}),
        FieldKind::Choice { choices, fill_in } | FieldKind::MultiChoice { choices, fill_in } => {
            json!({"Choices": choices, "FillInChoice": fill_in})
        }
        FieldKind::DateTime { date_only } => json!({"DisplayFormat": i32::from(!date_only)}),
        FieldKind::User { multi } => json!({"AllowMultipleValues": multi, "SelectionMode": 0}),
        FieldKind::Lookup {
            list,
            show_field,
            multi,
        } => {
            json!({"AllowMultipleValues": multi, "LookupField": show_field, "LookupList": list.map(|list| format!("{{{list}}}"))})
        }
        _ => json!({}),
    }
}

pub(super) fn view(session: &Session<'_>, list: ListId, id: ViewId) -> Result<Entity, Fault> {
    let owner = session.list(list)?;
    let found = owner.views.iter().find(|view| view.id == id);
    let view = found.ok_or_else(Fault::file_not_found)?;
    let fields: Vec<String> = view
        .fields
        .iter()
        .map(|name| format!("<FieldRef Name=\"{name}\" />"))
        .collect();
    let paged = if view.paged { "TRUE" } else { "FALSE" };
    let xml = format!(
        "<View Name=\"{{{id}}}\" DisplayName=\"{}\" Type=\"HTML\"><Query>{}</Query><ViewFields>{}</ViewFields><RowLimit Paged=\"{paged}\">{}</RowLimit></View>",
        quick_xml::escape::escape(&view.title),
        view.query,
        fields.concat(),
        view.row_limit,
    );
    Ok(Entity {
        type_name: "SP.View".to_owned(),
        path: format!("{}/Views(guid'{id}')", path(list)),
        properties: map(json!({
            "Id": id,
            "Title": view.title,
            "DefaultView": view.default_view,
            "Hidden": view.hidden,
            "PersonalView": view.personal,
            "RowLimit": view.row_limit,
            "Paged": view.paged,
            "ViewQuery": view.query,
            "ViewType": "HTML",
            "ServerRelativeUrl": format!("{}/{}.aspx", owner.root_folder, view.page),
            "CustomFormatter": view.custom_formatter,
            "HtmlSchemaXml": xml,
            "ListViewXml": xml,
            "Scope": 0,
        })),
        deferred: vec!["ViewFields"],
        ..Entity::default()
    })
}

pub(super) fn view_fields(session: &Session<'_>, list: ListId, id: ViewId) -> Result<Entity, Fault> {
    let found = session.list(list)?.views.iter().find(|view| view.id == id);
    let view = found.ok_or_else(Fault::file_not_found)?;
    let schema: Vec<String> = view
        .fields
        .iter()
        .map(|name| format!("<FieldRef Name=\"{name}\" />"))
        .collect();
    Ok(Entity {
        type_name: "SP.ViewFieldCollection".to_owned(),
        path: format!("{}/Views(guid'{id}')/ViewFields", path(list)),
        properties: map(json!({"SchemaXml": schema.concat(), "Items": view.fields})),
        ..Entity::default()
    })
}

pub(super) fn subscription(session: &Session<'_>, list: ListId, id: Uuid) -> Result<Entity, Fault> {
    let found = subscriptions::find(session, list, id)?;
    Ok(Entity {
        type_name: "Microsoft.SharePoint.Webhooks.Subscription".to_owned(),
        path: format!("{}/subscriptions('{id}')", path(list)),
        properties: map(json!({
            "id": id,
            "clientState": found.client_state,
            "expirationDateTime": found.expires.strftime("%Y-%m-%dT%H:%M:%S.%7fZ").to_string(),
            "notificationUrl": found.notification_url,
            "resource": list,
            "resourceData": null,
        })),
        ..Entity::default()
    })
}

pub(super) fn event_receiver(session: &Session<'_>, list: ListId, id: Uuid) -> Result<Entity, Fault> {
    let receiver = event_receivers::find(session, list, id)?;
    Ok(Entity {
        type_name: "SP.EventReceiverDefinition".to_owned(),
        path: format!("{}/EventReceivers(guid'{id}')", path(list)),
        properties: map(json!({
            "EventType": receiver.event_type,
            "ReceiverAssembly": "",
            "ReceiverClass": "",
            "ReceiverId": id,
            "ReceiverName": receiver.name,
            "ReceiverUrl": receiver.url,
            "SequenceNumber": receiver.sequence_number,
            "Synchronization": receiver.synchronization,
        })),
        ..Entity::default()
    })
}
