//! Names and types of Graph's resources, from Microsoft's own metadata (see `source` in model.json).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::fault::Fault;

/// A resource as Graph shows it.
pub(crate) type Entity = Map<String, Value>;

#[derive(Debug, Deserialize)]
struct Model {
    types: BTreeMap<String, BTreeMap<String, String>>,
    enums: BTreeMap<String, Vec<String>>,
    actions: BTreeMap<String, BTreeMap<String, String>>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    serde_json::from_str(include_str!("model.json")).unwrap_or_else(|error| panic!("model.json: {error}"))
});

/// A type by its name, with the types of its members; `nav:` stands before what is another resource.
pub(crate) fn members(resource: &str) -> Option<(&'static str, &'static BTreeMap<String, String>)> {
    let found = MODEL.types.get_key_value(resource);
    found.map(|(name, members)| (name.as_str(), members))
}

/// An action by its name, with the types of its parameters.
pub(crate) fn action(name: &str) -> Option<(&'static str, &'static BTreeMap<String, String>)> {
    let found = MODEL.actions.get_key_value(name);
    found.map(|(name, parameters)| (name.as_str(), parameters))
}

/// The values of an enumeration.
pub(crate) fn words(enumeration: &str) -> Option<&'static [String]> {
    MODEL.enums.get(enumeration).map(Vec::as_slice)
}

/// A value of an enumeration as Graph spells it, whatever its letter case in a body.
pub(crate) fn word(enumeration: &str, asked: &str) -> Option<&'static str> {
    let mut known = words(enumeration)?.iter();
    known
        .find(|known| known.eq_ignore_ascii_case(asked))
        .map(String::as_str)
}

/// The name as Graph spells it and its type, e.g. `mailNickName` gives `mailNickname`, `Edm.String`.
pub(crate) fn property(resource: &str, name: &str) -> Option<(&'static str, &'static str)> {
    MODEL
        .types
        .get(resource)?
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(known, kind)| (known.as_str(), kind.as_str()))
}

/// How a property shows that has no value.
pub(crate) fn absent(resource: &str, name: &str) -> Value {
    let kind = property(resource, name).map(|(_, kind)| kind);
    if kind.is_some_and(|kind| kind.starts_with("Collection(")) {
        return Value::Array(Vec::new());
    }
    Value::Null
}

/// Properties of a request body with Graph's spelling. Annotations such as `@odata.type` are dropped, binds kept.
pub(crate) fn canonical(resource: &str, body: &Entity) -> Result<Entity, Fault> {
    let mut result = Entity::new();
    for (name, value) in body {
        if name.ends_with("@odata.bind") {
            result.insert(name.clone(), value.clone());
        } else if !name.contains('@') {
            let (known, kind) = property(resource, name)
                .ok_or_else(|| Fault::bad_request("One or more property values specified are invalid."))?;
            if !fits(kind, value) {
                return Err(Fault::invalid(known, resource));
            }
            result.insert(known.to_owned(), value.clone());
        }
    }
    Ok(result)
}

fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        _ if value.is_null() => true,
        "Edm.String" | "Edm.Guid" | "Edm.DateTimeOffset" => value.is_string(),
        "Edm.Boolean" => value.is_boolean(),
        "Edm.Int32" => value.is_i64(),
        "Collection(Edm.String)" => value
            .as_array()
            .is_some_and(|all| all.iter().all(Value::is_string)),
        _ if kind.contains("Collection(") => value.is_array(),
        _ => true,
    }
}
