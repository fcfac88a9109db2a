//! Judging people: `{"upn": "…", "id"?: "object id", "name"?: "…"}`.
//!
//! The `upn` is what the applicant typed or picked; the server looks the person up and keeps the object id.

use serde_json::{Map, Value};

use crate::issue::Code;
use crate::rule::is_mail;
use crate::text::is_invisible;

const MAX_NAME: usize = 256;

pub(crate) fn judge(value: &Value) -> Result<(), Code> {
    let person = value.as_object().ok_or(Code::WrongType)?;
    let known = person
        .keys()
        .all(|key| matches!(key.as_str(), "upn" | "id" | "name"));
    let upn = person.get("upn").and_then(Value::as_str).is_some_and(is_mail);
    let id = optional(person, "id", is_guid);
    let name = optional(person, "name", |name| {
        name.chars().count() <= MAX_NAME && !name.chars().any(is_invisible)
    });
    if known && upn && id && name {
        Ok(())
    } else {
        Err(Code::NotPerson)
    }
}

/// Two entries for one person; user principal names do not differ by case.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    let upn = |value: &Value| {
        value
            .get("upn")
            .and_then(Value::as_str)
            .map(str::to_ascii_lowercase)
    };
    upn(a).is_some() && upn(a) == upn(b)
}

fn optional(person: &Map<String, Value>, key: &str, good: impl Fn(&str) -> bool) -> bool {
    person
        .get(key)
        .is_none_or(|value| value.as_str().is_some_and(good))
}

fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| {
            if matches!(at, 8 | 13 | 18 | 23) {
                b == b'-'
            } else {
                b.is_ascii_hexdigit()
            }
        })
}
