//! Versions of an item: who wrote what, never rewritten by us.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{ItemId, List, PrincipalId};
use crate::{Result, odata::Options};

/// One version of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// `512 * major + minor`; grows with each version.
    pub id: i32,
    /// E.g. `3.0`.
    pub label: String,
    /// Whether it is what the item shows now.
    pub is_current: bool,
    /// When it was written.
    pub created: Timestamp,
    /// Site user who wrote it, where SharePoint says so.
    pub editor: Option<PrincipalId>,
    /// The fields as they were, by internal name (versions describe people as objects with `LookupId`).
    pub fields: Map<String, Value>,
}

impl Version {
    /// A text field; `None` if it was empty.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }

    fn of(fields: Map<String, Value>) -> Option<Self> {
        Some(Self {
            id: i32::try_from(fields.get("VersionId")?.as_i64()?).ok()?,
            label: fields.get("VersionLabel")?.as_str()?.to_owned(),
            is_current: fields.get("IsCurrentVersion")?.as_bool()?,
            created: fields.get("Created")?.as_str()?.parse().ok()?,
            editor: editor(&fields),
            fields,
        })
    }
}

/// `Editor` as an object with `LookupId`, or `EditorId`.
fn editor(fields: &Map<String, Value>) -> Option<PrincipalId> {
    let id = fields
        .get("EditorId")
        .or_else(|| fields.get("Editor")?.get("LookupId"))?;
    let id = id.as_i64().or_else(|| id.as_str()?.parse().ok())?;
    i32::try_from(id).ok().map(PrincipalId)
}

impl List {
    /// All versions of an item, oldest first, with these fields of each.
    pub async fn versions(&self, id: ItemId, fields: &[&'static str]) -> Result<Vec<Version>> {
        let mut select = vec![
            "VersionId",
            "VersionLabel",
            "IsCurrentVersion",
            "Created",
            "Editor",
        ];
        select.extend(fields);
        let options = Options::default().list("$select", &select).with("$top", "5000");
        let path = format!("{}/items({id})/versions{options}", self.path());
        let rows: Vec<Map<String, Value>> = self.site.all("read versions", &path).await?;
        let versions: Option<Vec<_>> = rows.into_iter().map(Version::of).collect();
        let mut versions = versions.ok_or_else(|| incomplete("read versions"))?;
        versions.sort_by_key(|version| version.id);
        Ok(versions)
    }
}

fn incomplete(operation: &'static str) -> crate::Error {
    crate::Error::broken(
        crate::Service::SharePoint,
        operation,
        "a version without number, label or time",
    )
}
