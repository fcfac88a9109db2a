//! Creating a user.

use std::collections::BTreeMap;

use serde_json::Value;

use super::addresses::{check_free, remember_mail};
use super::rules;
use super::show::{DEFAULT, show};
use crate::directory::User;
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::objects::fresh;
use crate::graph::page;
use crate::graph::permission::WRITE_USERS;
use crate::graph::request::{Outcome, Request, entity};

pub(crate) fn create(request: &Request) -> Outcome {
    request.may_write(WRITE_USERS)?;
    let mut properties = model::canonical("user", &request.object()?)?;
    for name in [
        "accountEnabled",
        "displayName",
        "mailNickname",
        "passwordProfile",
        "userPrincipalName",
    ] {
        if properties.get(name).is_none_or(Value::is_null) {
            return Err(Fault::required(name, "User"));
        }
    }
    rules::check(&properties)?;
    let principal_name = text(&mut properties, "userPrincipalName");
    rules::check_principal_name(&principal_name, &request.world.names.domain)?;
    let profile = properties.remove("passwordProfile").unwrap_or_default();
    let password = rules::password(&profile)?;
    properties.insert("passwordProfile".to_owned(), rules::password_use(&profile));
    let enabled = properties.remove("accountEnabled") == Some(Value::Bool(true));
    let display_name = text(&mut properties, "displayName");
    remember_mail(&mut properties);

    let mut tenant = request.world.tenant();
    check_free(&tenant.directory, None, &principal_name, &properties)?;
    let user = User {
        id: tenant.ids.object_id(),
        user_principal_name: principal_name,
        display_name,
        account_enabled: enabled,
        properties,
        manager: None,
        licences: BTreeMap::new(),
        inherited: Vec::new(),
        password: Some(password),
        created: request.now,
        deleted: None,
        visible_from: fresh(&mut tenant, request.now),
    };
    request.record(
        &mut tenant,
        format!("graph:create:user:{}", user.user_principal_name),
    );
    let shown = page::select(&show(&user), "user", &[], DEFAULT)?;
    let location = format!(
        "https://graph.microsoft.com/v2/{}/directoryObjects/{}/Microsoft.DirectoryServices.User",
        request.world.names.id, user.id.0
    );
    tenant.directory.users.insert(user.id, user);
    Ok(entity(201, "users/$entity", shown).with("Location", location))
}

fn text(properties: &mut Entity, name: &str) -> String {
    match properties.remove(name) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    }
}
