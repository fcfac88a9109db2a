//! Folders of a list, and moving items into them.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Collection, Item, ItemId, ItemQuery, List, items::FormValue};
use crate::{Error, Result, Service, Verdict, error::found, odata};

/// `FileSystemObjectType.Folder` of SharePoint's client.
const FOLDER: u8 = 1;
/// `MoveOperations.None`: whatever stands at the new address is never written over.
const OVERWRITE_NOTHING: u8 = 0;

#[derive(Deserialize)]
struct FolderItem {
    #[serde(rename = "Id")]
    id: Option<i32>,
}

impl List {
    /// Number of the folder's own item, or `None` if there is no such folder.
    pub async fn folder(&self, name: &str) -> Result<Option<ItemId>> {
        let path = format!(
            "web/GetFolderByServerRelativePath(decodedUrl={})/ListItemAllFields?$select=Id",
            odata::literal(&self.below(name)?)
        );
        let item: Option<FolderItem> = found(self.site.get("find a folder", &path).await)?;
        Ok(item.and_then(|item| item.id).map(ItemId))
    }

    /// Makes a folder; it inherits the list's permissions. Find first: a second one is a `Conflict`.
    ///
    /// Where its name belongs is not documented: PnP Core gives it as the form value `FileLeafRef`, the type of
    /// the parameter has a member `LeafName`. The second is tried where the first is refused.
    pub async fn create_folder(&self, name: &str) -> Result<ItemId> {
        let info = json!({
            "FolderPath": { "DecodedUrl": self.root()? }, "UnderlyingObjectType": FOLDER,
        });
        let mut named = info.clone();
        named["LeafName"] = json!({ "DecodedUrl": name });
        match self
            .create_folder_by(info, &[("Title", name), ("FileLeafRef", name)])
            .await
        {
            Err(error) if error.verdict == Verdict::Invalid => {
                self.create_folder_by(named, &[("Title", name)]).await
            }
            made => made,
        }
    }

    async fn create_folder_by(&self, info: Value, values: &[(&str, &str)]) -> Result<ItemId> {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| json!({ "FieldName": name, "FieldValue": value }))
            .collect();
        let body = json!({ "listItemCreateInfo": info, "formValues": values, "bNewDocumentUpdate": false });
        let path = format!("{}/AddValidateUpdateItemUsingPath", self.path());
        let answer = self.site.post("create a folder", &path, body).await?;
        let rows: Collection<FormValue> = answer.json()?;
        if let Some(failed) = rows.value.iter().find(|row| row.has_exception) {
            return Err(failed.error(&answer));
        }
        let id = rows.value.iter().find(|row| row.field_name == "Id");
        let id = id.and_then(|row| row.field_value.as_deref()?.parse().ok());
        id.map(ItemId)
            .ok_or_else(|| answer.broken("a new folder without Id"))
    }

    /// Name of the folder that an item lies in, or `None` in the list's root. `NotFound` without the item.
    pub async fn folder_of(&self, id: ItemId) -> Result<Option<String>> {
        self.folder_around(&self.path_of(id).await?)
    }

    /// The same for an address that is known: server-relative, as `FileRef` tells it.
    pub fn folder_around(&self, path: &str) -> Result<Option<String>> {
        let root = format!("{}/", self.root()?);
        let below = path.strip_prefix(&root).unwrap_or(path);
        Ok(below.rsplit_once('/').map(|(folder, _)| folder.to_owned()))
    }

    /// Moves an item into a folder of the list. It keeps its number; whether it was moved is to be read back.
    pub async fn move_into(&self, id: ItemId, folder: &str) -> Result<()> {
        let from = self.path_of(id).await?;
        let leaf = from.rsplit('/').next().unwrap_or_default();
        let to = format!("{}/{leaf}", self.below(folder)?);
        let path = format!(
            "web/GetFileByServerRelativePath(decodedUrl={})/MoveToUsingPath(DecodedUrl={},moveOperations={OVERWRITE_NOTHING})",
            odata::literal(&from),
            odata::literal(&to)
        );
        self.site.post("move an item", &path, json!({})).await?;
        Ok(())
    }

    /// Server-relative address of an item, e.g. `/sites/flow/Lists/PFApplications/7_.000`.
    async fn path_of(&self, id: ItemId) -> Result<String> {
        let item = self.item(id, &ItemQuery::select(&["FileRef"])).await?;
        let path = item.as_ref().and_then(|item: &Item| item.text("FileRef"));
        path.map(str::to_owned)
            .ok_or_else(|| Error::broken(Service::SharePoint, "find an item's address", "no FileRef"))
    }

    fn below(&self, name: &str) -> Result<String> {
        Ok(format!("{}/{name}", self.root()?))
    }
}
