//! Answers and plans that make the conditions of a definition come out in every way they can.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Date, Values};
use serde_json::{Map, Value};

use crate::condition::{Condition, FORM, Name, PLAN, vocabulary};
use crate::definition::{Definition, Kind, Source};
use crate::publish::candidates::{answerable, compared};
use crate::publish::literals::Literals;
use crate::publish::look_ups::LookUps;
use crate::publish::turning;
use crate::route::Organisation;

/// Answers of a form and counts of a plan.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub(super) values: Values,
    pub(super) plan: BTreeMap<String, u64>,
}

/// Every combination of the values that make a difference.
pub(super) struct Worlds<'a> {
    definition: &'a Definition,
    /// Of each name its possible values; null is an answer that was left empty.
    candidates: Vec<(Name, Vec<Value>)>,
}

impl World {
    /// ` with kind = "guest", plan.deletes = 11`; nothing where nothing makes a difference.
    pub(super) fn in_words(&self) -> String {
        let values = self.values.as_map().iter();
        let answers = values.map(|(field, value)| match rows(value) {
            Some(rows) => format!("count({field}) = {rows}"),
            None => format!("{field} = {value}"),
        });
        let counts = self
            .plan
            .iter()
            .map(|(count, number)| format!("{PLAN}.{count} = {number}"));
        let all: Vec<String> = answers.chain(counts).collect();
        if all.is_empty() {
            return String::new();
        }
        format!(" with {}", all.join(", "))
    }
}

impl<'a> Worlds<'a> {
    pub(super) fn of(definition: &'a Definition, organisation: &Organisation, today: Date) -> Self {
        let mut found: BTreeMap<Name, Vec<Value>> = BTreeMap::new();
        let conditions = conditions(definition);
        for (name, values) in turning::values(definition, &conditions, today) {
            found.entry(name).or_default().extend(values);
        }
        for condition in conditions {
            let literals = Literals::of(condition);
            for name in condition.names() {
                let values = compared(definition, name, &literals, today);
                found.entry(name.clone()).or_default().extend(values);
            }
        }
        let look_ups = LookUps {
            definition,
            organisation,
            today,
        };
        for source in definition.all_sources() {
            for (name, values) in look_ups.of(source) {
                found.entry(name).or_default().extend(values);
            }
        }
        let known = vocabulary(&definition.form);
        let candidates = found.into_iter().map(|(name, values)| {
            let values = match known.term(&name) {
                Some(term) => answerable((definition, &name, term), values, today),
                None => values,
            };
            let distinct: BTreeSet<String> = values.iter().map(Value::to_string).collect();
            let values = distinct.iter().filter_map(|text| serde_json::from_str(text).ok());
            (name, values.collect())
        });
        Self {
            definition,
            candidates: candidates.collect(),
        }
    }

    pub(super) fn count(&self) -> usize {
        let counts = self.candidates.iter().map(|(_, values)| values.len().max(1));
        counts.fold(1, usize::saturating_mul)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = World> {
        (0..self.count()).map(|number| self.world(number))
    }

    /// The world of this number, counted like the digits of a clock.
    fn world(&self, mut number: usize) -> World {
        let mut answers = Map::new();
        let mut plan = BTreeMap::new();
        for (name, values) in &self.candidates {
            let value = values.get(number % values.len().max(1));
            number /= values.len().max(1);
            match (value, name.root()) {
                (Some(Value::Null) | None, _) => {}
                (Some(value), FORM) => {
                    answers.insert(name.key().to_owned(), value.clone());
                }
                (Some(value), PLAN) => {
                    plan.extend(value.as_u64().map(|count| (name.key().to_owned(), count)));
                }
                _ => {}
            }
        }
        let values = self.visible(&Values::new(answers));
        World { values, plan }
    }

    /// Fields that are not asked have no answer.
    fn visible(&self, values: &Values) -> Values {
        let asked: BTreeSet<&str> = forms::visible(&self.definition.form, values)
            .map(|field| field.key.as_str())
            .collect();
        let kept = values
            .as_map()
            .iter()
            .filter(|(key, _)| asked.contains(key.as_str()));
        Values::new(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
    }
}

/// Every condition by which its routes go one way or another.
pub(super) fn conditions(definition: &Definition) -> Vec<&Condition> {
    let mut all = Vec::new();
    for step in &definition.steps {
        all.extend(&step.when);
        all.extend(step.next.iter().filter_map(|branch| branch.when.as_ref()));
        if let Kind::Automatic(automatic) = &step.kind {
            all.extend(
                automatic
                    .outcomes
                    .iter()
                    .filter_map(|outcome| outcome.when.as_ref()),
            );
        }
    }
    for source in definition.all_sources() {
        if let Source::Choose { choices } = source {
            all.extend(choices.iter().filter_map(|choice| choice.when.as_ref()));
        }
    }
    all
}

/// How many rows an answer has, where it is rows.
fn rows(value: &Value) -> Option<usize> {
    let rows = value.as_array().filter(|rows| !rows.is_empty())?;
    let is_row = |row: &Value| row.as_object().is_some_and(Map::is_empty);
    rows.iter().all(is_row).then_some(rows.len())
}
