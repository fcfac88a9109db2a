//! The browser's door: JSON text in, JSON text out.

use serde::Serialize;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Context, Issue, Schema, Values};

/// A form that is being filled in. Read once, asked at every keystroke.
#[wasm_bindgen]
pub struct Form {
    schema: Schema,
    context: Context,
}

#[derive(Serialize)]
struct Verdict<'a> {
    values: &'a Values,
    visible: Vec<&'a str>,
    issues: Vec<Issue>,
}

#[wasm_bindgen]
impl Form {
    /// `context`: `{"today": "YYYY-MM-DD", "masters": {name: {"options": […]}}}`.
    #[wasm_bindgen(constructor)]
    pub fn new(schema: &str, context: &str) -> Result<Form, JsError> {
        Ok(Self {
            schema: Schema::parse(schema)?,
            context: serde_json::from_str(context)?,
        })
    }

    /// `{"values": normalised, "visible": [field keys], "issues": [{code, field, args}]}`.
    /// A form that grew beyond its limit is an issue to show, not a failure.
    pub fn check(&self, values: &str) -> Result<String, JsError> {
        let entered: Values = serde_json::from_str(values)?;
        let values = crate::normalise(&self.schema, &entered);
        let verdict = Verdict {
            visible: crate::visible(&self.schema, &values)
                .map(|field| field.key.as_str())
                .collect(),
            issues: crate::validate(&self.schema, &values, &self.context),
            values: &values,
        };
        Ok(serde_json::to_string(&verdict)?)
    }
}
