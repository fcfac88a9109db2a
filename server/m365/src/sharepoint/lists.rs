//! Lists and their settings.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ChangeToken, ReadSecurity, Site, WriteSecurity, guid};
use crate::{Result, Work, error::found, odata};

/// Custom list (SPListTemplateType.GenericList).
const GENERIC_LIST: u32 = 100;

const SELECT: &str = "$select=Id,Title,ItemCount,CurrentChangeToken,\
EnableAttachments,EnableVersioning,EnableFolderCreation,MajorVersionLimit,NoCrawl,Hidden,ReadSecurity,WriteSecurity";

/// How a list is named in an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ListRef {
    /// By id: the fastest, and safe against renaming.
    Id(Uuid),
    /// By its path inside the site, e.g. `Lists/PFInbox`.
    Path(String),
}

/// One list of a site. Cheap to clone.
#[derive(Debug, Clone)]
pub struct List {
    pub(crate) site: Site,
    list: ListRef,
}

/// What a list says of itself.
#[expect(
    clippy::struct_excessive_bools,
    reason = "these are SharePoint's own settings"
)]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListInfo {
    pub id: Uuid,
    pub title: String,
    pub item_count: u64,
    /// Where to start reading changes after a full scan that begins now.
    pub current_change_token: ChangeToken,
    pub enable_attachments: bool,
    pub enable_versioning: bool,
    pub enable_folder_creation: bool,
    pub major_version_limit: Option<u32>,
    pub no_crawl: bool,
    pub hidden: bool,
    pub read_security: Option<ReadSecurity>,
    pub write_security: Option<WriteSecurity>,
}

/// Settings to write; members that are `None` stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_security: Option<ReadSecurity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub write_security: Option<WriteSecurity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_versioning: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub major_version_limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_attachments: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_folder_creation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_crawl: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
}

impl List {
    pub(super) fn new(site: Site, list: ListRef) -> Self {
        Self { site, list }
    }

    /// The same list on account of some work.
    #[must_use]
    pub fn for_work(&self, work: Work) -> Self {
        Self {
            site: self.site.for_work(work),
            list: self.list.clone(),
        }
    }

    /// The site of this list.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// `web/lists(guid'…')` or `web/getlist('…')`, escaped.
    pub(crate) fn path(&self) -> String {
        match &self.list {
            ListRef::Id(id) => format!("web/lists({})", guid(*id)),
            ListRef::Path(path) => {
                let full = format!("{}/{}", self.site.server_relative_url(), path.trim_matches('/'));
                format!("web/getlist({})", odata::literal(&full))
            }
        }
    }

    /// The list's own words, or `None` if it does not exist.
    pub async fn info(&self) -> Result<Option<ListInfo>> {
        found(
            self.site
                .get("read a list", &format!("{}?{SELECT}", self.path()))
                .await,
        )
    }

    /// Changes settings. Idempotent.
    pub async fn configure(&self, settings: &ListSettings) -> Result<()> {
        let body = serde_json::to_value(settings).unwrap_or(Value::Null);
        self.site
            .merge("configure a list", &self.path(), "*", body)
            .await?;
        Ok(())
    }

    /// Cuts the list off from its site's permissions, keeping none of them. Idempotent.
    pub async fn break_inheritance(&self) -> Result<()> {
        let path = format!(
            "{}/breakroleinheritance(copyroleassignments=false,clearsubscopes=false)",
            self.path()
        );
        self.site
            .post("break a list's inheritance", &path, json!({}))
            .await?;
        Ok(())
    }
}

impl Site {
    /// All lists of the site.
    pub async fn lists(&self) -> Result<Vec<ListInfo>> {
        self.all("read lists", &format!("web/lists?{SELECT}")).await
    }

    /// Makes a custom list whose address is `Lists/{name}` (SharePoint takes the address from the first
    /// title; rename it afterwards by [`List::configure`]). Find first: a second one is a `Conflict`.
    pub async fn create_list(&self, name: &str) -> Result<ListInfo> {
        let body = json!({ "Title": name, "BaseTemplate": GENERIC_LIST });
        self.post("create a list", "web/lists", body).await?.json()
    }
}
