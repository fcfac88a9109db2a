//! A resource against its type.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::graph::model;

/// Types that carry extensions of directories; beside those they are closed, or a slip would pass.
const EXTENSIBLE: [&str; 4] = ["user", "group", "application", "servicePrincipal"];

/// What is wrong with a resource; it is of type `expected`, or of the one it names.
pub(super) fn fault_of(value: &Value, expected: &str) -> Option<String> {
    let Some(members) = value.as_object() else {
        return Some(format!("a {expected} is an object, not {value}"));
    };
    let resource = told_type(value).unwrap_or(expected);
    let Some((resource, types)) = model::members(resource) else {
        return Some(format!(
            "a resource has no type, or one that is not known: {resource:?}"
        ));
    };
    members.iter().find_map(|(name, value)| {
        if name.contains('@') || (EXTENSIBLE.contains(&resource) && name.starts_with("extension_")) {
            return None;
        }
        match types.get(name) {
            Some(kind) => fault_of_value(value, kind, &format!("{resource}.{name}")),
            None => Some(format!("{resource}.{name}: the type has no such member")),
        }
    })
}

/// The type that a resource says it is of.
fn told_type(value: &Value) -> Option<&str> {
    value["@odata.type"].as_str()?.strip_prefix("#microsoft.graph.")
}

fn fault_of_value(value: &Value, kind: &str, place: &str) -> Option<String> {
    let is_link = kind.starts_with("nav:");
    let kind = kind.trim_start_matches("nav:");
    if let Some(kind) = kind
        .strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return match value {
            Value::Array(all) => all.iter().find_map(|one| fault_of_one(one, kind, place, is_link)),
            _ => Some(format!("{place} is a collection, not {value}")),
        };
    }
    if value.is_null() {
        return None;
    }
    fault_of_one(value, kind, place, is_link)
}

fn fault_of_one(value: &Value, kind: &str, place: &str, is_link: bool) -> Option<String> {
    if let Some(primitive) = kind.strip_prefix("Edm.") {
        return (!is_primitive(value, primitive)).then(|| format!("{place} is an {kind}, not {value}"));
    }
    if let Some(words) = model::words(kind) {
        // Outlook begins its words with capitals here and there.
        let known = value
            .as_str()
            .is_some_and(|word| words.iter().any(|known| known.eq_ignore_ascii_case(word)));
        return (!known).then(|| format!("{place} is a {kind}, not {value}"));
    }
    // Where a link leads to may be of a type that is not known here; the resource says so itself.
    let is_known = |name: &str| model::members(name).is_some();
    let told = if is_link { told_type(value) } else { None };
    if !is_known(told.unwrap_or(kind)) {
        return None;
    }
    fault_of(value, kind).map(|fault| format!("{place}: {fault}"))
}

fn is_primitive(value: &Value, kind: &str) -> bool {
    match kind {
        "Boolean" => value.is_boolean(),
        "Int32" | "Int64" => value.is_i64(),
        "Double" | "Single" => value.is_number(),
        "Guid" => value.as_str().is_some_and(|text| Uuid::try_parse(text).is_ok()),
        "DateTimeOffset" => value
            .as_str()
            .is_some_and(|text| text.parse::<Timestamp>().is_ok()),
        _ => value.is_string(),
    }
}
