//! What a path names.

use serde_json::Value;
use uuid::Uuid;

use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::state::ids::{FieldId, ItemId, ListId, PrincipalId, RoleId, ViewId};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Resource {
    Site,
    Web,
    Lists,
    List(ListId),
    /// A folder; `None` = the list's root folder.
    Folder(ListId, Option<ItemId>),
    /// An item as a file.
    ItemFile(ListId, ItemId),
    Items(ListId),
    Item(ListId, ItemId),
    Versions(ListId, ItemId),
    /// By version id (512 × number).
    Version(ListId, ItemId, u32),
    Attachments(ListId, ItemId),
    Attachment(ListId, ItemId, String),
    Fields(ListId),
    Field(ListId, FieldId),
    Views(ListId),
    View(ListId, ViewId),
    ViewFields(ListId, ViewId),
    ContentTypes(ListId),
    ContentType(ListId, String),
    EventReceivers(ListId),
    EventReceiver(ListId, Uuid),
    RoleAssignments(Securable),
    RoleAssignment(Securable, PrincipalId),
    Bindings(Securable, PrincipalId),
    /// Features of the site collection.
    Features,
    Feature(Uuid),
    /// Content types that the site offers its lists.
    SiteContentTypes,
    SiteContentType(String),
    RoleDefinitions,
    RoleDefinition(RoleId),
    Users,
    User(PrincipalId),
    Groups,
    Group(PrincipalId),
    GroupUsers(PrincipalId),
    RecycleBin,
    Recycled(Uuid),
    Subscriptions(ListId),
    Subscription(ListId, Uuid),
    /// Several people in a column, expanded.
    People(Vec<PrincipalId>),
    /// A function's or property's value under its name.
    Scalar(String, Value),
    /// Bytes of a file.
    Content(String, Vec<u8>),
    Nothing,
}

impl Resource {
    pub(super) fn is_collection(&self) -> bool {
        matches!(
            self,
            Self::Lists
                | Self::Items(_)
                | Self::Versions(..)
                | Self::Attachments(..)
                | Self::Fields(_)
                | Self::Views(_)
                | Self::ContentTypes(_)
                | Self::EventReceivers(_)
                | Self::RoleAssignments(_)
                | Self::Bindings(..)
                | Self::Features
                | Self::SiteContentTypes
                | Self::RoleDefinitions
                | Self::Users
                | Self::Groups
                | Self::GroupUsers(_)
                | Self::RecycleBin
                | Self::Subscriptions(_)
                | Self::People(_)
        )
    }

    /// The object whose permissions a path goes on about.
    pub(super) fn securable(&self) -> Option<Securable> {
        match self {
            Self::Web => Some(Securable::Web),
            Self::List(list) => Some(Securable::List(*list)),
            Self::Item(list, item) => Some(Securable::Item(*list, *item)),
            _ => None,
        }
    }
}
