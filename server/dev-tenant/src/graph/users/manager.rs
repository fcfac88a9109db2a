//! A user's manager and his direct reports.

use serde_json::json;

use super::protection::{is_synced, synced};
use super::show::{DEFAULT, show};
use crate::call::Reply;
use crate::graph::fault::Fault;
use crate::graph::objects::reference;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_USER_RELATIONS, WRITE_USERS};
use crate::graph::request::{Outcome, Request, entity};

pub(crate) fn read(request: &Request, key: &str) -> Outcome {
    request.may(READ_USER_RELATIONS)?;
    let tenant = request.world.tenant();
    let user = super::find(&tenant.directory, request.now, key)?;
    let manager = user
        .manager
        .and_then(|id| tenant.directory.users.get(&id))
        .filter(|manager| manager.deleted.is_none())
        .ok_or_else(|| Fault::no_resource("manager"))?;
    let mut shown = page::select(&show(manager), "user", &request.options.select, DEFAULT)?;
    shown.insert("@odata.type".to_owned(), json!("#microsoft.graph.user"));
    Ok(entity(200, "directoryObjects/$entity", shown))
}

pub(crate) fn set(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_USERS)?;
    let wanted = reference(&request.object()?)?;
    let mut tenant = request.world.tenant();
    let manager = super::find(&tenant.directory, request.now, &wanted)?.id;
    let user = super::find_mut(&mut tenant.directory, request.now, key)?;
    if is_synced(user) {
        return Err(synced());
    }
    user.manager = Some(manager);
    let id = user.id;
    request.record(
        &mut tenant,
        format!("graph:set-manager:user:{}:{}", id.0, manager.0),
    );
    Ok(Reply::empty(204))
}

pub(crate) fn clear(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_USERS)?;
    let mut tenant = request.world.tenant();
    let user = super::find_mut(&mut tenant.directory, request.now, key)?;
    if is_synced(user) {
        return Err(synced());
    }
    user.manager.take().ok_or_else(|| Fault::no_resource("manager"))?;
    let id = user.id;
    request.record(&mut tenant, format!("graph:clear-manager:user:{}", id.0));
    Ok(Reply::empty(204))
}

pub(crate) fn direct_reports(request: &Request, key: &str) -> Outcome {
    request.may(READ_USER_RELATIONS)?;
    let tenant = request.world.tenant();
    let manager = super::find(&tenant.directory, request.now, key)?.id;
    let reports = tenant
        .directory
        .users
        .values()
        .filter(|user| {
            user.manager == Some(manager) && user.deleted.is_none() && user.visible_from <= request.now
        })
        .map(|user| {
            let mut shown = show(user);
            shown.insert("@odata.type".to_owned(), json!("#microsoft.graph.user"));
            shown
        });
    let collection = Collection {
        resource: "user",
        context: "directoryObjects",
        default: DEFAULT,
    };
    page::directory(request, collection, reports.collect())
}
