//! The objects of the object model, as far as one request knows them.

use std::collections::BTreeMap;

use super::parameter::Value;
use super::wire::Wire;
use crate::sharepoint::operations::list_settings::ListFace;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::web_settings::WebFace;
use crate::sharepoint::state::change::Change;
use crate::sharepoint::state::field::Field;
use crate::sharepoint::state::ids::{FieldId, ItemId, ListId, PrincipalId, RoleId, ViewId};
use crate::sharepoint::state::view::View;

/// A server object behind an object path. Changes that wait for `Update` live here and nowhere else.
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    Context,
    Site,
    Web(Option<WebFace>),
    /// `None` = the list's root folder.
    Folder(ListId, Option<ItemId>),
    /// An item as a file.
    File(ListId, ItemId),
    Lists,
    List(ListId, Option<ListFace>),
    Items(Items),
    Position(String),
    Item(ItemHandle),
    Versions(ListId, ItemId),
    Version(ListId, ItemId, u32),
    Attachments(ListId, ItemId),
    Attachment(ListId, ItemId, String),
    Fields(ListId),
    Field(ListId, FieldId, Option<Box<Field>>),
    Views(ListId),
    View(ListId, ViewId, Option<Box<View>>),
    ViewFields(ListId, ViewId),
    ContentTypes(ListId),
    ContentType(ListId, String),
    RoleDefinitions,
    RoleDefinition(RoleId),
    Bindings(Vec<RoleId>),
    RoleAssignments(Securable),
    /// `Some` = levels to be set by `Update`.
    RoleAssignment(Securable, PrincipalId, Option<Vec<RoleId>>),
    SiteUsers,
    SiteGroups,
    GroupUsers(PrincipalId),
    /// A user or a SharePoint group.
    Principal(PrincipalId),
    Changes(Vec<Change>),
    Change(Box<Change>),
}

/// The outcome of `GetItems`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items {
    pub list: ListId,
    pub items: Vec<ItemId>,
    pub next: Option<String>,
}

/// An item, or one that the first `Update` will create.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemHandle {
    pub list: ListId,
    pub id: Option<ItemId>,
    /// Server-relative folder and file name from `ListItemCreationInformation`.
    pub folder_url: Option<String>,
    pub folder_name: Option<String>,
    pub pending: BTreeMap<String, Value>,
}

impl ItemHandle {
    pub fn existing(list: ListId, id: ItemId) -> Self {
        Self {
            list,
            id: Some(id),
            folder_url: None,
            folder_name: None,
            pending: BTreeMap::new(),
        }
    }
}

/// What a method gives back.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Void,
    Object(Object),
    Value(Wire),
}

/// What a property holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Property {
    Value(Wire),
    Object(Object),
    /// A property that holds no object at present.
    Nothing,
}

impl Object {
    /// `_ObjectType_`; a principal is named by the caller, who knows whether it is a group.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Context => "SP.RequestContext",
            Self::Site => "SP.Site",
            Self::Web(_) => "SP.Web",
            Self::Folder(..) => "SP.Folder",
            Self::File(..) => "SP.File",
            Self::Lists => "SP.ListCollection",
            Self::List(..) => "SP.List",
            Self::Items(_) => "SP.ListItemCollection",
            Self::Position(_) => "SP.ListItemCollectionPosition",
            Self::Item(_) => "SP.ListItem",
            Self::Versions(..) => "SP.ListItemVersionCollection",
            Self::Version(..) => "SP.ListItemVersion",
            Self::Attachments(..) => "SP.AttachmentCollection",
            Self::Attachment(..) => "SP.Attachment",
            Self::Fields(_) => "SP.FieldCollection",
            Self::Field(..) => "SP.Field",
            Self::Views(_) => "SP.ViewCollection",
            Self::View(..) => "SP.View",
            Self::ViewFields(..) => "SP.ViewFieldCollection",
            Self::ContentTypes(_) => "SP.ContentTypeCollection",
            Self::ContentType(..) => "SP.ContentType",
            Self::RoleDefinitions => "SP.RoleDefinitionCollection",
            Self::RoleDefinition(_) => "SP.RoleDefinition",
            Self::Bindings(_) => "SP.RoleDefinitionBindingCollection",
            Self::RoleAssignments(_) => "SP.RoleAssignmentCollection",
            Self::RoleAssignment(..) => "SP.RoleAssignment",
            Self::SiteUsers | Self::GroupUsers(_) => "SP.UserCollection",
            Self::SiteGroups => "SP.GroupCollection",
            Self::Principal(_) => "SP.User",
            Self::Changes(_) => "SP.ChangeCollection",
            Self::Change(_) => "SP.Change",
        }
    }
}
