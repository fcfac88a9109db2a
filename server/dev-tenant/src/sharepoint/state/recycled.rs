//! The recycle bin of a site.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::ids::{ListId, PrincipalId};
use super::item::Item;
use super::list::List;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recycled {
    pub id: Uuid,
    pub deleted_by: PrincipalId,
    pub deleted_at: Timestamp,
    pub content: RecycledContent,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum RecycledContent {
    Item { list: ListId, item: Box<Item> },
    List(Box<List>),
}
