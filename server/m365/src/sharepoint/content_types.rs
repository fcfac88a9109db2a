//! Content types of a list.

use serde::Deserialize;
use serde_json::json;

use super::List;
use crate::{Result, odata};

/// Content types of items begin with this ("Content Type IDs": Item).
const ITEM: &str = "0x01";
/// Folders are items too ("Content Type IDs": Folder).
const FOLDER: &str = "0x0120";

/// A content type of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContentType {
    /// `0x01…`, in hexadecimal.
    pub string_id: String,
    /// What the menu for new items calls it.
    pub name: String,
}

impl ContentType {
    /// Whether it is one of items, not of folders.
    pub fn is_of_items(&self) -> bool {
        self.string_id.starts_with(ITEM) && !self.string_id.starts_with(FOLDER)
    }
}

impl List {
    /// All content types, the one of new items first.
    pub async fn content_types(&self) -> Result<Vec<ContentType>> {
        let path = format!("{}/contenttypes?$select=StringId,Name", self.path());
        self.site.all("read content types", &path).await
    }

    /// Gives a content type of this list another name. Idempotent.
    pub async fn rename_content_type(&self, id: &str, name: &str) -> Result<()> {
        let path = format!("{}/contenttypes({})", self.path(), odata::literal(id));
        let body = json!({ "Name": name });
        self.site.merge("rename a content type", &path, "*", body).await?;
        Ok(())
    }
}
