//! Items with their versions and attachments.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::field_value::FieldValue;
use super::ids::{ItemId, PrincipalId};
use super::scope::Scope;

pub type Values = BTreeMap<String, FieldValue>;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    pub id: ItemId,
    /// `UniqueId`, the first half of the ETag.
    pub unique_id: Uuid,
    /// The `GUID` column, which differs from `UniqueId`.
    pub guid: Uuid,
    pub content_type: String,
    pub is_folder: bool,
    /// The folder the item lies in; `None` = the list's root.
    pub folder: Option<ItemId>,
    /// File name: `5_.000`, or the folder's name.
    pub leaf: String,
    pub author: PrincipalId,
    /// Display name of the app when it was created app-only.
    pub app_author: Option<String>,
    pub created: Timestamp,
    /// `owshiddenversion`, the second half of the ETag: grows with every change, attachments included.
    pub revision: u32,
    /// Oldest first, never empty. The last one is the item as it is.
    pub versions: Vec<Version>,
    pub attachments: BTreeMap<String, Attachment>,
    /// Own permissions; `None` = inherits from folder or list.
    pub scope: Option<Scope>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Version {
    /// Major number: label `{number}.0`, version id 512 × number.
    pub number: u32,
    /// When this version was written (`Modified`).
    pub at: Timestamp,
    pub editor: PrincipalId,
    pub app_editor: Option<String>,
    pub values: Values,
}

impl Version {
    pub fn label(&self) -> String {
        format!("{}.0", self.number)
    }

    /// `VersionId` of SharePoint: 512 to the major version.
    pub fn id(&self) -> u32 {
        self.number * 512
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    pub unique_id: Uuid,
    pub file_name: String,
    #[serde(serialize_with = "as_length")]
    pub content: Vec<u8>,
    pub author: PrincipalId,
    pub added: Timestamp,
}

fn as_length<S: serde::Serializer>(content: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(content.len() as u64)
}

impl Item {
    /// The item as it is now.
    ///
    /// # Panics
    /// Never: an item is born with its first version.
    pub fn current(&self) -> &Version {
        self.versions.last().expect("an item has a version from birth")
    }

    pub fn value(&self, internal_name: &str) -> Option<&FieldValue> {
        self.current().values.get(internal_name)
    }

    /// `"{UniqueId},{revision}"`, quotes included.
    pub fn etag(&self) -> String {
        format!("\"{},{}\"", self.unique_id, self.revision)
    }
}
