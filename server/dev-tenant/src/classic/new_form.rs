//! NewForm.aspx. New applications are made by the web part on the home page, other lists have a plain form.

use http::Method;

use super::controls::{self, Control};
use super::edit_form::Content;
use super::frame::{self, Frame, Link};
use super::html;
use super::posted::Posted;
use super::return_path;
use super::visit::{self, Visit};
use crate::call::Reply;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::items::{self, Placing};
use crate::sharepoint::operations::update::Stamp;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::field::Field;
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::item::Values;

/// The list whose new items the request web part makes.
const INBOX: &str = "Lists/PFInbox";

pub(super) fn answer(visit: &mut Visit<'_, '_>, list: ListId) -> Result<Reply, Fault> {
    let target = visit.list(list)?;
    if target.name() == INBOX {
        return Ok(visit::redirect(&format!(
            "{}/SitePages/Home.aspx?new=1",
            visit.site_path()
        )));
    }
    let held = visit.session.list_permissions(target);
    if !held.has(BasePermissions::ADD_LIST_ITEMS) {
        return Err(Fault::access_denied());
    }
    let content = content(visit, list)?;
    if visit.call.method == Method::POST {
        return save(visit, list, content);
    }
    Ok(show(visit, content))
}

fn is_on_form(field: &Field) -> bool {
    !field.read_only && !field.hidden && field.shown_in.new_form
}

fn content(visit: &Visit<'_, '_>, list: ListId) -> Result<Content, Fault> {
    let list = visit.session.list(list)?;
    let default = |field: &Field| {
        let text = field.default_value.as_deref()?;
        Some((
            field.internal_name.clone(),
            field.kind.default(text, visit.session.at)?,
        ))
    };
    let values: Values = list.fields.iter().filter_map(default).collect();
    let fields = list.fields.iter().filter(|field| is_on_form(field));
    let view = frame::view_url(list);
    Ok(Content {
        controls: fields
            .filter_map(|field| Control::of(&visit.session, list, field, &values))
            .collect(),
        attachments: Vec::new(),
        revision: None,
        cancel: return_path::source(visit, &view),
        list: Link::new(&list.title, view),
        error: None,
    })
}

fn show(visit: &Visit<'_, '_>, content: Content) -> Reply {
    let frame = Frame::of(visit, format!("{} - 新しいアイテム", content.list.text));
    html::page(200, "edit_form.html", &frame, content)
}

fn save(visit: &mut Visit<'_, '_>, list: ListId, content: Content) -> Result<Reply, Fault> {
    let posted = Posted::read(&visit.session, visit.call)?;
    let fields = visit.session.list(list)?.fields.clone();
    let (edits, controls) = controls::read(&mut visit.session, &fields, content.controls, &posted);
    let content = Content { controls, ..content };
    if content.controls.iter().any(|control| control.error.is_some()) {
        return Ok(show(visit, content));
    }
    match items::create(
        &mut visit.session,
        list,
        Placing::default(),
        edits,
        &Stamp::default(),
    ) {
        Ok(_) => Ok(visit::redirect(&content.cancel)),
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
