//! Lists.

use jiff::Timestamp;
use serde::Serialize;

use super::content_type::ContentType;
use super::event_receiver::EventReceiver;
use super::field::Field;
use super::ids::{ListId, PrincipalId};
use super::item::Item;
use super::items::Items;
use super::scope::Scope;
use super::view::View;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    pub id: ListId,
    pub title: String,
    pub description: String,
    /// 100 custom list, 101 document library …
    pub base_template: u32,
    /// Server-relative, e.g. `/sites/flow/Lists/PFInbox`.
    pub root_folder: String,
    pub created: Timestamp,
    pub author: PrincipalId,
    pub settings: ListSettings,
    /// In the order of creation.
    pub fields: Vec<Field>,
    pub views: Vec<View>,
    pub content_types: Vec<ContentType>,
    pub event_receivers: Vec<EventReceiver>,
    pub items: Items,
    pub last_item_id: u32,
    pub last_modified: Timestamp,
    pub last_deleted: Timestamp,
    pub last_user_modified: Timestamp,
    /// Grows with each change of the list itself; the list's ETag.
    pub revision: u32,
    /// Own permissions; `None` = inherits from the web.
    pub scope: Option<Scope>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent list setting"
)]
pub struct ListSettings {
    pub read_security: ReadSecurity,
    pub write_security: WriteSecurity,
    pub enable_versioning: bool,
    pub major_version_limit: u32,
    pub enable_attachments: bool,
    pub enable_folder_creation: bool,
    pub content_types_enabled: bool,
    pub hidden: bool,
    pub no_crawl: bool,
    pub on_quick_launch: bool,
    /// 0 = as the site, 1 = modern, 2 = classic.
    pub list_experience: u8,
    pub draft_version_visibility: u8,
    pub disable_grid_editing: bool,
    pub validation_formula: Option<String>,
    pub validation_message: Option<String>,
}

/// Whose items may be read (`SPList.ReadSecurity`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ReadSecurity {
    All = 1,
    Own = 2,
}

/// Whose items may be edited (`SPList.WriteSecurity`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum WriteSecurity {
    All = 1,
    Own = 2,
    None = 4,
}

impl List {
    pub fn field(&self, internal_name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.internal_name == internal_name)
    }

    pub fn field_mut(&mut self, internal_name: &str) -> Option<&mut Field> {
        self.fields
            .iter_mut()
            .find(|field| field.internal_name == internal_name)
    }

    /// By internal name or title, as `fields/getbyinternalnameortitle` looks it up.
    pub fn field_by_name_or_title(&self, name: &str) -> Option<&Field> {
        self.field(name)
            .or_else(|| self.fields.iter().find(|field| field.title == name))
    }
}

impl List {
    /// `Lists/PFInbox`: the list as the ledger names it.
    pub fn name(&self) -> String {
        let mut parts: Vec<&str> = self.root_folder.rsplit('/').take(2).collect();
        parts.reverse();
        parts.join("/")
    }

    /// Keeps indexes for the columns that have one; to be called when columns changed.
    pub fn index_columns(&mut self) {
        let indexed = self.fields.iter().filter(|field| field.indexed);
        let names = indexed
            .map(|field| field.internal_name.clone())
            .filter(|name| name != "ID");
        self.items.index_columns(&names.collect());
    }

    /// The server-relative folder of an item.
    pub fn directory(&self, item: &Item) -> String {
        match item.folder.and_then(|folder| self.items.get(&folder)) {
            Some(folder) => self.url(folder),
            None => self.root_folder.clone(),
        }
    }

    /// `FileRef`: the server-relative address of an item or folder.
    pub fn url(&self, item: &Item) -> String {
        format!("{}/{}", self.directory(item), item.leaf)
    }

    /// The item or folder at a server-relative address; `Some(None)` is the root folder itself.
    pub fn at_url(&self, url: &str) -> Option<Option<&Item>> {
        let rest = url.get(self.root_folder.len()..)?;
        let inside = url
            .get(..self.root_folder.len())?
            .eq_ignore_ascii_case(&self.root_folder);
        if !inside || !(rest.is_empty() || rest.starts_with('/')) {
            return None;
        }
        let mut here = None;
        for leaf in rest.split('/').filter(|leaf| !leaf.is_empty()) {
            here = Some(self.items.named(here.map(|folder: &Item| folder.id), leaf)?);
        }
        Some(here)
    }

    /// How many versions are kept; `None` when the list keeps no versions.
    pub fn version_limit(&self) -> Option<u32> {
        self.settings
            .enable_versioning
            .then_some(self.settings.major_version_limit)
    }

    /// Notes that an item changed.
    pub fn touch(&mut self, at: Timestamp) {
        self.last_modified = at;
        self.last_user_modified = at;
    }
}
