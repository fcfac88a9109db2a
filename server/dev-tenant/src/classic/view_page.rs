//! A list view: the rows that the person may see, the view's columns, pages.

use serde::Serialize;

use super::frame::{self, Frame, Link};
use super::html;
use super::render_value;
use super::return_path;
use super::visit::{self, Visit};
use crate::call::Reply;
use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::caml::page::{self, Ask, Page};
use crate::sharepoint::caml::parse;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::{ListId, ViewId};
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::view::View;

#[derive(Debug, Serialize)]
struct Content {
    list: String,
    description: String,
    new_form: Option<String>,
    views: Vec<Link>,
    columns: Vec<String>,
    rows: Vec<Vec<Shown>>,
    previous: Option<String>,
    next: Option<String>,
    range: String,
}

#[derive(Debug, Serialize)]
struct Shown {
    text: String,
    href: Option<String>,
    /// The paper clip of a row with attachments.
    clip: bool,
}

pub(super) fn to_default(visit: &Visit<'_, '_>, list: ListId) -> Result<Reply, Fault> {
    Ok(visit::redirect(&frame::view_url(visit.list(list)?)))
}

pub(super) fn answer(visit: &Visit<'_, '_>, list: ListId, view: ViewId) -> Result<Reply, Fault> {
    let list = visit.list(list)?;
    let view = list.views.iter().find(|known| known.id == view);
    let view = view.ok_or_else(Fault::file_not_found)?;
    let asked = parse::parse_query(&view.query).map_err(|error| Fault::argument(error.to_string()))?;
    let ask = Ask {
        view: crate::sharepoint::caml::view::View {
            row_limit: Some(view.row_limit.max(1) as usize),
            paged: view.paged,
            ..asked
        },
        position: visit.parameter("p_ID").map(|_| visit.call.query.clone()),
        folder: None,
    };
    let page = page::page(&visit.session, list.id, &ask)?;
    let content = content(visit, list, view, &page)?;
    let frame = Frame::of(visit, format!("{} - {}", list.title, view.title));
    Ok(html::page(200, "view_page.html", &frame, content))
}

fn content(visit: &Visit<'_, '_>, list: &List, view: &View, page: &Page) -> Result<Content, Fault> {
    let here = frame::page_url(list, &view.page);
    let rows: Result<Vec<_>, Fault> = page
        .items
        .iter()
        .map(|id| {
            let item = visit.session.item(list.id, *id)?;
            Ok(row(visit, &ItemRow::new(&visit.session, list, item), view))
        })
        .collect();
    let may_add = visit
        .session
        .list_permissions(list)
        .has(BasePermissions::ADD_LIST_ITEMS);
    let paged = |query: &str| {
        format!(
            "{here}?{query}&PageFirstRow={}",
            page.before + page.items.len() + 1
        )
    };
    Ok(Content {
        list: list.title.clone(),
        description: list.description.clone(),
        new_form: may_add.then(|| frame::page_url(list, "NewForm")),
        views: views(list, view),
        columns: view
            .fields
            .iter()
            .map(|name| render_value::title(list, name))
            .collect(),
        rows: rows?,
        previous: (page.before > 0).then(|| here.clone()),
        next: page.next.as_deref().filter(|_| view.paged).map(paged),
        range: format!("{} - {}", page.before + 1, page.before + page.items.len()),
    })
}

fn views(list: &List, current: &View) -> Vec<Link> {
    let shown = list.views.iter().filter(|view| !view.hidden && !view.personal);
    shown
        .map(|view| Link {
            current: view.id == current.id,
            ..Link::new(&view.title, frame::page_url(list, &view.page))
        })
        .collect()
}

fn row(visit: &Visit<'_, '_>, row: &ItemRow<'_>, view: &View) -> Vec<Shown> {
    let form = |page: &str| {
        let source = return_path::here(visit.call);
        let source: String = url::form_urlencoded::byte_serialize(source.as_bytes()).collect();
        format!(
            "{}?ID={}&Source={source}",
            frame::page_url(row.list, page),
            row.item.id
        )
    };
    let shown = |name: &String| match name.as_str() {
        "LinkTitle" | "LinkTitleNoMenu" => Shown {
            text: title_of(row),
            href: Some(form("DispForm")),
            clip: false,
        },
        "Edit" => Shown {
            text: "編集".to_owned(),
            href: Some(form("EditForm")),
            clip: false,
        },
        "Attachments" => Shown {
            text: String::new(),
            href: None,
            clip: !row.item.attachments.is_empty(),
        },
        name => Shown {
            text: render_value::text(row, name),
            href: None,
            clip: false,
        },
    };
    view.fields.iter().map(shown).collect()
}

/// A row without a title must still be something to click on.
pub(super) fn title_of(row: &ItemRow<'_>) -> String {
    let title = render_value::text(row, "Title");
    if title.is_empty() {
        "(タイトルなし)".to_owned()
    } else {
        title
    }
}
