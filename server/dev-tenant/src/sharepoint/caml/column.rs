//! The columns of an item, built-in ones included, as queries see them.

use super::cell::{Cell, Row};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, PrincipalId};
use crate::sharepoint::state::item::{Item, Version};
use crate::sharepoint::state::list::List;

/// One item of a list, at one of its versions.
#[derive(Debug, Clone, Copy)]
pub struct ItemRow<'a> {
    pub session: &'a Session<'a>,
    pub list: &'a List,
    pub item: &'a Item,
    pub version: &'a Version,
}

impl<'a> ItemRow<'a> {
    pub fn new(session: &'a Session<'a>, list: &'a List, item: &'a Item) -> Self {
        Self {
            session,
            list,
            item,
            version: item.current(),
        }
    }

    /// Server-relative folder of the item.
    pub fn directory(&self) -> String {
        self.list.directory(self.item)
    }

    /// `FileRef`: server-relative URL of the item.
    pub fn url(&self) -> String {
        self.list.url(self.item)
    }
}

impl Row for ItemRow<'_> {
    fn cell(&self, field: &str) -> Cell {
        let item = self.item;
        match field {
            "ID" | "Id" => Cell::Number(f64::from(item.id.0)),
            "LinkTitle" | "LinkTitleNoMenu" => self.cell("Title"),
            "Author" => Cell::Links(vec![person(self.session, item.author)]),
            "Editor" => Cell::Links(vec![person(self.session, self.version.editor)]),
            "Created" => Cell::DateTime(item.created),
            "Modified" => Cell::DateTime(self.version.at),
            "ContentTypeId" => Cell::Text(item.content_type.clone()),
            "ContentType" => Cell::Text(content_type_name(self.list, item)),
            "owshiddenversion" => Cell::Number(f64::from(item.revision)),
            "_UIVersionString" => Cell::Text(self.version.label()),
            "_UIVersion" => Cell::Number(f64::from(self.version.id())),
            "_ModerationStatus" => Cell::Number(0.0),
            "Attachments" => Cell::Boolean(!item.attachments.is_empty()),
            "GUID" => Cell::Text(item.guid.to_string()),
            "UniqueId" => Cell::Text(item.unique_id.to_string()),
            "FSObjType" => Cell::Number(f64::from(u8::from(item.is_folder))),
            "FileLeafRef" => Cell::Text(item.leaf.clone()),
            "FileDirRef" => Cell::Text(self.directory()),
            "FileRef" => Cell::Text(self.url()),
            "AppAuthor" => app(item.app_author.as_deref()),
            "AppEditor" => app(self.version.app_editor.as_deref()),
            _ => self
                .version
                .values
                .get(field)
                .map_or(Cell::Empty, |value| self.stored(field, value)),
        }
    }
}

impl ItemRow<'_> {
    fn stored(&self, field: &str, value: &FieldValue) -> Cell {
        match value {
            FieldValue::Text(text) => Cell::Text(text.clone()),
            FieldValue::Number(number) => Cell::Number(*number),
            FieldValue::Boolean(yes) => Cell::Boolean(*yes),
            FieldValue::DateTime(at) => Cell::DateTime(*at),
            FieldValue::Choices(choices) => Cell::Texts(choices.clone()),
            FieldValue::Users(people) => {
                Cell::Links(people.iter().map(|id| person(self.session, *id)).collect())
            }
            FieldValue::Lookups(items) => Cell::Links(
                items
                    .iter()
                    .map(|id| (id.0, self.looked_up(field, *id)))
                    .collect(),
            ),
            FieldValue::Url { url, .. } => Cell::Text(url.clone()),
        }
    }

    /// The text of a lookup; empty where the caller may not read the item that it points to.
    fn looked_up(&self, field: &str, id: ItemId) -> String {
        let Some(FieldKind::Lookup {
            list: Some(target),
            show_field,
            ..
        }) = self.list.field(field).map(|field| &field.kind)
        else {
            return String::new();
        };
        self.session
            .item(*target, id)
            .ok()
            .and_then(|item| match item.value(show_field) {
                Some(FieldValue::Text(text)) => Some(text.clone()),
                _ => None,
            })
            .unwrap_or_default()
    }
}

/// Names that a query may use although they are no field of the list.
pub(super) fn is_virtual(name: &str) -> bool {
    matches!(
        name,
        "Id" | "LinkTitle"
            | "LinkTitleNoMenu"
            | "ContentType"
            | "_UIVersion"
            | "GUID"
            | "UniqueId"
            | "FSObjType"
            | "FileLeafRef"
            | "FileDirRef"
            | "FileRef"
            | "Edit"
            | "DocIcon"
            | "PermMask"
            | "ScopeId"
    )
}

/// Number and name of a person or group of the site.
pub fn person(session: &Session<'_>, id: PrincipalId) -> (u32, String) {
    let site = session.site();
    let title = site
        .users
        .get(&id)
        .map(|user| &user.title)
        .or_else(|| site.groups.get(&id).map(|group| &group.title));
    (id.0, title.cloned().unwrap_or_default())
}

fn app(name: Option<&str>) -> Cell {
    name.map_or(Cell::Empty, |name| Cell::Text(name.to_owned()))
}

fn content_type_name(list: &List, item: &Item) -> String {
    list.content_types
        .iter()
        .find(|known| known.id == item.content_type)
        .map_or_else(|| "Item".to_owned(), |known| known.name.clone())
}
