//! EditForm.aspx: writes through the same operations as everything else, as the signed-in person.

use http::Method;
use serde::Serialize;

use super::controls::{self, Control};
use super::display_form;
use super::frame::{self, Frame, Link};
use super::html;
use super::posted::Posted;
use super::return_path;
use super::visit::{self, Visit};
use crate::call::Reply;
use crate::sharepoint::operations::conflict::Guard;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::update::{self, Edits, Stamp, UpdateMode};
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::field::Field;
use crate::sharepoint::state::ids::{ItemId, ListId};

#[derive(Debug, Serialize)]
pub(super) struct Content {
    pub(super) list: Link,
    pub(super) controls: Vec<Control>,
    pub(super) attachments: Vec<Link>,
    /// `owshiddenversion` as the form was opened; absent in a form for a new item.
    pub(super) revision: Option<u32>,
    pub(super) cancel: String,
    /// What is wrong with the form as a whole.
    pub(super) error: Option<String>,
}

#[derive(Debug, Serialize)]
struct Conflict {
    again: String,
    display_form: String,
}

pub(super) fn answer(visit: &mut Visit<'_, '_>, list: ListId) -> Result<Reply, Fault> {
    let item = visit.item_id()?;
    require_edit(visit, list, item)?;
    let content = content(visit, list, item)?;
    if visit.call.method == Method::POST {
        return save(visit, list, item, content);
    }
    Ok(show(visit, content))
}

fn require_edit(visit: &Visit<'_, '_>, list: ListId, item: ItemId) -> Result<(), Fault> {
    let present = visit.session.item(list, item)?;
    visit.require_pages(list)?;
    let target = visit.session.list(list)?;
    let held = visit.session.item_permissions(target, present);
    let may_edit = visit
        .session
        .may_write(target, present, BasePermissions::EDIT_LIST_ITEMS);
    if may_edit && held.has(BasePermissions::VIEW_FORM_PAGES) {
        Ok(())
    } else {
        Err(Fault::access_denied())
    }
}

/// The columns that the form lets people change.
fn is_on_form(field: &Field) -> bool {
    !field.read_only && !field.hidden && field.shown_in.edit_form
}

fn content(visit: &Visit<'_, '_>, list: ListId, item: ItemId) -> Result<Content, Fault> {
    let present = visit.session.item(list, item)?;
    let target = visit.session.list(list)?;
    let values = &present.current().values;
    let fields = target.fields.iter().filter(|field| is_on_form(field));
    let view = frame::view_url(target);
    Ok(Content {
        controls: fields
            .filter_map(|field| Control::of(&visit.session, target, field, values))
            .collect(),
        attachments: display_form::attachments(target, present),
        revision: Some(present.revision),
        cancel: return_path::source(visit, &view),
        list: Link::new(&target.title, view),
        error: None,
    })
}

fn show(visit: &Visit<'_, '_>, content: Content) -> Reply {
    let frame = Frame::of(visit, format!("{} - 編集", content.list.text));
    html::page(200, "edit_form.html", &frame, content)
}

fn save(visit: &mut Visit<'_, '_>, list: ListId, item: ItemId, content: Content) -> Result<Reply, Fault> {
    let posted = Posted::read(&visit.session, visit.call)?;
    let fields = visit.session.list(list)?.fields.clone();
    let (edits, controls) = controls::read(&mut visit.session, &fields, content.controls, &posted);
    let revision = posted.text("owshiddenversion").parse();
    let revision = revision.map_err(|_| Fault::argument("The form names no version."))?;
    let content = Content {
        controls,
        revision: Some(revision),
        ..content
    };
    if content.controls.iter().any(|control| control.error.is_some()) {
        return Ok(show(visit, content));
    }
    match write(visit, list, item, edits, revision) {
        Ok(()) => Ok(visit::redirect(&content.cancel)),
        Err(fault) if fault.status == 409 => conflict(visit, list, item),
        Err(fault) if fault.status == 400 => Ok(show(
            visit,
            Content {
                error: Some(fault.message),
                ..content
            },
        )),
        Err(fault) => Err(fault),
    }
}

fn write(
    visit: &mut Visit<'_, '_>,
    list: ListId,
    item: ItemId,
    edits: Edits,
    revision: u32,
) -> Result<(), Fault> {
    let (stamp, guard) = (Stamp::default(), Guard::Revision(revision));
    update::update(
        &mut visit.session,
        list,
        item,
        edits,
        UpdateMode::Plain,
        &stamp,
        &guard,
    )
}

/// Somebody else saved meanwhile: nothing is written, and the person is told so in SharePoint's words.
fn conflict(visit: &Visit<'_, '_>, list: ListId, item: ItemId) -> Result<Reply, Fault> {
    let list = visit.session.list(list)?;
    let frame = Frame::of(visit, "保存の競合");
    let content = Conflict {
        again: return_path::here(visit.call),
        display_form: format!("{}?ID={item}", frame::page_url(list, "DispForm")),
    };
    Ok(html::page(409, "conflict.html", &frame, content))
}
