//! Changing a user.

use serde_json::{Value, json};

use super::addresses::{check_free, remember_mail};
use super::protection::{check_administrator, check_master, is_sensitive};
use super::{complex, rules};
use crate::call::Reply;
use crate::directory::User;
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::permission::{ENABLE_USERS, REVOKE_SESSIONS, WRITE_OTHER_MAILS, WRITE_PHONES, WRITE_USERS};
use crate::graph::request::{Outcome, Request, context_url, json as answer};

/// The properties by which other services know a person.
const NAMES: [&str; 3] = ["userPrincipalName", "mail", "displayName"];

pub(crate) fn patch(request: &Request, key: &str) -> Outcome {
    let mut changes = model::canonical("user", &request.object()?)?;
    for name in changes.keys() {
        may_change(request, name)?;
    }
    if changes.is_empty() {
        request.may_write(WRITE_USERS)?;
    }
    let password = changes
        .remove("passwordProfile")
        .map(|profile| Ok((rules::password(&profile)?, rules::password_use(&profile))))
        .transpose()?;
    rules::check(&changes)?;
    let mut tenant = request.world.tenant();
    let user = super::find(&tenant.directory, request.now, key)?;
    check_master(user, &changes, password.is_some())?;
    if password.is_some() || changes.keys().any(|name| is_sensitive(name)) {
        check_administrator(request, &tenant, user)?;
    }
    let replaces = tenant.switches.complex_values_are_replaced;
    let id = user.id;
    let name = changes
        .get("userPrincipalName")
        .and_then(Value::as_str)
        .unwrap_or(&user.user_principal_name);
    if changes.contains_key("userPrincipalName") {
        rules::check_principal_name(name, &request.world.names.domain)?;
    }
    check_free(&tenant.directory, Some(id), name, &changes)?;
    let user = super::find_mut(&mut tenant.directory, request.now, key)?;
    let reset = password.is_some();
    if let Some((password, usage)) = password {
        user.password = Some(password);
        user.properties.insert("passwordProfile".to_owned(), usage);
    }
    let renamed = NAMES.iter().any(|name| changes.contains_key(*name));
    apply(user, changes, replaces);
    if renamed {
        remember_mail(&mut user.properties);
        tenant.directory.rename(id, request.now);
    }
    let verb = if reset { "set-password" } else { "update" };
    request.record(&mut tenant, format!("graph:{verb}:user:{}", id.0));
    Ok(Reply::empty(204))
}

fn may_change(request: &Request, property: &str) -> Result<(), Fault> {
    match property {
        "passwordProfile" => request.may_set_password(),
        "accountEnabled" => request.may_write(ENABLE_USERS),
        "mobilePhone" | "businessPhones" => request.may_write(WRITE_PHONES),
        "otherMails" => request.may_write(WRITE_OTHER_MAILS),
        _ => request.may_write(WRITE_USERS),
    }
}

fn apply(user: &mut User, changes: Entity, replaces: bool) {
    for (name, value) in changes {
        match (name.as_str(), value) {
            ("displayName", Value::String(text)) => user.display_name = text,
            ("userPrincipalName", Value::String(text)) => user.user_principal_name = text,
            ("accountEnabled", Value::Bool(enabled)) => user.account_enabled = enabled,
            (_, Value::Null) => {
                user.properties.remove(&name);
            }
            (_, value) => {
                let value = complex::merged(&name, user.properties.get(&name), value, replaces);
                user.properties.insert(name, value);
            }
        }
    }
}

pub(crate) fn revoke_sessions(request: &Request, key: &str) -> Outcome {
    request.may_write(REVOKE_SESSIONS)?;
    let mut tenant = request.world.tenant();
    let user = super::find_mut(&mut tenant.directory, request.now, key)?;
    let id = user.id;
    user.properties
        .insert("signInSessionsValidFromDateTime".to_owned(), json!(request.now));
    request.record(&mut tenant, format!("graph:revoke-sessions:user:{}", id.0));
    Ok(answer(
        200,
        &json!({"@odata.context": context_url("Edm.Boolean"), "value": true}),
    ))
}
