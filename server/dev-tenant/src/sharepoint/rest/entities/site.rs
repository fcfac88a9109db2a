//! Site, web, recycle bin.

use serde_json::json;
use uuid::Uuid;

use super::{map, time};
use crate::sharepoint::operations::changes::ChangeToken;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::recycle_bin;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::site_features;
use crate::sharepoint::rest::shape::Entity;
use crate::sharepoint::state::recycled::RecycledContent;

pub(super) fn site(session: &Session<'_>) -> Entity {
    let site = session.site();
    let token = ChangeToken::at(session.at, session.tenant.sharepoint.last_event).write(1, site.id.0);
    Entity {
        type_name: "SP.Site".to_owned(),
        path: "Site".to_owned(),
        properties: map(json!({
            "Id": site.id,
            "Url": session.web_url(),
            "ServerRelativeUrl": site.path,
            "PrimaryUri": session.web_url(),
            "Classification": "",
            "GroupId": Uuid::nil(),
            "ReadOnly": false,
            "RequiredDesignerVersion": "15.0.0.0",
            "ShareByEmailEnabled": false,
            "TrimAuditLog": true,
            "WriteLocked": false,
            "CurrentChangeToken": {"StringValue": token},
        })),
        deferred: vec!["RootWeb", "Owner", "RecycleBin", "Features"],
        ..Entity::default()
    }
}

pub(super) fn feature(session: &Session<'_>, id: Uuid) -> Result<Entity, Fault> {
    let mut active = site_features::active(session.tenant);
    active
        .find(|feature| feature.id == id)
        .ok_or_else(Fault::file_not_found)?;
    Ok(Entity {
        type_name: "SP.Feature".to_owned(),
        path: format!("Site/Features(guid'{id}')"),
        properties: map(json!({"DefinitionId": id})),
        ..Entity::default()
    })
}

pub(super) fn web(session: &Session<'_>) -> Entity {
    let site = session.site();
    let token = ChangeToken::at(session.at, session.tenant.sharepoint.last_event).write(2, site.web_id.0);
    Entity {
        type_name: "SP.Web".to_owned(),
        path: "Web".to_owned(),
        properties: map(json!({
            "Id": site.web_id,
            "Title": site.title,
            "Description": site.description,
            "Url": session.web_url(),
            "ServerRelativeUrl": site.path,
            "WebTemplate": "STS",
            "Configuration": 0,
            "Language": site.language,
            "Created": time(site.created),
            "EnableMinimalDownload": false,
            "IsMultilingual": false,
            "NoCrawl": false,
            "QuickLaunchEnabled": true,
            "RecycleBinEnabled": true,
            "SyndicationEnabled": true,
            "TreeViewEnabled": false,
            "UIVersion": 15,
            "CustomMasterUrl": format!("{}/_catalogs/masterpage/seattle.master", site.path),
            "MasterUrl": format!("{}/_catalogs/masterpage/seattle.master", site.path),
            "CurrentChangeToken": {"StringValue": token},
        })),
        deferred: vec![
            "Lists",
            "SiteUsers",
            "SiteGroups",
            "RoleDefinitions",
            "RoleAssignments",
            "CurrentUser",
            "RecycleBin",
            "AssociatedOwnerGroup",
            "AssociatedMemberGroup",
            "AssociatedVisitorGroup",
        ],
        ..Entity::default()
    }
}

pub(super) fn recycled(session: &Session<'_>, id: Uuid) -> Result<Entity, Fault> {
    let found = recycle_bin::find(session, id)?;
    let (title, leaf, dir, item_type) = match &found.content {
        RecycledContent::Item { list, item } => {
            let dir = session
                .list(*list)
                .map(|list| list.root_folder.clone())
                .unwrap_or_default();
            let title = item
                .value("Title")
                .map(crate::sharepoint::state::field_value::FieldValue::brief);
            (title.unwrap_or_default(), item.leaf.clone(), dir, 3)
        }
        RecycledContent::List(list) => {
            let (dir, leaf) = list.root_folder.rsplit_once('/').unwrap_or_default();
            (list.title.clone(), leaf.to_owned(), dir.to_owned(), 4)
        }
    };
    let user = session.site().users.get(&found.deleted_by);
    Ok(Entity {
        type_name: "SP.RecycleBinItem".to_owned(),
        path: format!("Web/RecycleBin('{id}')"),
        properties: map(json!({
            "Id": id,
            "Title": title,
            "LeafName": leaf,
            "DirName": dir.trim_start_matches('/'),
            "ItemType": item_type,
            "ItemState": 1,
            "DeletedDate": time(found.deleted_at),
            "DeletedByName": user.map(|user| user.title.clone()),
            "DeletedByEmail": user.map(|user| user.email.clone()),
        })),
        ..Entity::default()
    })
}
