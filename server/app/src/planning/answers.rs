//! The answers of a form, as plans are made of them. Pure.

use std::collections::BTreeSet;

use forms::{Code, FieldKey, Issue, Schema, Values};
use serde_json::Value;
use uuid::Uuid;
use workflow::definition::PlanMapping;

/// A person whom a form names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Person {
    Known(Uuid),
    /// To be looked up: the form holds no object id.
    Named(String),
}

pub(super) struct Answers<'a> {
    pub(super) values: &'a Values,
}

impl Answers<'_> {
    pub(super) fn text(&self, field: &FieldKey) -> &str {
        self.values.text(field.as_str()).unwrap_or_default()
    }

    /// A template with the answers in it; what was not answered is left out.
    pub(super) fn fill(&self, template: &str) -> String {
        let mut filled = String::new();
        for (at, part) in template.split('{').enumerate() {
            match part.split_once('}').filter(|_| at > 0) {
                Some((field, rest)) => {
                    filled.push_str(&plain(self.values.get(field)));
                    filled.push_str(rest);
                }
                None => filled.push_str(part),
            }
        }
        filled.trim().to_owned()
    }

    /// The same where the form asks all that the template names.
    pub(super) fn fill_if_asked(&self, template: &str, schema: &Schema) -> Option<String> {
        let is_asked =
            |field: &str| forms::visible(schema, self.values).any(|asked| asked.key.as_str() == field);
        let is_asked = PlanMapping::placeholders(template).all(is_asked);
        is_asked.then(|| self.fill(template))
    }

    /// The person whom a field names.
    pub(super) fn person(&self, field: Option<&FieldKey>) -> Option<Person> {
        who(field.and_then(|field| self.values.get(field.as_str()))?)
    }

    /// The people whom a field names, one or several, each as the form calls him.
    pub(super) fn people(&self, field: Option<&FieldKey>) -> Vec<(Person, String)> {
        let Some(told) = field.and_then(|field| self.values.get(field.as_str())) else {
            return Vec::new();
        };
        let one = std::slice::from_ref(told);
        let people = told.as_array().map_or(one, Vec::as_slice).iter();
        people
            .filter_map(|person| Some((who(person)?, called(person))))
            .collect()
    }

    /// The object ids chosen: one, or several.
    pub(super) fn ids(&self, field: Option<&FieldKey>, code: Code) -> Result<BTreeSet<Uuid>, Vec<Issue>> {
        let Some((field, chosen)) = field.and_then(|field| Some((field, self.values.get(field.as_str())?)))
        else {
            return Ok(BTreeSet::new());
        };
        let one = [chosen.clone()];
        let chosen = chosen.as_array().map_or(&one[..], Vec::as_slice);
        let id = |value: &Value| {
            let id = value.as_str().and_then(|text| text.parse().ok());
            id.ok_or_else(|| vec![Issue::new(code, field.as_str()).with("group", plain(Some(value)))])
        };
        chosen.iter().map(id).collect()
    }
}

fn who(person: &Value) -> Option<Person> {
    let text = |key: &str| person.get(key).and_then(Value::as_str);
    match text("id").and_then(|id| id.parse().ok()) {
        Some(id) => Some(Person::Known(id)),
        None => text("upn").map(|upn| Person::Named(upn.to_owned())),
    }
}

fn called(person: &Value) -> String {
    let name = person.get("name").or_else(|| person.get("upn"));
    plain(name)
}

fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The key of a field as issues name it; empty: the form as a whole.
pub(super) fn key(field: Option<&FieldKey>) -> String {
    field.map_or_else(String::new, |field| field.as_str().to_owned())
}
