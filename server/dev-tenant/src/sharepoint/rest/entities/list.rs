//! Lists.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{map, time};
use crate::sharepoint::operations::changes::ChangeToken;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::rest::shape::Entity;
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::list::List;

/// `CurrentChangeToken` of a list.
fn change_token(session: &Session<'_>, list: ListId) -> Value {
    let token = ChangeToken::at(session.at, session.tenant.sharepoint.last_event);
    json!({"StringValue": token.write(3, list.0)})
}

/// The list's title as a type name: `PFInboxList`.
pub(in crate::sharepoint::rest) fn entity_type_name(list: &List) -> String {
    let folder = list.root_folder.rsplit('/').next().unwrap_or_default();
    let encoded = folder.replace('_', "_x005f_").replace(' ', "_x0020_");
    if list.base_template == 101 {
        encoded
    } else {
        format!("{encoded}List")
    }
}

pub(super) fn list(session: &Session<'_>, id: ListId) -> Result<Entity, Fault> {
    let list = session.list(id)?;
    let mut properties = map(constants());
    properties.extend(map(identity(session, list)));
    properties.extend(map(settings(list)));
    Ok(Entity {
        type_name: "SP.List".to_owned(),
        path: path(id),
        etag: Some(format!("\"{}\"", list.revision)),
        deferred: vec![
            "Items",
            "Fields",
            "Views",
            "ContentTypes",
            "RoleAssignments",
            "RootFolder",
            "Subscriptions",
        ],
        properties,
    })
}

fn identity(session: &Session<'_>, list: &List) -> Value {
    let (path, type_name) = (&session.site().path, entity_type_name(list));
    json!({
        "Id": list.id,
        "Title": list.title,
        "Description": list.description,
        "BaseTemplate": list.base_template,
        "BaseType": i32::from(list.base_template == 101),
        "Created": time(list.created),
        "CurrentChangeToken": change_token(session, list.id),
        "EntityTypeName": type_name,
        "ItemCount": list.items.len(),
        "LastItemDeletedDate": time(list.last_deleted),
        "LastItemModifiedDate": time(list.last_modified),
        "LastItemUserModifiedDate": time(list.last_user_modified),
        "ListItemEntityTypeFullName": format!("SP.Data.{type_name}Item"),
        "ParentWebPath": {"DecodedUrl": path},
        "ParentWebUrl": path,
    })
}

fn settings(list: &List) -> Value {
    let settings = &list.settings;
    json!({
        "ContentTypesEnabled": settings.content_types_enabled,
        "DisableGridEditing": settings.disable_grid_editing,
        "DraftVersionVisibility": settings.draft_version_visibility,
        "EnableAttachments": settings.enable_attachments,
        "EnableFolderCreation": settings.enable_folder_creation,
        "EnableVersioning": settings.enable_versioning,
        "Hidden": settings.hidden,
        "ListExperienceOptions": settings.list_experience,
        "MajorVersionLimit": settings.major_version_limit,
        "NoCrawl": settings.no_crawl,
    })
}

/// What is the same for every list of the model.
fn constants() -> Value {
    json!({
        "AllowContentTypes": true,
        "CrawlNonDefaultViews": false,
        "DefaultContentApprovalWorkflowId": Uuid::nil(),
        "DefaultItemOpenUseListSetting": false,
        "Direction": "none",
        "DisableCommenting": false,
        "DocumentTemplateUrl": null,
        "EnableMinorVersions": false,
        "EnableModeration": false,
        "EnableRequestSignOff": true,
        "ExemptFromBlockDownloadOfNonViewableFiles": false,
        "FileSavePostProcessingEnabled": false,
        "ForceCheckout": false,
        "HasExternalDataSource": false,
        "ImageUrl": "/_layouts/15/images/itgen.png?rev=47",
        "IrmEnabled": false,
        "IrmExpire": false,
        "IrmReject": false,
        "IsApplicationList": false,
        "IsCatalog": false,
        "IsPrivate": false,
        "MajorWithMinorVersionsLimit": 0,
        "MultipleDataList": false,
        "ParserDisabled": false,
        "ServerTemplateCanCreateFolders": true,
        "TemplateFeatureId": "00bfea71-de22-43b2-a848-c05709900100",
    })
}

pub(super) fn on_request(session: &Session<'_>, id: ListId, name: &str) -> Option<Value> {
    let list = session.list(id).ok()?;
    match name {
        "ReadSecurity" => Some(json!(list.settings.read_security as u8)),
        "WriteSecurity" => Some(json!(list.settings.write_security as u8)),
        "OnQuickLaunch" => Some(json!(list.settings.on_quick_launch)),
        "ValidationFormula" => Some(json!(list.settings.validation_formula)),
        "ValidationMessage" => Some(json!(list.settings.validation_message)),
        "SchemaXml" => Some(json!(format!(
            "<List ID=\"{{{id}}}\" Title=\"{}\" />",
            quick_xml::escape::escape(&list.title)
        ))),
        "DefaultViewUrl" => Some(json!(format!("{}/AllItems.aspx", list.root_folder))),
        "DefaultNewFormUrl" => Some(json!(format!("{}/NewForm.aspx", list.root_folder))),
        "DefaultEditFormUrl" => Some(json!(format!("{}/EditForm.aspx", list.root_folder))),
        "DefaultDisplayFormUrl" => Some(json!(format!("{}/DispForm.aspx", list.root_folder))),
        _ => None,
    }
}

pub(super) fn path(id: ListId) -> String {
    format!("Web/Lists(guid'{id}')")
}
