//! Single memberships of a team.

use serde_json::Value;

use super::roster::{self, candidate, check_owner_remains, join, may_write};
use super::{bad_request, bearer, find};
use crate::call::Reply;
use crate::graph::page::{self, Collection};
use crate::graph::permission::READ_TEAM_MEMBERS;
use crate::graph::request::{Outcome, Request, entity};

pub(crate) fn list(request: &Request, key: &str) -> Outcome {
    request.may(READ_TEAM_MEMBERS)?;
    let tenant = request.world.tenant();
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let all = roster::of(&tenant.directory, request.now, group);
    let shown = all.iter().map(|entry| entry.show(request, group)).collect();
    let context = format!("teams('{}')/members", group.id.0);
    let collection = Collection {
        resource: "aadUserConversationMember",
        context: &context,
        default: &[],
    };
    page::directory(request, collection, shown)
}

pub(crate) fn one(request: &Request, key: &str, id: &str) -> Outcome {
    request.may(READ_TEAM_MEMBERS)?;
    let tenant = request.world.tenant();
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let entry = roster::find(request, &tenant.directory, group, id)?;
    let context = format!("teams('{}')/members/$entity", group.id.0);
    Ok(entity(200, &context, entry.show(request, group)))
}

pub(crate) fn add(request: &Request, key: &str) -> Outcome {
    may_write(request, false)?;
    let wish = roster::wish(&Value::Object(request.object()?))?;
    may_write(request, wish.owner)?;
    let mut tenant = request.world.tenant();
    let twice = tenant.switches.teams.refuses_member_twice;
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let user = candidate(request, &tenant.directory, group, &wish, twice)?;
    let group = bearer(&mut tenant.directory, request.now, key)?;
    join(group, user, wish.owner);
    let id = group.id;
    let role = if wish.owner { "owner" } else { "member" };
    request.record(&mut tenant, format!("graph:add-{role}:team:{}:{}", id.0, user.0));
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let all = roster::of(&tenant.directory, request.now, group);
    let entry = all.iter().find(|entry| entry.user.id == user);
    let shown = entry.map(|entry| entry.show(request, group)).unwrap_or_default();
    let context = format!("teams('{}')/members/$entity", id.0);
    Ok(entity(201, &context, shown))
}

pub(crate) fn change(request: &Request, key: &str, id: &str) -> Outcome {
    may_write(request, false)?;
    let body = Value::Object(request.object()?);
    if !body["roles"].is_array() {
        return Err(bad_request("The property 'roles' is required."));
    }
    let owner = roster::is_owner(&body["roles"])?;
    let mut tenant = request.world.tenant();
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let entry = roster::find(request, &tenant.directory, group, id)?;
    let (user, was_owner) = (entry.user.id, entry.is_owner);
    may_write(request, owner || was_owner)?;
    if owner && roster::is_guest(entry.user) {
        return Err(bad_request("A guest can't be an owner of a team."));
    }
    if !owner {
        check_owner_remains(group, user)?;
    }
    let group = bearer(&mut tenant.directory, request.now, key)?;
    let team = group.id;
    join(group, user, owner);
    if !owner {
        group.owners.remove(&user);
    }
    if owner != was_owner {
        let verb = if owner { "promote" } else { "demote" };
        request.record(
            &mut tenant,
            format!("graph:{verb}-member:team:{}:{}", team.0, user.0),
        );
    }
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let shown = roster::find(request, &tenant.directory, group, id)?.show(request, group);
    let context = format!("teams('{}')/members/$entity", team.0);
    Ok(entity(200, &context, shown))
}

pub(crate) fn remove(request: &Request, key: &str, id: &str) -> Outcome {
    may_write(request, false)?;
    let mut tenant = request.world.tenant();
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let entry = roster::find(request, &tenant.directory, group, id)?;
    let user = entry.user.id;
    may_write(request, entry.is_owner)?;
    check_owner_remains(group, user)?;
    let group = bearer(&mut tenant.directory, request.now, key)?;
    group.members.remove(&user);
    group.owners.remove(&user);
    let team = group.id;
    request.record(
        &mut tenant,
        format!("graph:remove-member:team:{}:{}", team.0, user.0),
    );
    Ok(Reply::empty(204))
}
