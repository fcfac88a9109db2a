//! Site contents: the lists that the person may open.

use serde::Serialize;

use super::frame::{self, Frame};
use super::html;
use super::render_value;
use super::visit::Visit;
use crate::call::Reply;
use crate::sharepoint::operations::lists;
use crate::sharepoint::state::list::List;

#[derive(Debug, Serialize)]
struct Entry {
    title: String,
    description: String,
    href: String,
    /// `ItemCount` counts every item, readable or not, as SharePoint does.
    count: usize,
    modified: String,
}

impl Entry {
    fn of(list: &List) -> Self {
        Self {
            title: list.title.clone(),
            description: list.description.clone(),
            href: frame::view_url(list),
            count: list.items.len(),
            modified: render_value::moment(list.last_user_modified),
        }
    }
}

pub(super) fn answer(visit: &Visit<'_, '_>) -> Reply {
    let lists = lists::visible(&visit.session);
    let shown = lists.into_iter().filter(|list| !list.settings.hidden);
    let entries: Vec<Entry> = shown.map(Entry::of).collect();
    let frame = Frame::of(visit, "サイト コンテンツ");
    html::page(200, "contents.html", &frame, entries)
}
