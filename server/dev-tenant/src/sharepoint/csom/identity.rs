//! `_ObjectIdentity_`: `{request}|740c6a0b-…:site:{id}:web:{id}[:list:{id}[:item:{id},1]]`, and back.
//!
//! The part before `|` may be that of any earlier request. Clients treat the rest as opaque, but some build
//! those of webs, lists and items themselves.

use uuid::Uuid;

use super::object::{ItemHandle, Object};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{FieldId, ItemId, ListId, PrincipalId, RoleId, ViewId};

/// The type that stands before every identity of the object model.
const ROOT: &str = "740c6a0b-85e2-48a0-a494-e0f1759d4aa7";

pub(super) fn write(session: &Session<'_>, object: &Object) -> Option<String> {
    let site = session.site();
    let tail = tail(object)?;
    let web = match object {
        Object::Site => String::new(),
        _ => format!(":web:{}", site.web_id),
    };
    Some(format!(
        "{}|{ROOT}:site:{}{web}{tail}",
        session.request_id, site.id
    ))
}

fn tail(object: &Object) -> Option<String> {
    Some(match object {
        Object::Site | Object::Web(_) => String::new(),
        Object::List(list, _) => format!(":list:{list}"),
        Object::Item(handle) => format!(":list:{}:item:{},1", handle.list, handle.id?),
        Object::Field(list, field, _) => format!(":list:{list}:field:{field}"),
        Object::View(list, view, _) => format!(":list:{list}:view:{view}"),
        Object::ContentType(list, id) => format!(":list:{list}:contenttype:{id}"),
        Object::Folder(list, None) => format!(":list:{list}:folder:root"),
        Object::Folder(list, Some(item)) => format!(":list:{list}:item:{item},1:folder"),
        Object::File(list, item) => format!(":list:{list}:item:{item},1:file"),
        Object::Attachment(list, item, name) => format!(":list:{list}:item:{item},1:attachment:{name}"),
        Object::Version(list, item, id) => format!(":list:{list}:item:{item},1:version:{id}"),
        Object::RoleDefinition(id) => format!(":roledefinition:{id}"),
        Object::Principal(id) => format!(":principal:{id}"),
        Object::RoleAssignment(securable, principal, _) => match securable {
            Securable::Web => format!(":assignment:{principal}"),
            Securable::List(list) => format!(":list:{list}:assignment:{principal}"),
            Securable::Item(list, item) => format!(":list:{list}:item:{item},1:assignment:{principal}"),
        },
        _ => return None,
    })
}

/// Finds the object that an identity names. Whether the caller may use it is seen when he does.
pub(super) fn read(session: &Session<'_>, identity: &str) -> Result<Object, Fault> {
    let wrong = || Fault::invalid_query("The object identity is not valid.");
    let (_, known) = identity.split_once('|').ok_or_else(wrong)?;
    let parts: Vec<&str> = known.split(':').collect();
    let site = session.site().id.to_string();
    let web = session.site().web_id.to_string();
    match parts.as_slice() {
        [ROOT, "site", id] if id.eq_ignore_ascii_case(&site) => Ok(Object::Site),
        [ROOT, "site", id, "web", web_id, rest @ ..]
            if id.eq_ignore_ascii_case(&site) && web_id.eq_ignore_ascii_case(&web) =>
        {
            below_web(rest).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

fn below_web(rest: &[&str]) -> Option<Object> {
    match rest {
        [] => Some(Object::Web(None)),
        ["roledefinition", id] => Some(Object::RoleDefinition(RoleId(id.parse().ok()?))),
        ["principal", id] => Some(Object::Principal(PrincipalId(id.parse().ok()?))),
        ["assignment", id] => Some(Object::RoleAssignment(
            Securable::Web,
            PrincipalId(id.parse().ok()?),
            None,
        )),
        ["list", list, rest @ ..] => below_list(ListId(Uuid::parse_str(list).ok()?), rest),
        _ => None,
    }
}

fn below_list(list: ListId, rest: &[&str]) -> Option<Object> {
    Some(match rest {
        [] => Object::List(list, None),
        ["field", id] => Object::Field(list, FieldId(Uuid::parse_str(id).ok()?), None),
        ["view", id] => Object::View(list, ViewId(Uuid::parse_str(id).ok()?), None),
        ["contenttype", id] => Object::ContentType(list, (*id).to_owned()),
        ["folder", "root"] => Object::Folder(list, None),
        ["assignment", id] => {
            Object::RoleAssignment(Securable::List(list), PrincipalId(id.parse().ok()?), None)
        }
        ["item", item, rest @ ..] => {
            let number = item.split(',').next()?;
            below_item(list, ItemId(number.parse().ok()?), rest)?
        }
        _ => return None,
    })
}

fn below_item(list: ListId, item: ItemId, rest: &[&str]) -> Option<Object> {
    Some(match rest {
        [] => Object::Item(ItemHandle::existing(list, item)),
        ["attachment", name] => Object::Attachment(list, item, (*name).to_owned()),
        ["file"] => Object::File(list, item),
        ["folder"] => Object::Folder(list, Some(item)),
        ["version", id] => Object::Version(list, item, id.parse().ok()?),
        ["assignment", id] => {
            Object::RoleAssignment(Securable::Item(list, item), PrincipalId(id.parse().ok()?), None)
        }
        _ => return None,
    })
}
