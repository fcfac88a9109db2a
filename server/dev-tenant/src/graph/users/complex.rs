//! Properties of a user that have properties of their own.

use serde_json::{Map, Value};

use crate::graph::fault::Fault;
use crate::graph::model;

/// Microsoft Graph, "onPremisesExtensionAttributes resource type": each in UTF-16 units.
const LONGEST_EXTENSION: usize = 1024;
const EXTENSIONS: &str = "onPremisesExtensionAttributes";
const COMPLEX: [&str; 2] = [EXTENSIONS, "employeeOrgData"];

/// Known parts, texts alone, and none too long.
pub(super) fn check(name: &str, value: &Value) -> Result<(), Fault> {
    if !COMPLEX.contains(&name) || value.is_null() {
        return Ok(());
    }
    let invalid = || Fault::invalid(name, "User");
    let parts = value.as_object().ok_or_else(invalid)?;
    let parts = model::canonical(name, parts).map_err(|_| invalid())?;
    let is_long = |value: &Value| {
        let length = value.as_str().map_or(0, |text| text.encode_utf16().count());
        name == EXTENSIONS && length > LONGEST_EXTENSION
    };
    if parts.values().any(is_long) {
        return Err(invalid());
    }
    Ok(())
}

/// The value after a change. Extension attributes stand each for itself; other complex values are replaced as a whole
/// where the switch says so.
pub(super) fn merged(name: &str, before: Option<&Value>, change: Value, replaces: bool) -> Value {
    let Value::Object(change) = change else {
        return change;
    };
    let change = model::canonical(name, &change).unwrap_or(change);
    if !COMPLEX.contains(&name) || (replaces && name != EXTENSIONS) {
        return Value::Object(change);
    }
    let mut all: Map<String, Value> = before.and_then(Value::as_object).cloned().unwrap_or_default();
    all.extend(change);
    Value::Object(all)
}
