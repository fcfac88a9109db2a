//! Rows that are too many for a summary, as a table that approvers open: sealed like every file of the application.

use bytes::Bytes;
use forms::{Field, Input, ROWS_IN_SUMMARY, Values, csv};
use serde_json::{Map, Value};
use store::transaction;
use workflow::{Definition, State};

use super::name;
use super::submission::Contents;
use crate::cases::Case;
use crate::config::Language;
use crate::jobs::JobError;
use crate::masters;
use crate::service::Service;

/// One CSV file for each field with many rows.
pub(super) async fn of(service: &Service, case: &Case) -> Result<Contents, JobError> {
    let State::Submitted { payload } = &case.application.state else {
        return Ok(Contents::new());
    };
    let language = service.config.mail.language;
    let many: Vec<_> = many(&case.definition, &payload.values).collect();
    if many.is_empty() {
        return Ok(Contents::new());
    }
    let masters: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => masters::load(tx).await);
    let masters = masters?;
    let table = |(field, fields, rows): &Many<'_>| {
        let text = csv::write(rows.iter().copied(), fields, &masters, language.into(), &[]);
        (file_name(field, language), Bytes::from(text))
    };
    Ok(many.iter().map(table).collect())
}

/// What the table of a field is called.
pub(crate) fn file_name(field: &Field, language: Language) -> String {
    let label = field.label.in_language(language.into());
    name::safe(&format!("{label}.csv"))
}

type Many<'a> = (&'a Field, &'a [Field], Vec<&'a Map<String, Value>>);

fn many<'a>(definition: &'a Definition, values: &'a Values) -> impl Iterator<Item = Many<'a>> {
    definition.form.fields().filter_map(|field| {
        let Input::Rows { fields, .. } = &field.input else {
            return None;
        };
        let rows = values.get(field.key.as_str())?.as_array()?;
        let rows: Vec<_> = rows.iter().filter_map(Value::as_object).collect();
        (rows.len() > ROWS_IN_SUMMARY).then_some((field, fields.as_slice(), rows))
    })
}
