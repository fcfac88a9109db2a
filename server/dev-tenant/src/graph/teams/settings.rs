//! What a team lets its members do, and its names.

use serde_json::{Map, Value};

use super::{bad_request, bearer};
use crate::call::Reply;
use crate::graph::fault::Fault;
use crate::graph::groups::create::check_names;
use crate::graph::model::{self, Entity};
use crate::graph::permission::WRITE_TEAM_SETTINGS;
use crate::graph::request::{Outcome, Request};

const SETTINGS: [(&str, &str); 4] = [
    ("memberSettings", "teamMemberSettings"),
    ("guestSettings", "teamGuestSettings"),
    ("messagingSettings", "teamMessagingSettings"),
    ("funSettings", "teamFunSettings"),
];
const NAMES: [&str; 4] = ["displayName", "description", "visibility", "classification"];
const RATINGS: [&str; 2] = ["moderate", "strict"];

/// Takes the settings out of a body whose names are Graph's.
pub(super) fn take(body: &mut Entity) -> Result<Map<String, Value>, Fault> {
    let mut taken = Map::new();
    for (name, kind) in SETTINGS {
        let Some(value) = body.remove(name).filter(|value| !value.is_null()) else {
            continue;
        };
        let inner = value.as_object().ok_or_else(|| invalid(name))?;
        let mut inner = model::canonical(kind, inner).map_err(|_| invalid(name))?;
        if let Some(Value::String(rating)) = inner.get_mut("giphyContentRating") {
            *rating = rating.to_lowercase();
            if !RATINGS.contains(&rating.as_str()) {
                return Err(invalid(name));
            }
        }
        taken.insert(name.to_owned(), Value::Object(inner));
    }
    Ok(taken)
}

fn invalid(name: &str) -> Fault {
    bad_request(format!(
        "Invalid value specified for property '{name}' of resource 'Team'."
    ))
}

/// `private`, `public` or `hiddenMembership`, as the group spells it.
pub(super) fn visibility(body: &Entity) -> Result<Option<&'static str>, Fault> {
    let Some(asked) = body.get("visibility").and_then(Value::as_str) else {
        return Ok(None);
    };
    ["Private", "Public", "HiddenMembership"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(asked))
        .map(Some)
        .ok_or_else(|| invalid("visibility"))
}

pub(crate) fn patch(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_TEAM_SETTINGS)?;
    let mut changes = model::canonical("team", &request.object()?)?;
    let settings = take(&mut changes)?;
    if let Some(fixed) = changes.keys().find(|name| !NAMES.contains(&name.as_str())) {
        return Err(bad_request(format!(
            "Property '{fixed}' of a team can't be changed."
        )));
    }
    check_names(&changes)?;
    let visibility = visibility(&changes)?;
    let mut tenant = request.world.tenant();
    let group = bearer(&mut tenant.directory, request.now, key)?;
    for (name, value) in changes {
        match (name.as_str(), value) {
            ("displayName", Value::String(text)) => group.display_name = text,
            ("visibility", _) => {}
            (_, value) => drop(group.properties.insert(name, value)),
        }
    }
    if let Some(visibility) = visibility {
        group
            .properties
            .insert("visibility".to_owned(), visibility.into());
    }
    if let Some(team) = &mut group.team {
        for (name, value) in settings {
            let known = team
                .settings
                .entry(name)
                .or_insert_with(|| Value::Object(Map::new()));
            if let (Value::Object(known), Value::Object(value)) = (known, value) {
                known.extend(value);
            }
        }
    }
    let id = group.id;
    request.record(&mut tenant, format!("graph:update:team:{}", id.0));
    Ok(Reply::empty(204))
}
