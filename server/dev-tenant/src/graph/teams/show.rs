//! A team as Graph shows it.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::state::Team;
use super::{find, roster};
use crate::directory::{Directory, Group};
use crate::graph::fault::Fault;
use crate::graph::groups;
use crate::graph::model::Entity;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{LIST_TEAMS, READ_GROUP_TEAM, READ_TEAMS};
use crate::graph::request::{Outcome, Request, entity};

/// What is not set is allowed (Microsoft Graph, "team resource type" and its settings).
fn settings(set: &Entity) -> Entity {
    let all = json!({
        "memberSettings": {"allowAddRemoveApps": true, "allowCreatePrivateChannels": true,
            "allowCreateUpdateChannels": true, "allowCreateUpdateRemoveConnectors": true,
            "allowCreateUpdateRemoveTabs": true, "allowDeleteChannels": true},
        "guestSettings": {"allowCreateUpdateChannels": false, "allowDeleteChannels": false},
        "messagingSettings": {"allowChannelMentions": true, "allowOwnerDeleteMessages": true,
            "allowTeamMentions": true, "allowUserDeleteMessages": true, "allowUserEditMessages": true},
        "funSettings": {"allowCustomMemes": true, "allowGiphy": true, "allowStickersAndMemes": true,
            "giphyContentRating": "moderate"},
    });
    let mut all = all.as_object().cloned().unwrap_or_default();
    for (name, set) in set {
        if let (Some(Value::Object(shown)), Value::Object(set)) = (all.get_mut(name), set) {
            shown.extend(set.clone());
        }
    }
    all
}

pub(super) fn show(request: &Request, directory: &Directory, group: &Group, team: &Team) -> Entity {
    let tenant = request.world.names.id;
    let visibility = group.properties.get("visibility").and_then(Value::as_str);
    let mut shown = settings(&team.settings);
    let rest = json!({
        "id": group.id,
        "displayName": group.display_name,
        "description": group.properties.get("description"),
        "createdDateTime": team.ready_from,
        "internalId": format!("19:{}@thread.tacv2", group.id.0.simple()),
        "classification": group.properties.get("classification"),
        "specialization": "none",
        "visibility": visibility.unwrap_or("Public").to_lowercase(),
        "webUrl": format!("https://teams.microsoft.com/l/team/19%3a{}%40thread.tacv2/conversations?groupId={}&tenantId={tenant}", group.id.0.simple(), group.id.0),
        "tenantId": tenant,
        "isArchived": team.is_archived(request.now),
        "summary": summary(directory, request.now, group),
    });
    shown.extend(rest.as_object().cloned().unwrap_or_default());
    shown
}

fn summary(directory: &Directory, now: Timestamp, group: &Group) -> Value {
    let all = roster::of(directory, now, group);
    let count = |role: &str| all.iter().filter(|entry| entry.role() == Some(role)).count();
    let (owners, guests) = (count("owner"), count("guest"));
    json!({"ownersCount": owners, "guestsCount": guests, "membersCount": all.len() - owners - guests})
}

/// What is shown when nothing is selected; `summary` is for those who ask.
const DEFAULT: &[&str] = &[
    "id",
    "createdDateTime",
    "displayName",
    "description",
    "internalId",
    "classification",
    "specialization",
    "visibility",
    "webUrl",
    "isArchived",
    "tenantId",
    "memberSettings",
    "guestSettings",
    "messagingSettings",
    "funSettings",
];

fn selected(request: &Request, full: &Entity) -> Result<Entity, Fault> {
    page::select(full, "team", &request.options.select, DEFAULT)
}

pub(crate) fn one(request: &Request, key: &str) -> Outcome {
    request.may(READ_TEAMS)?;
    let tenant = request.world.tenant();
    let (group, team) = find(&tenant.directory, request.now, key)?;
    let full = show(request, &tenant.directory, group, team);
    Ok(entity(200, "teams/$entity", selected(request, &full)?))
}

pub(super) fn of_group(request: &Request, key: &str) -> Outcome {
    request.may(READ_GROUP_TEAM)?;
    let tenant = request.world.tenant();
    let group = groups::find(&tenant.directory, request.now, key)?
        .id
        .0
        .to_string();
    let (group, team) = find(&tenant.directory, request.now, &group)?;
    let full = show(request, &tenant.directory, group, team);
    let context = format!("groups('{}')/team/$entity", group.id.0);
    Ok(entity(200, &context, selected(request, &full)?))
}

pub(crate) fn list(request: &Request) -> Outcome {
    request.may(LIST_TEAMS)?;
    let tenant = request.world.tenant();
    let groups = tenant
        .directory
        .groups
        .values()
        .filter(|group| group.is_seen(request.now));
    let teams = groups.filter_map(|group| {
        let team = group
            .team
            .as_ref()
            .filter(|team| team.ready_from <= request.now)?;
        Some(show(request, &tenant.directory, group, team))
    });
    let collection = Collection {
        resource: "team",
        context: "teams",
        default: &["id", "displayName", "description", "visibility"],
    };
    page::directory(request, collection, teams.collect())
}
