//! Deleting users and bringing them back.

use serde_json::json;

use super::create::check_free;
use super::show::{DEFAULT, show};
use crate::call::Reply;
use crate::graph::fault::Fault;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{DELETE_USERS, READ_USERS};
use crate::graph::request::{Outcome, Request, entity};

pub(crate) fn delete(request: &Request, key: &str) -> Outcome {
    request.may_write(DELETE_USERS)?;
    let mut tenant = request.world.tenant();
    let user = super::find_mut(&mut tenant.directory, request.now, key)?;
    user.deleted = Some(request.now);
    let id = user.id;
    request.record(&mut tenant, format!("graph:delete:user:{}", id.0));
    Ok(Reply::empty(204))
}

pub(crate) fn deleted(request: &Request) -> Outcome {
    request.may(READ_USERS)?;
    let tenant = request.world.tenant();
    let gone = tenant
        .directory
        .users
        .values()
        .filter(|user| user.deleted.is_some());
    let collection = Collection {
        resource: "user",
        context: "users",
        default: DEFAULT,
    };
    page::directory(request, collection, gone.map(show).collect())
}

pub(crate) fn restore(request: &Request, key: &str) -> Outcome {
    request.may_write(DELETE_USERS)?;
    let mut tenant = request.world.tenant();
    let user = tenant
        .directory
        .users
        .values()
        .find(|user| user.deleted.is_some() && super::is(user.id, key))
        .ok_or_else(|| Fault::no_resource(key))?;
    let id = user.id;
    check_free(
        &tenant.directory,
        Some(id),
        &user.user_principal_name,
        &user.properties,
    )?;
    let user = tenant
        .directory
        .users
        .get_mut(&id)
        .ok_or_else(|| Fault::no_resource(key))?;
    user.deleted = None;
    let mut shown = page::select(&show(user), "user", &[], DEFAULT)?;
    shown.insert("@odata.type".to_owned(), json!("#microsoft.graph.user"));
    request.record(&mut tenant, format!("graph:restore:user:{}", id.0));
    Ok(entity(200, "directoryObjects/$entity", shown))
}
