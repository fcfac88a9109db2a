//! Mail of the tenant's people.

mod compose;
pub(crate) mod messages;
mod narrowing;
mod purge;
mod read;
mod send;
mod settings;
pub(crate) mod state;

use serde_json::Value;

use super::fault::Fault;
use super::request::{Outcome, Request};
use super::users;
use crate::directory::ObjectId;
use crate::exchange::mailbox_is_due;
use crate::world::Tenant;

pub(crate) fn route(request: &Request, method: &str, key: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("POST", ["messages"]) => compose::draft(request, key),
        ("GET", ["messages"]) => read::list(request, key, None),
        ("GET", ["mailFolders", folder, "messages"]) => read::list(request, key, Some(folder)),
        ("GET", ["messages", id]) => read::one(request, key, id),
        ("POST", ["messages", id, "send"]) => send::draft(request, key, id),
        ("POST", ["messages", id, "permanentDelete"]) => purge::purge(request, key, id),
        ("POST", ["sendMail" | "microsoft.graph.sendMail"]) => send::at_once(request, key),
        ("GET", ["mailboxSettings"]) => settings::all(request, key),
        ("GET", ["mailboxSettings", "automaticRepliesSetting"]) => settings::automatic_replies(request, key),
        ("PATCH", ["mailboxSettings"]) => settings::change(request, key),
        _ => return None,
    })
}

/// The owner of the mailbox; only people with an address have one, once Exchange has made it.
fn owner(request: &Request, tenant: &Tenant, key: &str, permissions: &[&str]) -> Result<ObjectId, Fault> {
    request.may_some_mail(tenant, permissions)?;
    let user = users::find(&tenant.directory, request.now, key).map_err(|_| {
        Fault::refused(
            404,
            "ErrorInvalidUser",
            format!("The requested user '{key}' is invalid."),
        )
    })?;
    request.may_mail(tenant, user.id, permissions)?;
    let has_address = user.properties.get("mail").is_some_and(Value::is_string);
    if has_address && !mailbox_is_due(tenant, request.now, user) {
        return Ok(user.id);
    }
    Err(Fault::refused(
        404,
        "MailboxNotEnabledForRESTAPI",
        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
    ))
}

fn not_found() -> Fault {
    Fault::refused(
        404,
        "ErrorItemNotFound",
        "The specified object was not found in the store.",
    )
}
