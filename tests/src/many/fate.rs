//! What became of many applications, whatever the order in which they were numbered and sealed.

use serde_json::{Map, Value};

use crate::house::House;
use crate::outcome::{self, numberless};

/// Digits after these depend on who came first.
const MARKS: [&str; 7] = [
    "USR-2026-",
    "USR-2027-",
    "ID=",
    "\"version\":",
    "\"row\":",
    "\"inboxItem\":",
    "act-",
];

/// The outcome, each list in an order of its own.
pub fn fates(house: &House) -> Value {
    let mut outcome = outcome::of(house);
    if let Some(mails) = outcome["mails"].as_object_mut() {
        mails.values_mut().for_each(subjects);
    }
    ordered("", &outcome)
}

/// A mail shows the plan as it stands when it goes out, and the next one may have been faster.
fn subjects(mails: &mut Value) {
    for mail in mails.as_array_mut().into_iter().flatten() {
        *mail = mail["subject"].take();
    }
}

fn ordered(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if name == "PFSource" => {
            text.split_once('.').map_or("", |(_, round)| round).into()
        }
        Value::String(text) if name == "PFApplicationUrl" => {
            text.split_once("?ID=").map_or("", |(form, _)| form).into()
        }
        Value::String(text) => numberless(text, &MARKS).into(),
        Value::Array(all) => {
            let mut all: Vec<_> = all.iter().map(|one| ordered(name, one)).collect();
            all.sort_by_cached_key(ToString::to_string);
            all.into()
        }
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| {
                // A cell is an object of kind and value.
                let inner = if key.starts_with("PF") { key } else { name };
                (numberless(key, &MARKS), ordered(inner, value))
            };
            merged(members.iter().map(member))
        }
        other => other.clone(),
    }
}

/// Mails of different applications share a name once numbers are gone.
fn merged(members: impl Iterator<Item = (String, Value)>) -> Value {
    let mut map: Map<String, Value> = Map::new();
    for (key, value) in members {
        match (map.get_mut(&key), value) {
            (Some(Value::Array(all)), Value::Array(mut more)) => {
                all.append(&mut more);
                all.sort_by_cached_key(ToString::to_string);
            }
            (_, value) => {
                map.insert(key, value);
            }
        }
    }
    map.into()
}
