//! Values of list columns in one spelling, however SharePoint wrote them: items, versions and our own wishes
//! can then be compared.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Columns that hold a moment; SharePoint keeps whole seconds.
const MOMENTS: [&str; 7] = [
    "PFStatusAt",
    "PFDueAt",
    "PFScheduledAt",
    "PFExpiresAt",
    "PFRequestedAt",
    "PFDecidedAt",
    "PFClosedAt",
];
/// Columns that hold people; REST reads and writes them as `{name}Id`.
const PEOPLE: [&str; 4] = ["PFApplicant", "PFAssignees", "PFMainAssignee", "PFViewers"];

/// Columns of one item by internal name; empty ones are absent.
pub(crate) type Columns = BTreeMap<String, Value>;

pub(crate) fn is_person(name: &str) -> bool {
    PEOPLE.contains(&name)
}

pub(crate) fn is_moment(name: &str) -> bool {
    MOMENTS.contains(&name)
}

/// From a version, where people are objects with `LookupId`.
pub(crate) fn of_version(fields: &Map<String, Value>, wanted: &[&str]) -> Columns {
    let column = |name: &&str| Some(((*name).to_owned(), spelled(name, fields.get(*name)?)?));
    wanted.iter().filter_map(column).collect()
}

/// From an item, where people are numbers in `{name}Id`.
pub(crate) fn of_item(fields: &Map<String, Value>, wanted: &[&str]) -> Columns {
    let column = |name: &&str| {
        let value = if is_person(name) {
            fields.get(&format!("{name}Id"))
        } else {
            fields.get(*name)
        };
        Some(((*name).to_owned(), spelled(name, value?)?))
    };
    wanted.iter().filter_map(column).collect()
}

/// The one spelling of a value; `None` when it is empty.
pub(crate) fn spelled(name: &str, value: &Value) -> Option<Value> {
    if is_person(name) {
        return people(value);
    }
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) if is_moment(name) => Some(moment(text)),
        Value::String(text) => Some(json!(text.replace("\r\n", "\n"))),
        Value::Number(number) => number.as_f64().map(|number| json!(number)),
        other => Some(other.clone()),
    }
}

fn moment(text: &str) -> Value {
    match text.parse::<Timestamp>() {
        Ok(at) => json!(at.as_second()),
        Err(_) => json!(text),
    }
}

/// A sorted list of site users, also for a column that holds one.
fn people(value: &Value) -> Option<Value> {
    let mut ids: Vec<i64> = match value {
        Value::Array(all) => all.iter().filter_map(lookup).collect(),
        Value::Object(members) if members.contains_key("results") => return people(&members["results"]),
        one => lookup(one).into_iter().collect(),
    };
    ids.sort_unstable();
    (!ids.is_empty()).then(|| json!(ids))
}

fn lookup(value: &Value) -> Option<i64> {
    let id = value.get("LookupId").unwrap_or(value);
    id.as_i64().or_else(|| id.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_versions_say_the_same_in_one_spelling() {
        let item = json!({
            "PFAssigneesId": [12, 7], "PFApplicantId": 5, "PFMainAssigneeId": null, "PFRound": 2,
            "PFDueAt": "2026-11-24T12:00:00Z", "PFSummary": "a\r\nb", "PFNumber": "",
        });
        let version = json!({
            "PFAssignees": [{"LookupId": 7, "LookupValue": "x"}, {"LookupId": 12}],
            "PFApplicant": {"LookupId": 5, "Email": "x"}, "PFMainAssignee": null, "PFRound": 2.0,
            "PFDueAt": "2026-11-24T12:00:00.000Z", "PFSummary": "a\nb", "PFNumber": null,
        });
        let wanted = [
            "PFAssignees",
            "PFApplicant",
            "PFMainAssignee",
            "PFRound",
            "PFDueAt",
            "PFSummary",
            "PFNumber",
        ];
        let item = of_item(item.as_object().unwrap(), &wanted);
        assert_eq!(item, of_version(version.as_object().unwrap(), &wanted));
        assert_eq!(item.len(), 5);
        assert_eq!(item["PFAssignees"], json!([7, 12]));
    }
}
