//! Creating a team together with its group.

use serde_json::{Value, json};

use super::state::{OperationKind, Team};
use super::{bad_request, operations, roster, settings, teamify};
use crate::addresses::holder;
use crate::directory::{Group, ObjectId};
use crate::graph::fault::Fault;
use crate::graph::groups::create::check_names;
use crate::graph::model::{self, Entity};
use crate::graph::objects::{fresh, key_of};
use crate::graph::permission::CREATE_TEAMS;
use crate::graph::request::{Outcome, Request};
use crate::graph::users;
use crate::world::Tenant;

/// The only template modelled.
const TEMPLATE: &str = "teamsTemplates('standard')";

pub(crate) fn create(request: &Request) -> Outcome {
    request.may_write(CREATE_TEAMS)?;
    let mut body = model::canonical("team", &request.object()?)?;
    let template = body.remove("template@odata.bind");
    let template = template.as_ref().and_then(Value::as_str);
    let template =
        template.ok_or_else(|| bad_request("'template@odata.bind' is required to create a team."))?;
    if !template.ends_with(TEMPLATE) {
        return Err(Fault::NotModelled(format!("the template {template}")));
    }
    if let Some(group) = body.remove("group@odata.bind") {
        let key = group.as_str().and_then(key_of);
        let key = key.ok_or_else(|| bad_request("Invalid bind property name group in request."))?;
        return teamify::post(request, body, &key);
    }
    let settings = settings::take(&mut body)?;
    check_names(&body)?;
    let name = body.get("displayName").and_then(Value::as_str);
    let name = name
        .ok_or_else(|| bad_request("'displayName' is required to create a team."))?
        .to_owned();
    let visibility = settings::visibility(&body)?.unwrap_or("Public");
    let mut tenant = request.world.tenant();
    let owner = owner(request, &tenant, &body)?;
    let group = group(request, &mut tenant, &name, visibility, owner, &body);
    let id = group.id;
    tenant.directory.groups.insert(id, group);
    let operation = operations::begin(&mut tenant, request.now, OperationKind::CreateTeam);
    if !operation.fails {
        teamify::bear(&mut tenant, id, Team::new(operation.due, settings));
    }
    if let Some(group) = tenant.directory.groups.get_mut(&id) {
        group.operations.push(operation.clone());
    }
    request.record(&mut tenant, format!("graph:create:group:{name}"));
    request.record(&mut tenant, format!("graph:create:team:{}", id.0));
    Ok(operations::accepted(id, &operation))
}

/// An app is no member of the team that it makes: it names one person, who owns it.
fn owner(request: &Request, tenant: &Tenant, body: &Entity) -> Result<ObjectId, Fault> {
    let members = body
        .get("members")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let wishes = members.iter().map(roster::wish).collect::<Result<Vec<_>, _>>()?;
    let Some(wish) = wishes.iter().find(|wish| wish.owner) else {
        return Err(bad_request(
            "Failed to execute Templates backend request CreateTeamFromTemplateRequest. ErrorMessage : {\"errors\":[{\"message\":\"A team owner must be provided when creating a team in application context.\",\"errorCode\":\"Unknown\"}]}",
        ));
    };
    if wishes.len() > 1 {
        return Err(bad_request(
            "Only one member, the owner, can be given when a team is created.",
        ));
    }
    users::find(&tenant.directory, request.now, &wish.user)
        .map(|user| user.id)
        .map_err(|_| bad_request(format!("The owner {} was not found.", wish.user)))
}

fn group(
    request: &Request,
    tenant: &mut Tenant,
    name: &str,
    visibility: &str,
    owner: ObjectId,
    body: &Entity,
) -> Group {
    let id = tenant.ids.object_id();
    let nickname = nickname(request, tenant, name, id);
    let mail = format!("{nickname}@{}", request.world.names.domain);
    let properties = json!({
        "mailNickname": nickname, "mailEnabled": true, "securityEnabled": false, "groupTypes": ["Unified"],
        "mail": mail, "proxyAddresses": [format!("SMTP:{mail}")], "visibility": visibility,
        "description": body.get("description"),
    });
    Group {
        id,
        display_name: name.to_owned(),
        unique_name: None,
        properties: properties.as_object().cloned().unwrap_or_default(),
        members: [owner].into(),
        owners: [owner].into(),
        licences: std::collections::BTreeMap::new(),
        licences_changed: None,
        made_by_app: true,
        team: None,
        operations: Vec::new(),
        picture: None,
        created: request.now,
        deleted: None,
        visible_from: fresh(tenant, request.now),
    }
}

/// What a name leaves over, with part of the id when that is taken.
fn nickname(request: &Request, tenant: &Tenant, name: &str, id: ObjectId) -> String {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect();
    let stem = if plain.is_empty() {
        "msteams".to_owned()
    } else {
        plain
    };
    let address = format!("{stem}@{}", request.world.names.domain);
    if holder(&tenant.directory, None, &address).is_none() && stem != "msteams" {
        return stem;
    }
    format!("{stem}_{}", &id.0.simple().to_string()[..6])
}
