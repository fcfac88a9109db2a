//! Answers and plans that make the conditions of a definition come out in every way they can.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Date, Input, Values};
use serde_json::{Map, Value, json};

use crate::condition::{self, Condition, FORM, Name, PLAN, Type, vocabulary};
use crate::definition::{Definition, Kind, Source};
use crate::publish::literals::Literals;
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
        let answers = values.map(|(field, value)| format!("{field} = {value}"));
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
        for condition in conditions(definition) {
            let literals = Literals::of(condition);
            for name in condition.names() {
                let values = compared(definition, name, &literals, today);
                found.entry(name.clone()).or_default().extend(values);
            }
        }
        for source in definition.all_sources() {
            for (name, values) in looked_up(source, organisation) {
                found.entry(name).or_default().extend(values);
            }
        }
        let candidates = found.into_iter().map(|(name, values)| {
            let own = offered(definition, &name);
            let distinct: BTreeSet<String> = values.iter().chain(&own).map(Value::to_string).collect();
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

    /// Whether `most` worlds are all of them.
    pub(super) fn is_complete(&self, most: usize) -> bool {
        self.count() <= most
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

fn conditions(definition: &Definition) -> Vec<&Condition> {
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

/// Values around those that a condition names.
fn compared(definition: &Definition, name: &Name, literals: &Literals, today: Date) -> Vec<Value> {
    let known = vocabulary(&definition.form);
    let Some(term) = known.term(name) else {
        return Vec::new();
    };
    match term.of {
        Type::Number => {
            let around = |number: &i64| [number - 1, *number, number + 1];
            let all = literals.numbers.iter().flat_map(around).chain([0, 1]);
            all.map(Value::from).collect()
        }
        Type::Date => {
            let numbers = literals.numbers.iter().filter_map(|days| today.plus_days(*days));
            let base = literals.dates.iter().copied().chain([today]).chain(numbers);
            let around = base.flat_map(|day| [day.plus_days(-1), Some(day), day.plus_days(1)]);
            around.flatten().map(|day| json!(day)).collect()
        }
        Type::Boolean => vec![json!(true), json!(false)],
        Type::List => {
            let single = literals.texts.iter().map(|text| json!([text]));
            single.chain([json!(literals.texts), json!(["—"])]).collect()
        }
        Type::Text => {
            let texts = literals.texts.iter().map(|text| json!(text));
            let is_person =
                field_input(definition, name).is_some_and(|input| matches!(input, Input::Person {}));
            let all = texts.chain([json!("—")]);
            if is_person {
                all.map(|upn| json!({ "upn": upn })).collect()
            } else {
                all.collect()
            }
        }
        Type::Rows => Vec::new(),
    }
}

fn field_input<'a>(definition: &'a Definition, name: &Name) -> Option<&'a Input> {
    Some(&definition.form.field(name.field()?)?.input)
}

/// Whatever else the form lets be answered: the options of a choice, and nothing where that is allowed.
fn offered(definition: &Definition, name: &Name) -> Vec<Value> {
    let known = vocabulary(&definition.form);
    let Some(term) = known.term(name) else {
        return Vec::new();
    };
    let options = term.one_of.iter().flatten();
    let mut all: Vec<Value> = match term.of {
        Type::List => options.map(|option| json!([option])).collect(),
        _ => options.map(|option| json!(option)).collect(),
    };
    if term.optional && name.root() == FORM {
        all.push(Value::Null);
    }
    all
}

/// Values with which a source finds somebody, and for a table also one with which it does not.
fn looked_up(source: &Source, organisation: &Organisation) -> Vec<(Name, Vec<Value>)> {
    let field = |key: &str| Name::new(FORM, key);
    match source {
        Source::Field { field: key } => {
            let present = organisation.people.iter().filter(|(_, person)| person.enabled);
            // Two, so that no applicant is asked himself alone.
            let chosen = present.take(2).map(|(id, _)| json!({ "upn": "", "id": id }));
            vec![(field(key.as_str()), chosen.collect())]
        }
        Source::Owner { of } => {
            let objects = organisation.owners.keys().map(|object| json!(object));
            vec![(field(of.as_str()), objects.chain([json!("—")]).collect())]
        }
        Source::Master { table, keys, .. } => {
            let rows = organisation
                .masters
                .get(table)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let values = |column: &String| rows.iter().filter_map(|row| row.get(column)).cloned().collect();
            let name = |fact: &str| {
                let (root, key) = condition::split(fact);
                Name::new(root, key)
            };
            keys.iter()
                .map(|(column, fact)| (name(fact), values(column)))
                .collect()
        }
        _ => Vec::new(),
    }
}
