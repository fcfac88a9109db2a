//! The values at which the conditions of a definition turn, as forms and plans hold them.

use std::collections::BTreeSet;

use forms::condition::{Term, turning_points};
use forms::{Date, Input};
use serde_json::{Value, json};

use crate::condition::{Condition, Fact, Name, PLAN, vocabulary};
use crate::definition::Definition;

/// Of each name that they look at. What the form cannot say is left out.
pub(super) fn values(
    definition: &Definition,
    conditions: &[&Condition],
    today: Date,
) -> Vec<(Name, Vec<Value>)> {
    let known = vocabulary(&definition.form);
    let points = turning_points(conditions.iter().copied(), &known, today);
    let held = points.into_iter().filter_map(|(name, facts)| {
        let place = Place {
            input: name
                .field()
                .and_then(|field| definition.form.field(field))
                .map(|field| &field.input),
            term: known.term(&name)?,
            is_count: name.root() == PLAN,
            named: items(&facts),
        };
        let values = facts.iter().filter_map(|fact| place.value(fact));
        let values: Vec<Value> = values.chain(place.fewest_rows()).collect();
        Some((name, values))
    });
    held.collect()
}

/// Where a value is answered or counted.
struct Place<'a> {
    /// Of a field.
    input: Option<&'a Input>,
    term: &'a Term,
    is_count: bool,
    /// Items of lists that a condition names, and what stands for any other.
    named: BTreeSet<&'a str>,
}

fn items<'a>(facts: &'a [Fact<'static>]) -> BTreeSet<&'a str> {
    let lists = facts.iter().filter_map(|fact| match fact {
        Fact::List(items) => Some(items),
        _ => None,
    });
    lists.flatten().map(AsRef::as_ref).collect()
}

impl Place<'_> {
    fn value(&self, fact: &Fact) -> Option<Value> {
        match fact {
            Fact::Absent => None,
            Fact::Text(text) if matches!(self.input, Some(Input::Person {})) => Some(json!({ "upn": text })),
            Fact::Text(text) => Some(json!(text)),
            Fact::Number(number) => (!self.is_count || *number >= 0).then(|| json!(number)),
            Fact::Boolean(boolean) => Some(json!(boolean)),
            Fact::Date(day) => Some(json!(day)),
            Fact::List(items) => self.list(&items.iter().map(AsRef::as_ref).collect::<Vec<&str>>()),
            Fact::Rows(rows) => self.rows(*rows),
        }
    }

    /// Whatever stands for any other item is an option that is not named.
    fn list(&self, items: &[&str]) -> Option<Value> {
        let Some(options) = &self.term.one_of else {
            let is_people = matches!(self.input, Some(Input::People { .. }));
            let person = |upn: &&str| {
                if is_people {
                    json!({ "upn": upn })
                } else {
                    json!(upn)
                }
            };
            return Some(items.iter().map(person).collect());
        };
        let mut others = options
            .iter()
            .filter(|option| !self.named.contains(option.as_str()));
        let is_option = |item: &str| options.iter().any(|option| option == item);
        let chosen = items.iter().map(|item| {
            if is_option(item) {
                Some(json!(item))
            } else {
                others.next().map(|other| json!(other))
            }
        });
        chosen.collect()
    }

    fn rows(&self, rows: usize) -> Option<Value> {
        let Some(Input::Rows {
            min_rows, max_rows, ..
        }) = self.input
        else {
            return None;
        };
        let is_taken = (*min_rows..=*max_rows).contains(&u32::try_from(rows).ok()?);
        is_taken.then(|| vec![json!({}); rows].into())
    }

    fn fewest_rows(&self) -> Option<Value> {
        match self.input {
            Some(Input::Rows { min_rows, .. }) => self.rows(usize::try_from((*min_rows).max(1)).ok()?),
            _ => None,
        }
    }
}
