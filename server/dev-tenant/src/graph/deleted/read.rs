//! What lies in the deleted items.

use serde_json::json;

use super::{Item, find};
use crate::graph::groups::show::show as show_group;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_GROUPS, READ_USERS};
use crate::graph::request::{Outcome, Request, entity};
use crate::graph::users::read::USERS;
use crate::graph::users::show::{DEFAULT, show as show_user};

const GROUPS: Collection<'static> = Collection {
    resource: "group",
    context: "groups",
    default: &[],
};

pub(crate) fn users(request: &Request) -> Outcome {
    request.may(READ_USERS)?;
    let tenant = request.world.tenant();
    let gone = tenant
        .directory
        .users
        .values()
        .filter(|user| user.deleted.is_some());
    page::directory(request, USERS, gone.map(show_user).collect())
}

pub(crate) fn groups(request: &Request) -> Outcome {
    request.may(READ_GROUPS)?;
    let tenant = request.world.tenant();
    let gone = tenant
        .directory
        .groups
        .values()
        .filter(|group| group.deleted.is_some());
    page::directory(request, GROUPS, gone.map(show_group).collect())
}

pub(crate) fn one(request: &Request, key: &str) -> Outcome {
    let tenant = request.world.tenant();
    let select = &request.options.select;
    let (mut shown, kind) = match find(&tenant.directory, key) {
        Ok(Item::User(user)) => {
            request.may(READ_USERS)?;
            (
                page::select(&show_user(user), "user", select, DEFAULT)?,
                "#microsoft.graph.user",
            )
        }
        Ok(Item::Group(group)) => {
            request.may(READ_GROUPS)?;
            (
                page::select(&show_group(group), "group", select, &[])?,
                "#microsoft.graph.group",
            )
        }
        Err(fault) => {
            request.may(READ_USERS).or_else(|_| request.may(READ_GROUPS))?;
            return Err(fault);
        }
    };
    shown.insert("@odata.type".to_owned(), json!(kind));
    Ok(entity(200, "directoryObjects/$entity", shown))
}
