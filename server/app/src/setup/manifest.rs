//! `manifests/lists.json`: our permission levels and lists, as data. Everything that `setup` makes stands there.

use m365::sharepoint::{ReadSecurity, WriteSecurity};
use serde::Deserialize;
use thiserror::Error;

use crate::config::Language;

const SOURCE: &str = include_str!("../../../../manifests/lists.json");
/// At most this many indexed columns a list ("SharePoint limits", indexes), those made by SharePoint counted.
const MOST_INDEXES: usize = 20;
/// Rights that no level of ours may hold: whoever has one could remove evidence or widen access.
const NEVER_GRANTED: [&str; 6] = [
    "DeleteListItems",
    "DeleteVersions",
    "ManagePermissions",
    "ManageLists",
    "CancelCheckout",
    "ManageWeb",
];

#[derive(Debug, Error)]
pub enum ManifestError {
    #[error("manifests/lists.json: {0}")]
    Malformed(#[from] serde_json::Error),
    #[error("manifests/lists.json: level {level} holds {right}, which no level may hold")]
    Right { level: String, right: String },
    #[error(
        "manifests/lists.json: list {list} has {count} indexed columns, SharePoint allows {MOST_INDEXES}"
    )]
    Indexes { list: String, count: usize },
    #[error("manifests/lists.json: list {list} grants the unknown level {level}")]
    Level { list: String, level: String },
    #[error("manifests/lists.json: there is no list {0}")]
    Absent(&'static str),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub levels: Vec<Level>,
    pub lists: Vec<List>,
}

/// A permission level (role definition).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    pub name: String,
    pub description: String,
    /// Names of `SP.PermissionKind`.
    pub permissions: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct List {
    pub key: String,
    /// Relative to the site, e.g. `Lists/PFInbox`.
    pub url: String,
    pub title: Words,
    pub description: Words,
    /// 1 = all items, 2 = own items only.
    pub read_security: ReadSecurity,
    /// 1 = all items, 2 = own items only.
    pub write_security: WriteSecurity,
    pub attachments: bool,
    /// Whether the app makes folders in it.
    #[serde(default)]
    pub folders: bool,
    pub major_version_limit: u32,
    pub no_crawl: bool,
    pub grants: Vec<Grant>,
    pub fields: Vec<Field>,
    pub views: Vec<View>,
}

/// Who holds which level on the list itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    pub to: Grantee,
    pub level: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Grantee {
    /// Everyone who may apply.
    Participants,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent properties of a column, as SharePoint has them"
)]
pub struct Field {
    pub name: String,
    pub title: Words,
    #[serde(rename = "type")]
    pub kind: FieldKind,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub indexed: bool,
    #[serde(default)]
    pub unique: bool,
    /// People edit this one; all others are written by the app alone.
    #[serde(default)]
    pub editable: bool,
    #[serde(default)]
    pub hidden_in_forms: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldKind {
    Text,
    Note,
    Number,
    Choice,
    DateTime,
    User,
    UserMulti,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct View {
    pub title: Words,
    pub default: bool,
    pub fields: Vec<String>,
    /// CAML inside `<Query>`.
    pub query: String,
    pub row_limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub ja: String,
    pub en: String,
}

impl Words {
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

impl Manifest {
    /// The manifest that this build carries, checked against our own rules.
    pub fn embedded() -> Result<Self, ManifestError> {
        Self::parse(SOURCE)
    }

    fn parse(source: &str) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_str(source)?;
        for level in &manifest.levels {
            if let Some(right) = level
                .permissions
                .iter()
                .find(|right| NEVER_GRANTED.contains(&right.as_str()))
            {
                return Err(ManifestError::Right {
                    level: level.name.clone(),
                    right: right.clone(),
                });
            }
        }
        for list in &manifest.lists {
            manifest.check(list)?;
        }
        Ok(manifest)
    }

    fn check(&self, list: &List) -> Result<(), ManifestError> {
        let count = list.fields.iter().filter(|field| field.indexed).count();
        if count > MOST_INDEXES {
            return Err(ManifestError::Indexes {
                list: list.key.clone(),
                count,
            });
        }
        let known = |grant: &&Grant| self.levels.iter().all(|level| level.name != grant.level);
        list.grants.iter().find(known).map_or(Ok(()), |grant| {
            Err(ManifestError::Level {
                list: list.key.clone(),
                level: grant.level.clone(),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_keeps_our_own_rules() {
        let manifest = Manifest::embedded().unwrap();
        let inbox = manifest.lists.iter().find(|list| list.key == "inbox").unwrap();
        assert_eq!(
            (inbox.read_security, inbox.write_security),
            (ReadSecurity::Own, WriteSecurity::Own)
        );
        let editable: Vec<_> = manifest
            .lists
            .iter()
            .filter(|list| list.key == "applications")
            .flat_map(|list| {
                list.fields
                    .iter()
                    .filter(|field| field.editable)
                    .map(|field| field.name.as_str())
            })
            .collect();
        assert_eq!(
            editable,
            ["PFDecision", "PFDecisionFor", "PFDecisionComment", "PFSendBackTo"]
        );
    }

    #[test]
    fn a_level_that_could_remove_evidence_is_refused() {
        let source = SOURCE.replacen("\"EditListItems\"", "\"DeleteListItems\"", 1);
        assert!(
            Manifest::parse(&source)
                .unwrap_err()
                .to_string()
                .contains("DeleteListItems")
        );
    }
}
