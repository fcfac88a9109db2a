//! DispForm.aspx: one item, its attachments, who wrote it.

use serde::Serialize;

use super::frame::{self, Frame, Link};
use super::html;
use super::render_value;
use super::return_path;
use super::view_page::title_of;
use super::visit::Visit;
use crate::call::Reply;
use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::field::Field;
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::item::Item;
use crate::sharepoint::state::list::List;

#[derive(Debug, Serialize)]
struct Content {
    list: Link,
    title: String,
    values: Vec<(String, String)>,
    attachments: Vec<Link>,
    edit_form: Option<String>,
    versions: Option<String>,
    close: String,
    version: String,
    created: String,
    modified: String,
}

pub(super) fn answer(visit: &Visit<'_, '_>, list: ListId) -> Result<Reply, Fault> {
    let item = visit.session.item(list, visit.item_id()?)?;
    visit.require_pages(list)?;
    let list = visit.session.list(list)?;
    let held = visit.session.item_permissions(list, item);
    if !held.has(BasePermissions::VIEW_FORM_PAGES) {
        return Err(Fault::access_denied());
    }
    let content = content(visit, list, item);
    let frame = Frame::of(visit, format!("{} - {}", list.title, content.title));
    Ok(html::page(200, "display_form.html", &frame, content))
}

fn content(visit: &Visit<'_, '_>, list: &List, item: &Item) -> Content {
    let row = ItemRow::new(&visit.session, list, item);
    let may_edit = visit
        .session
        .may_write(list, item, BasePermissions::EDIT_LIST_ITEMS);
    let may_see_versions = visit
        .session
        .item_permissions(list, item)
        .has(BasePermissions::VIEW_VERSIONS);
    let by = |at: &str, person: &str| {
        format!(
            "{} {}",
            render_value::text(&row, at),
            render_value::text(&row, person)
        )
    };
    let edit_form = || format!("{}?ID={}", frame::page_url(list, "EditForm"), item.id);
    Content {
        list: Link::new(&list.title, frame::view_url(list)),
        title: title_of(&row),
        values: values(&row),
        attachments: attachments(list, item),
        edit_form: may_edit.then(edit_form),
        versions: may_see_versions.then(|| versions_url(visit, list, item)),
        close: return_path::source(visit, &frame::view_url(list)),
        version: item.current().label(),
        created: by("Created", "Author"),
        modified: by("Modified", "Editor"),
    }
}

fn versions_url(visit: &Visit<'_, '_>, list: &List, item: &Item) -> String {
    let site = visit.site_path();
    format!(
        "{site}/_layouts/15/Versions.aspx?list=%7B{}%7D&ID={}",
        list.id, item.id
    )
}

/// The columns that the form shows: those people made, and the title.
fn is_shown(field: &Field) -> bool {
    let own = field.can_be_deleted || field.internal_name == "Title";
    own && !field.hidden && field.shown_in.display_form
}

fn values(row: &ItemRow<'_>) -> Vec<(String, String)> {
    let fields = row.list.fields.iter().filter(|field| is_shown(field));
    fields
        .map(|field| {
            let name = &field.internal_name;
            (render_value::title(row.list, name), render_value::text(row, name))
        })
        .collect()
}

pub(super) fn attachments(list: &List, item: &Item) -> Vec<Link> {
    let files = item.attachments.values();
    files
        .map(|file| {
            let name = &file.file_name;
            let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
            Link::new(
                name,
                format!("{}/Attachments/{}/{encoded}", list.root_folder, item.id),
            )
        })
        .collect()
}
