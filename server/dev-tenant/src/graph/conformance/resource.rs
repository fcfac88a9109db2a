//! A resource against its type.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::graph::model;

/// Types that carry extensions of directories; beside those they are closed, or a slip would pass.
const EXTENSIBLE: [&str; 4] = ["user", "group", "application", "servicePrincipal"];

/// Where a resource is not what its type says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// E.g. `user.jobTitle is an Edm.String, not 7`.
    pub(super) text: String,
    /// The member whose value is wrong, and of what; none where there should be no such member.
    pub(super) value_of: Option<(String, String)>,
}

impl Slip {
    fn unknown(text: String) -> Self {
        Self { text, value_of: None }
    }

    fn inside(self, place: &str) -> Self {
        Self {
            text: format!("{place}: {}", self.text),
            ..self
        }
    }
}

/// A member of a resource.
#[derive(Clone, Copy)]
struct Place<'a> {
    owner: &'a str,
    member: &'a str,
}

impl Place<'_> {
    fn wrong(self, what: &str) -> Slip {
        Slip {
            text: format!("{self} {what}"),
            value_of: Some((self.member.to_owned(), self.owner.to_owned())),
        }
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.owner, self.member)
    }
}

/// Whose words they are. Whoever asks may write names in any case, and takes values away by null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Answer,
    Wish,
}

impl Side {
    fn kind<'t>(self, types: &'t BTreeMap<String, String>, name: &str) -> Option<&'t String> {
        let in_any_case = || {
            let mut types = types.iter();
            types.find(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        let exact = types.get(name);
        match self {
            Self::Answer => exact,
            Self::Wish => exact.or_else(|| in_any_case().map(|(_, kind)| kind)),
        }
    }

    /// What is wrong with a resource; it is of type `expected`, or of the one it names.
    pub(super) fn fault_of(self, value: &Value, expected: &str) -> Option<Slip> {
        let resource = told_type(value).unwrap_or(expected);
        let Some((resource, types)) = model::members(resource) else {
            return Some(Slip::unknown(format!(
                "a resource has no type, or one that is not known: {resource:?}"
            )));
        };
        self.fault_of_members(value, resource, types)
    }

    /// What is wrong with an object that has these members; `owner`: what it is called.
    pub(super) fn fault_of_members(
        self,
        value: &Value,
        owner: &str,
        types: &BTreeMap<String, String>,
    ) -> Option<Slip> {
        let Some(members) = value.as_object() else {
            return Some(Slip::unknown(format!("a {owner} is an object, not {value}")));
        };
        members.iter().find_map(|(name, value)| {
            if name.contains('@') || (EXTENSIBLE.contains(&owner) && name.starts_with("extension_")) {
                return None;
            }
            let place = Place { owner, member: name };
            match self.kind(types, name) {
                Some(kind) => self.fault_of_value(value, kind, place),
                None => Some(Slip::unknown(format!("{place}: the type has no such member"))),
            }
        })
    }

    fn fault_of_value(self, value: &Value, kind: &str, place: Place<'_>) -> Option<Slip> {
        let is_link = kind.starts_with("nav:");
        let kind = kind.trim_start_matches("nav:");
        if value.is_null() && self == Self::Wish {
            return None;
        }
        if let Some(kind) = kind
            .strip_prefix("Collection(")
            .and_then(|rest| rest.strip_suffix(')'))
        {
            return match value {
                Value::Array(all) => {
                    let mut all = all.iter();
                    all.find_map(|one| self.fault_of_one(one, kind, place, is_link))
                }
                _ => Some(place.wrong(&format!("is a collection, not {value}"))),
            };
        }
        if value.is_null() {
            return None;
        }
        self.fault_of_one(value, kind, place, is_link)
    }

    fn fault_of_one(self, value: &Value, kind: &str, place: Place<'_>, is_link: bool) -> Option<Slip> {
        if let Some(primitive) = kind.strip_prefix("Edm.") {
            let wrong = || place.wrong(&format!("is an {kind}, not {value}"));
            return (!is_primitive(value, primitive)).then(wrong);
        }
        if let Some(words) = model::words(kind) {
            // Outlook begins its words with capitals here and there.
            let known = value
                .as_str()
                .is_some_and(|word| words.iter().any(|known| known.eq_ignore_ascii_case(word)));
            return (!known).then(|| place.wrong(&format!("is a {kind}, not {value}")));
        }
        // Where a link leads to may be of a type that is not known here; the resource says so itself.
        let is_known = |name: &str| model::members(name).is_some();
        let told = if is_link { told_type(value) } else { None };
        if !is_known(told.unwrap_or(kind)) {
            return None;
        }
        let slip = self.fault_of(value, kind)?;
        Some(slip.inside(&place.to_string()))
    }
}

/// The type that a resource says it is of.
fn told_type(value: &Value) -> Option<&str> {
    value["@odata.type"].as_str()?.strip_prefix("#microsoft.graph.")
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
