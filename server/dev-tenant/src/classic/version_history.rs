//! Versions.aspx: what each version changed, newest first.

use serde::Serialize;

use super::frame::{self, Frame, Link};
use super::html;
use super::render_value;
use super::view_page::title_of;
use super::visit::Visit;
use crate::call::Reply;
use crate::sharepoint::caml::column::{self, ItemRow};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::versions;
use crate::sharepoint::state::item::Version;

#[derive(Debug, Serialize)]
struct Content {
    item: Link,
    versions: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    label: String,
    modified: String,
    editor: String,
    changes: Vec<(String, String)>,
}

pub(super) fn answer(visit: &Visit<'_, '_>) -> Result<Reply, Fault> {
    let (list, id) = (visit.list_id()?, visit.item_id()?);
    let versions = versions::versions(&visit.session, list, id)?;
    let item = visit.session.item(list, id)?;
    visit.require_pages(list)?;
    let list = visit.session.list(list)?;
    let row = ItemRow::new(&visit.session, list, item);
    let older = versions
        .iter()
        .skip(1)
        .map(|version| Some(*version))
        .chain([None]);
    let entries = versions
        .iter()
        .zip(older)
        .map(|(version, before)| entry(&ItemRow { version, ..row }, before))
        .collect();
    let display_form = format!("{}?ID={id}", frame::page_url(list, "DispForm"));
    let content = Content {
        item: Link::new(title_of(&row), display_form),
        versions: entries,
    };
    let frame = Frame::of(visit, "バージョン履歴");
    Ok(html::page(200, "version_history.html", &frame, content))
}

fn entry(row: &ItemRow<'_>, before: Option<&Version>) -> Entry {
    let value = |name: &String| row.version.values.get(name);
    let changed = row.list.fields.iter().filter(|field| {
        let earlier = before.and_then(|version| version.values.get(&field.internal_name));
        !field.hidden && value(&field.internal_name) != earlier
    });
    Entry {
        label: row.version.label(),
        modified: render_value::moment(row.version.at),
        editor: column::person(row.session, row.version.editor).1,
        changes: changed
            .map(|field| {
                let name = &field.internal_name;
                (render_value::title(row.list, name), render_value::text(row, name))
            })
            .collect(),
    }
}
