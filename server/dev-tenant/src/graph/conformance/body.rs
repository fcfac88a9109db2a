//! What is asked for in a body: members that the type, or the action, has. Types that Microsoft left open are closed but
//! for extensions of directories, or a slip would pass.

use std::collections::BTreeMap;

use serde_json::Value;

use super::SETS;
use super::resource::{Side, Slip};
use crate::graph::fault::Fault;
use crate::graph::model;
use crate::graph::request::Request;

/// All that a body may say that leads to another object.
const LINK: &str = "@odata.id";

enum Expected {
    Link,
    Parameters(&'static str, &'static BTreeMap<String, String>),
    Resource(&'static str),
}

/// What Graph would not take; a body that is none, or no JSON, is left to whoever reads it.
pub(super) fn refusal_of(request: &Request) -> Option<Fault> {
    let body: Value = serde_json::from_slice(request.body).ok()?;
    if body.is_null() {
        return None;
    }
    let slip = match expected(request)? {
        Expected::Link => return refusal_of_link(&body),
        Expected::Parameters(action, types) => Side::Wish.fault_of_members(&body, action, types),
        Expected::Resource(resource) => Side::Wish.fault_of(&body, resource),
    };
    slip.map(|slip| refusal(&slip))
}

/// Graph's words, and the place, which Graph leaves out.
fn refusal(slip: &Slip) -> Fault {
    let words = match &slip.value_of {
        Some((property, resource)) => {
            format!("Invalid value specified for property '{property}' of resource '{resource}'.")
        }
        None => "One or more property values specified are invalid.".to_owned(),
    };
    Fault::bad_request(format!("{words} ({})", slip.text))
}

fn refusal_of_link(body: &Value) -> Option<Fault> {
    let members = body.as_object()?;
    let mut others = members.keys().filter(|name| *name != LINK);
    let other = others.next()?;
    Some(Fault::bad_request(format!(
        "{other}: a reference has {LINK} alone."
    )))
}

fn expected(request: &Request) -> Option<Expected> {
    let mut segments = request.segments.iter().rev().map(|segment| plain(segment));
    let last = segments.next()?;
    if last == "$ref" {
        return Some(Expected::Link);
    }
    if request.method == "POST" {
        if let Some((action, types)) = model::action(last) {
            return Some(Expected::Parameters(action, types));
        }
        return set(last);
    }
    // A resource by its key, or one that its owner has alone.
    set(last).or_else(|| set(segments.next()?))
}

fn set(name: &str) -> Option<Expected> {
    let found = SETS.iter().find(|(set, _)| *set == name);
    found
        .filter(|(_, resource)| !resource.is_empty())
        .map(|(_, resource)| Expected::Resource(resource))
}

fn plain(segment: &str) -> &str {
    let name = segment.trim_start_matches("microsoft.");
    name.trim_start_matches("graph.")
}
