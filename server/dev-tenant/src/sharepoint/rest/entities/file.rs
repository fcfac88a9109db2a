//! Items as files, and the folders of lists.

use serde_json::json;

use super::{map, time};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::rest::shape::Entity;
use crate::sharepoint::state::ids::{ItemId, ListId};

pub(super) fn folder(session: &Session<'_>, id: ListId, folder: Option<ItemId>) -> Result<Entity, Fault> {
    let list = session.list(id)?;
    let found = folder.map(|folder| session.item(id, folder)).transpose()?;
    let url = found.map_or_else(|| list.root_folder.clone(), |folder| list.url(folder));
    let path = match folder {
        None => format!("{}/RootFolder", super::list::path(id)),
        Some(_) => by_path("Folder", &url),
    };
    Ok(Entity {
        type_name: "SP.Folder".to_owned(),
        path,
        properties: map(json!({
            "Exists": true,
            "ItemCount": list.items.children(folder).count(),
            "Name": url.rsplit('/').next(),
            "ServerRelativeUrl": url,
            "TimeCreated": time(found.map_or(list.created, |folder| folder.created)),
            "TimeLastModified": time(found.map_or(list.last_modified, |folder| folder.current().at)),
            "UniqueId": found.map_or(id.0, |folder| folder.unique_id),
            "WelcomePage": "",
        })),
        deferred: vec!["ListItemAllFields", "ParentFolder"],
        ..Entity::default()
    })
}

pub(super) fn item_file(session: &Session<'_>, id: ListId, item: ItemId) -> Result<Entity, Fault> {
    let (list, item) = (session.list(id)?, session.item(id, item)?);
    let (url, current) = (list.url(item), item.current());
    Ok(Entity {
        type_name: "SP.File".to_owned(),
        path: by_path("File", &url),
        etag: None,
        properties: map(json!({
            "ETag": item.etag(),
            "Exists": true,
            "Length": "0",
            "Level": 1,
            "MajorVersion": current.number,
            "MinorVersion": 0,
            "Name": item.leaf,
            "ServerRelativeUrl": url,
            "TimeCreated": time(item.created),
            "TimeLastModified": time(current.at),
            "Title": null,
            "UIVersion": current.id(),
            "UIVersionLabel": current.label(),
            "UniqueId": item.unique_id,
        })),
        deferred: vec!["ListItemAllFields", "Versions"],
    })
}

fn by_path(kind: &str, url: &str) -> String {
    format!(
        "Web/Get{kind}ByServerRelativePath(decodedurl='{}')",
        url.replace('\'', "''")
    )
}
