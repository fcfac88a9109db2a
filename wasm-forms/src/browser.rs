//! The browser's door: JSON text in, JSON text out.

use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Context, Field, Issue, Language, RowPlace, Schema, Start, Values};

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
    required: Vec<&'a str>,
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

    /// `{"values": normalised, "visible": [field keys], "required": [field keys], "issues": [{code, field, args}]}`.
    /// A form that grew beyond its limit is an issue to show, not a failure.
    pub fn check(&self, values: &str) -> Result<String, JsError> {
        let entered: Values = serde_json::from_str(values)?;
        let values = crate::normalise(&self.schema, &entered);
        let verdict = Verdict {
            visible: crate::visible(&self.schema, &values)
                .map(|field| field.key.as_str())
                .collect(),
            required: crate::required(&self.schema, &values, &self.context)
                .into_iter()
                .map(|field| field.key.as_str())
                .collect(),
            issues: crate::validate(&self.schema, &values, &self.context),
            values: &values,
        };
        Ok(serde_json::to_string(&verdict)?)
    }

    /// The first values of the form, or of a new row of the field `rows`. `applicant`: `{"department"?: "…", …}`.
    pub fn defaults(&self, rows: Option<String>, applicant: &str) -> Result<String, JsError> {
        let start = Start {
            today: self.context.today,
            applicant: serde_json::from_str(applicant)?,
        };
        let values = match rows {
            Some(rows) => crate::defaults(self.rows(&rows)?, &start),
            None => crate::defaults(self.schema.fields(), &start),
        };
        Ok(serde_json::to_string(&values)?)
    }

    /// `[{"value", "label"}]`: what the choice `key` offers now; in a row, `row` is its number from 0.
    pub fn options(
        &self,
        values: &str,
        rows: Option<String>,
        row: usize,
        key: &str,
    ) -> Result<String, JsError> {
        let values: Values = serde_json::from_str(values)?;
        let place = rows.as_deref().map(|rows| RowPlace { rows, at: row });
        let offers = crate::offered(&self.schema, &values, &self.context, place, key);
        Ok(serde_json::to_string(&offers)?)
    }

    /// `[{"visible": [field keys], "required": [field keys], "offers": {field key: [{"value", "label"}]}}]`: what some rows ask and offer now.
    #[wasm_bindgen(js_name = lookAtRows)]
    pub fn look_at_rows(
        &self,
        values: &str,
        rows: &str,
        from: usize,
        count: usize,
    ) -> Result<String, JsError> {
        let values: Values = serde_json::from_str(values)?;
        let looks = crate::look_at_rows(&self.schema, &values, &self.context, rows, (from, count));
        Ok(serde_json::to_string(&looks)?)
    }

    /// What the choice of `key` (of the form or of its rows) fills: field keys to values, `null` to empty a field.
    pub fn filled(&self, rows: Option<String>, key: &str, chosen: &str) -> Result<String, JsError> {
        let field = match rows {
            Some(rows) => self.rows(&rows)?.iter().find(|field| field.key.as_str() == key),
            None => self.schema.field(key),
        };
        let field = field.ok_or_else(|| JsError::new("the form has no such field"))?;
        Ok(serde_json::to_string(&crate::filled(
            field,
            chosen,
            &self.context,
        ))?)
    }

    /// Reads a decoded CSV file for the field `rows`: `{"rows": […], "lines": […]}`, or `{"line", "column", "problem"}`.
    #[wasm_bindgen(js_name = readCsv)]
    pub fn read_csv(&self, rows: &str, text: &str) -> Result<String, JsError> {
        let read = crate::csv::read(text, self.rows(rows)?, &self.context);
        Ok(match read {
            Ok(read) => serde_json::to_string(&read)?,
            Err(error) => serde_json::to_string(&error)?,
        })
    }

    /// The issues of the rows alone, however many there are: `[{code, field, args}]`.
    #[wasm_bindgen(js_name = checkRows)]
    pub fn check_rows(&self, rows: &str, values: &str) -> Result<String, JsError> {
        let entered: Values = serde_json::from_str(values)?;
        let values = crate::normalise(&self.schema, &entered);
        let issues = crate::csv::judge(&self.schema, rows, &values, &self.context);
        Ok(serde_json::to_string(&issues)?)
    }

    /// The rows of these values as a CSV file; a template where there are none. `language`: `ja` or `en`; `notes`:
    /// `[{"name", "cells": [one for each row]}]`, columns for people.
    #[wasm_bindgen(js_name = writeCsv)]
    pub fn write_csv(
        &self,
        rows: &str,
        values: &str,
        language: &str,
        notes: &str,
    ) -> Result<String, JsError> {
        let notes: Vec<crate::csv::Notes> = serde_json::from_str(notes)?;
        let fields = self.rows(rows)?;
        let values: Values = serde_json::from_str(values)?;
        let written = values.get(rows).and_then(Value::as_array);
        let written = written.into_iter().flatten().filter_map(Value::as_object);
        let language = if language == "ja" {
            Language::Ja
        } else {
            Language::En
        };
        Ok(crate::csv::write(
            written,
            fields,
            &self.context.masters,
            language,
            &notes,
        ))
    }
}

impl Form {
    fn rows(&self, key: &str) -> Result<&[Field], JsError> {
        crate::csv::fields_of(&self.schema, key).ok_or_else(|| JsError::new("the form has no such rows"))
    }
}
