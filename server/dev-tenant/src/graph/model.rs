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
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    serde_json::from_str(include_str!("model.json")).unwrap_or_else(|error| panic!("model.json: {error}"))
});

/// The name as Graph spells it and its type, e.g. `mailNickName` gives `mailNickname`, `Edm.String`.
pub(crate) fn property(resource: &str, name: &str) -> Option<(&'static str, &'static str)> {
    MODEL
        .types
        .get(resource)?
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(known, kind)| (known.as_str(), kind.as_str()))
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
