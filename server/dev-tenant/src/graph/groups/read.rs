//! Reading groups, members and owners.

use super::show::show;
use crate::graph::objects;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_GROUPS, READ_MEMBERS, READ_OWNERS};
use crate::graph::request::{Outcome, Request, entity};

pub(crate) fn list(request: &Request) -> Outcome {
    request.may(READ_GROUPS)?;
    let tenant = request.world.tenant();
    let groups = tenant.directory.groups.values();
    let seen = groups.filter(|group| group.deleted.is_none() && group.visible_from <= request.now);
    let collection = Collection {
        resource: "group",
        context: "groups",
        default: &[],
    };
    page::directory(request, collection, seen.map(show).collect())
}

pub(crate) fn one(request: &Request, key: &str) -> Outcome {
    request.may(READ_GROUPS)?;
    let tenant = request.world.tenant();
    let full = show(super::find(&tenant.directory, request.now, key)?);
    let shown = page::select(&full, "group", &request.options.select, &[])?;
    Ok(entity(200, "groups/$entity", shown))
}

pub(crate) fn members(request: &Request, key: &str, transitive: bool) -> Outcome {
    request.may(READ_MEMBERS)?;
    let tenant = request.world.tenant();
    let group = super::find(&tenant.directory, request.now, key)?;
    let ids = if transitive {
        super::below(&tenant.directory, group.id)
    } else {
        group.members.clone()
    };
    objects::list(request, &objects::all(&tenant.directory, request.now, ids))
}

pub(crate) fn owners(request: &Request, key: &str) -> Outcome {
    request.may(READ_OWNERS)?;
    let tenant = request.world.tenant();
    let group = super::find(&tenant.directory, request.now, key)?;
    // Those of what Exchange keeps are not to be had here (Microsoft Graph, "List group owners").
    let owners = group.owners.iter().copied();
    let owners = owners.filter(|_| !super::is_kept_by_exchange(group));
    objects::list(request, &objects::all(&tenant.directory, request.now, owners))
}
