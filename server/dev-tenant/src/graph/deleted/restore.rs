//! Bringing deleted objects back.

use serde_json::{Value, json};

use super::{Item, find};
use crate::addresses::holder;
use crate::directory::{Directory, ObjectId};
use crate::graph::fault::Fault;
use crate::graph::groups::show::show as show_group;
use crate::graph::model::Entity;
use crate::graph::page;
use crate::graph::permission::{DELETE_GROUPS, DELETE_USERS};
use crate::graph::request::{Outcome, Request, entity, parameter};
use crate::graph::users::addresses::{check_free, drop_taken};
use crate::graph::users::licences::consumed;
use crate::graph::users::protection::check_administrator;
use crate::graph::users::remove::former_name;
use crate::graph::users::rules::check_principal_name;
use crate::graph::users::show::{DEFAULT, show as show_user};

pub(crate) fn restore(request: &Request, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let (id, shown, kind) = match find(&tenant.directory, key) {
        Ok(Item::User(user)) => {
            request.may_write(DELETE_USERS)?;
            check_administrator(request, &tenant, user)?;
            let id = user.id;
            (id, user_back(request, &mut tenant.directory, id)?, "user")
        }
        Ok(Item::Group(group)) => {
            request.may_write(DELETE_GROUPS)?;
            let id = group.id;
            (id, group_back(&mut tenant.directory, id)?, "group")
        }
        Err(fault) => {
            request
                .may_write(DELETE_USERS)
                .or_else(|_| request.may_write(DELETE_GROUPS))?;
            return Err(fault);
        }
    };
    let mut shown = shown;
    shown.insert(
        "@odata.type".to_owned(),
        json!(format!("#microsoft.graph.{kind}")),
    );
    request.record(&mut tenant, format!("graph:restore:{kind}:{}", id.0));
    Ok(entity(200, "directoryObjects/$entity", shown))
}

/// `autoReconcileProxyConflict` and `newUserPrincipalName`; the body may be missing.
fn wishes(request: &Request) -> Result<(bool, Option<String>), Fault> {
    if request.body.iter().all(u8::is_ascii_whitespace) {
        return Ok((false, None));
    }
    let body = request.object()?;
    let reconcile = parameter(&body, "autoReconcileProxyConflict") == Some(&Value::Bool(true));
    let name = parameter(&body, "newUserPrincipalName").and_then(Value::as_str);
    name.map(|name| check_principal_name(name, &request.world.names.domain))
        .transpose()?;
    Ok((reconcile, name.map(str::to_owned)))
}

fn user_back(request: &Request, directory: &mut Directory, id: ObjectId) -> Result<Entity, Fault> {
    let (reconcile, wished) = wishes(request)?;
    let missing = || Fault::no_resource(&id.0.to_string());
    let mut user = directory.users.get(&id).cloned().ok_or_else(missing)?;
    let name = wished.unwrap_or_else(|| former_name(&user).to_owned());
    if reconcile {
        drop_taken(directory, id, &mut user.properties);
    }
    check_free(directory, Some(id), &name, &user.properties)?;
    user.user_principal_name = name;
    user.deleted = None;
    user.licences.retain(|sku, _| has_seat(directory, *sku));
    let shown = page::select(&show_user(&user), "user", &[], DEFAULT)?;
    directory.rename(id, request.now);
    directory.users.insert(id, user);
    Ok(shown)
}

/// Licences come back as far as there are seats.
fn has_seat(directory: &Directory, sku: uuid::Uuid) -> bool {
    let bought = directory.skus.iter().find(|known| known.sku_id == sku);
    bought.is_some_and(|bought| consumed(directory, sku) < bought.enabled_units as usize)
}

fn group_back(directory: &mut Directory, id: ObjectId) -> Result<Entity, Fault> {
    let group = directory
        .groups
        .get(&id)
        .ok_or_else(|| Fault::no_resource(&id.0.to_string()))?;
    let name = group.unique_name.clone();
    let is_taken = name.is_some()
        && directory
            .groups
            .values()
            .any(|other| other.deleted.is_none() && other.unique_name == name);
    if is_taken {
        return Err(Fault::Conflict {
            property: "uniqueName",
        });
    }
    let mail = group.properties.get("mail").and_then(Value::as_str);
    if mail.is_some_and(|mail| holder(directory, Some(id), mail).is_some()) {
        return Err(Fault::Conflict {
            property: "proxyAddresses",
        });
    }
    let group = directory
        .groups
        .get_mut(&id)
        .ok_or_else(|| Fault::no_resource(&id.0.to_string()))?;
    group.deleted = None;
    Ok(show_group(group))
}
