//! Creating a user.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rules;
use super::show::{DEFAULT, show};
use crate::directory::{Directory, ObjectId, User};
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

/// Writing `mail` adds it to `proxyAddresses`.
pub(crate) fn remember_mail(properties: &mut Entity) {
    if let Some(Value::String(mail)) = properties.get("mail") {
        let address = Value::String(format!("SMTP:{mail}"));
        let known = properties
            .entry("proxyAddresses")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Some(known) = known.as_array_mut().filter(|known| !known.contains(&address)) {
            known.push(address);
        }
    }
}

/// Names are unique at once, long before the object is visible everywhere.
pub(crate) fn check_free(
    directory: &Directory,
    except: Option<ObjectId>,
    principal_name: &str,
    properties: &Entity,
) -> Result<(), Fault> {
    let others = || {
        directory
            .users
            .values()
            .filter(move |user| Some(user.id) != except && user.deleted.is_none())
    };
    if others().any(|user| user.user_principal_name.eq_ignore_ascii_case(principal_name)) {
        return Err(Fault::Conflict {
            property: "userPrincipalName",
        });
    }
    let mail = properties.get("mail").and_then(Value::as_str);
    let holds = |user: &User, mail: &str| {
        user.properties
            .get("mail")
            .and_then(Value::as_str)
            .is_some_and(|theirs| theirs.eq_ignore_ascii_case(mail))
    };
    if mail.is_some_and(|mail| others().any(|user| holds(user, mail))) {
        return Err(Fault::Conflict {
            property: "proxyAddresses",
        });
    }
    Ok(())
}
