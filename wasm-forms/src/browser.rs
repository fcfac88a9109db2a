//! The browser's door: JSON text in, JSON text out.

use serde::Serialize;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Context, Schema, Values};

/// The issues as a JSON array of `{code, field, args}`.
#[wasm_bindgen]
pub fn validate(schema: &str, values: &str, context: &str) -> Result<String, JsError> {
    let context: Context = serde_json::from_str(context)?;
    to_json(&crate::validate(
        &Schema::parse(schema)?,
        &read(values)?,
        &context,
    ))
}

/// The values as they are stored, as a JSON object.
#[wasm_bindgen]
pub fn normalise(schema: &str, values: &str) -> Result<String, JsError> {
    to_json(&crate::normalise(&Schema::parse(schema)?, &read(values)?))
}

/// A form that grew beyond the limit is an issue to show, not a failure: so no size limit here.
fn read(values: &str) -> Result<Values, JsError> {
    Ok(serde_json::from_str(values)?)
}

fn to_json(value: &impl Serialize) -> Result<String, JsError> {
    Ok(serde_json::to_string(value)?)
}
