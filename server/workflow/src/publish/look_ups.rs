//! Answers by which a source looks people up: those with which it finds somebody, and one with which it does not.

use std::collections::BTreeSet;

use forms::condition::Term;
use forms::{Date, Input};
use serde_json::{Value, json};

use crate::condition::{self, FORM, Name, Type, vocabulary};
use crate::definition::{Definition, Source};
use crate::route::Organisation;

/// What look-ups are tried against.
#[derive(Clone, Copy)]
pub(super) struct LookUps<'a> {
    pub(super) definition: &'a Definition,
    pub(super) organisation: &'a Organisation,
    pub(super) today: Date,
}

impl LookUps<'_> {
    /// The names that a source looks up by, each with the values that make a difference.
    pub(super) fn of(self, source: &Source) -> Vec<(Name, Vec<Value>)> {
        let organisation = self.organisation;
        match source {
            Source::Field { field } => {
                let present = organisation.people.iter().filter(|(_, person)| person.enabled);
                // Two, so that no applicant is asked himself alone. A name that nobody bears is refused when it is
                // entered.
                let chosen = present.take(2).map(|(id, _)| json!({ "upn": "", "id": id }));
                vec![(Name::new(FORM, field.as_str()), chosen.collect())]
            }
            Source::Owner { of } => {
                let objects: Vec<Value> = organisation.owners.keys().map(|object| json!(object)).collect();
                let name = Name::new(FORM, of.as_str());
                let values = self.listed_or_not(&name, &objects);
                vec![(name, values)]
            }
            Source::Master { table, keys, .. } => {
                let rows = organisation.masters.get(table).into_iter().flatten();
                let cells =
                    |column: &String| rows.clone().filter_map(|row| row.get(column)).cloned().collect();
                let by = |(column, fact): (&String, &String)| {
                    let (root, key) = condition::split(fact);
                    let name = Name::new(root, key);
                    let cells: Vec<Value> = cells(column);
                    let values = self.listed_or_not(&name, &cells);
                    (name, values)
                };
                keys.iter().map(by).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is listed, and something that is not. What the form cannot say is left out later; of applicants all the
    /// facts come with them.
    fn listed_or_not(self, name: &Name, listed: &[Value]) -> Vec<Value> {
        let known = vocabulary(&self.definition.form);
        let term = known.term(name).filter(|_| name.root() != condition::APPLICANT);
        let Some(term) = term else {
            return Vec::new();
        };
        let answers = listed.iter().map(|cell| answer(term, cell));
        answers.chain(self.unlisted(name, term, listed)).collect()
    }

    /// None where everything that can be answered is listed. A choice from a master is as open as a text: its
    /// entries change without the definition.
    fn unlisted(self, name: &Name, term: &Term, listed: &[Value]) -> Option<Value> {
        let listed: BTreeSet<String> = listed.iter().map(plain).collect();
        let is_new = |value: &Value| !listed.contains(&plain(value));
        let field = name.field().and_then(|field| self.definition.form.field(field));
        match (term.of, field.map(|field| &field.input)) {
            // A list is never what a single cell says.
            (Type::List | Type::Rows, _) => Some(json!(["—"])),
            (Type::Boolean, _) => [json!(true), json!(false)].into_iter().find(is_new),
            (Type::Number, _) => {
                let (least, greatest) = term.range.unwrap_or((0, i64::MAX));
                (least..=greatest).map(Value::from).find(is_new)
            }
            (Type::Date, input) => {
                let days = match input {
                    Some(Input::Date { earliest, latest }) => {
                        earliest.unwrap_or(0)..=latest.unwrap_or(i32::MAX)
                    }
                    _ => 0..=i32::MAX,
                };
                let days = days.map_while(|days| self.today.plus_days(days.into()));
                days.map(|day| json!(day)).find(is_new)
            }
            (Type::Text, input) => {
                let texts = (1..=listed.len() + 1).map(|length| json!("—".repeat(length)));
                let text = texts.into_iter().find(is_new)?;
                let is_person = matches!(input, Some(Input::Person {}));
                Some(if is_person { json!({ "upn": text }) } else { text })
            }
        }
    }
}

/// A cell as the form or the plan would say it: the cells of a CSV file are texts.
fn answer(term: &Term, cell: &Value) -> Value {
    let number = || cell.as_str()?.parse::<i64>().ok();
    match term.of {
        Type::Number => number().map_or_else(|| cell.clone(), Value::from),
        _ => cell.clone(),
    }
}

/// A text or a number as a cell of a CSV file holds it.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
