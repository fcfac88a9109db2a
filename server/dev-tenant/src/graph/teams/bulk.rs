//! Many memberships at once: each goes well or not by itself.

use serde_json::{Value, json};

use super::roster::{self, candidate, check_owner_remains, join, may_write};
use super::{bad_request, bearer, find};
use crate::directory::ObjectId;
use crate::graph::fault::Fault;
use crate::graph::permission::WRITE_TEAM_ROSTER;
use crate::graph::request::{Outcome, Request, context_url, json as answer, parameter};
use crate::graph::users;
use crate::world::Tenant;

/// Microsoft Graph, "conversationMember: add": up to 200 in one request.
const MOST: usize = 200;

fn values(request: &Request) -> Result<Vec<Value>, Fault> {
    let body = request.object()?;
    let values = parameter(&body, "values").and_then(Value::as_array);
    let values = values.ok_or_else(|| bad_request("The parameter 'values' is required."))?;
    if values.len() > MOST {
        return Err(bad_request("At most 200 members are allowed in one request."));
    }
    Ok(values.clone())
}

pub(crate) fn add(request: &Request, key: &str) -> Outcome {
    may_write(request, false)?;
    let wishes = values(request)?
        .iter()
        .map(roster::wish)
        .collect::<Result<Vec<_>, _>>()?;
    may_write(request, wishes.iter().any(|wish| wish.owner))?;
    let mut tenant = request.world.tenant();
    find(&tenant.directory, request.now, key)?;
    let results: Vec<_> = wishes
        .iter()
        .map(|wish| (wish.user.as_str(), add_one(request, &mut tenant, key, wish)))
        .collect();
    Ok(told(&results))
}

fn add_one(
    request: &Request,
    tenant: &mut Tenant,
    key: &str,
    wish: &roster::Wish,
) -> Result<ObjectId, Fault> {
    let twice = tenant.switches.teams.refuses_member_twice;
    let (group, _) = find(&tenant.directory, request.now, key)?;
    let user = candidate(request, &tenant.directory, group, wish, twice)?;
    let group = bearer(&mut tenant.directory, request.now, key)?;
    join(group, user, wish.owner);
    let id = group.id;
    let role = if wish.owner { "owner" } else { "member" };
    request.record(tenant, format!("graph:add-{role}:team:{}:{}", id.0, user.0));
    Ok(user)
}

pub(crate) fn remove(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_TEAM_ROSTER)?;
    let wishes = values(request)?
        .iter()
        .map(roster::wish)
        .collect::<Result<Vec<_>, _>>()?;
    let mut tenant = request.world.tenant();
    find(&tenant.directory, request.now, key)?;
    let results: Vec<_> = wishes
        .iter()
        .map(|wish| {
            (
                wish.user.as_str(),
                remove_one(request, &mut tenant, key, &wish.user),
            )
        })
        .collect();
    Ok(told(&results))
}

fn remove_one(request: &Request, tenant: &mut Tenant, key: &str, user: &str) -> Result<ObjectId, Fault> {
    let missing = || {
        Fault::refused(
            404,
            "NotFound",
            format!("User {user} is not a member of the team"),
        )
    };
    let user = users::find(&tenant.directory, request.now, user)
        .map_err(|_| missing())?
        .id;
    let group = bearer(&mut tenant.directory, request.now, key)?;
    if !group.members.contains(&user) && !group.owners.contains(&user) {
        return Err(missing());
    }
    check_owner_remains(group, user)?;
    group.members.remove(&user);
    group.owners.remove(&user);
    let id = group.id;
    request.record(tenant, format!("graph:remove-member:team:{}:{}", id.0, user.0));
    Ok(user)
}

/// 200, or 207 when some went wrong.
fn told(results: &[(&str, Result<ObjectId, Fault>)]) -> crate::call::Reply {
    let shown = results.iter().map(|(asked, result)| {
        let (user, error) = match result {
            Ok(user) => (user.0.to_string(), Value::Null),
            Err(fault) => ((*asked).to_owned(), fault.part()),
        };
        json!({"@odata.type": "#microsoft.graph.aadUserConversationMemberResult", "userId": user, "error": error})
    });
    let shown: Vec<Value> = shown.collect();
    let all_well = results.iter().all(|(_, result)| result.is_ok());
    let context = context_url("Collection(microsoft.graph.conversationMemberResult)");
    answer(
        if all_well { 200 } else { 207 },
        &json!({"@odata.context": context, "value": shown}),
    )
}
