//! The tenant as it stands, for tests to compare.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::shell::state::Shell;

/// Members that are secrets between the tenant and others; passwords and keys are never serialised at all.
const SECRET: [&str; 2] = ["client_state", "passwordProfile"];

/// Directory, SharePoint, mailboxes, what Exchange adds, and switches, with maps in the order of their keys.
pub(super) async fn tenant(State(shell): State<Arc<Shell>>) -> Result<Json<Value>, Refusal> {
    let tenant = shell.world.tenant();
    let mut shown = json!({
        "names": serde_json::to_value(&shell.world.names)?,
        "directory": serde_json::to_value(&tenant.directory)?,
        "sharepoint": serde_json::to_value(&tenant.sharepoint)?,
        "mailboxes": serde_json::to_value(&tenant.mailboxes)?,
        "exchange": serde_json::to_value(&tenant.exchange)?,
        "switches": serde_json::to_value(tenant.switches)?,
    });
    conceal(&mut shown);
    Ok(Json(shown))
}

/// Effects and the requests that may have written.
pub(super) async fn ledger(State(shell): State<Arc<Shell>>) -> Result<Json<Value>, Refusal> {
    Ok(Json(serde_json::to_value(&shell.world.tenant().ledger)?))
}

/// A person's messages, oldest first.
pub(super) async fn mailbox(
    State(shell): State<Arc<Shell>>,
    Path(upn): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let tenant = shell.world.tenant();
    let mut people = tenant.directory.users.values();
    let owner = people
        .find(|person| person.user_principal_name.eq_ignore_ascii_case(&upn))
        .ok_or_else(|| Refusal::NotFound(format!("person {upn}")))?;
    let all = tenant.mailboxes.messages.iter();
    let messages: Vec<_> = all.filter(|message| message.owner == owner.id).collect();
    Ok(Json(json!({ "messages": serde_json::to_value(messages)? })))
}

fn conceal(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !SECRET.contains(&name.as_str()));
            members.values_mut().for_each(conceal);
        }
        Value::Array(all) => all.iter_mut().for_each(conceal),
        _ => {}
    }
}
