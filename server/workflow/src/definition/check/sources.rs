//! Whether sources can name anybody.

use std::collections::BTreeSet;

use forms::{FieldKey, Input};

use super::{Checked, check_field, ensure, steps};
use crate::condition::{self, vocabulary};
use crate::definition::{Choose, Definition, Source};

/// Managers above a person; longer chains are circles.
const MAX_LEVELS: u8 = 10;
const MAX_PARENTS: u8 = 20;

/// At least one source, and each of them good.
pub(super) fn check(
    definition: &Definition,
    at: usize,
    (sources, step, member): (&[Source], &str, &str),
) -> Checked {
    let path = format!("{step}.kind.{member}");
    ensure(!sources.is_empty(), &path, "nobody", "Name at least one source")?;
    check_each(definition, at, sources, &path)
}

pub(super) fn check_each(definition: &Definition, at: usize, sources: &[Source], path: &str) -> Checked {
    for (number, source) in sources.iter().enumerate() {
        let path = format!("{path}[{number}]");
        for source in source.with_inner() {
            check_source(definition, at, source, &path)?;
        }
    }
    Ok(())
}

fn check_source(definition: &Definition, at: usize, source: &Source, path: &str) -> Checked {
    match source {
        Source::People { people } => {
            ensure(!people.is_empty(), path, "nobody", "Give at least one object id")
        }
        Source::Group { group } => ensure(
            !group.as_str().is_empty(),
            path,
            "no group",
            "Give the group's object id",
        ),
        Source::Unit { unit, parents, .. } => check_unit(unit.as_deref(), *parents, path),
        Source::Manager { levels, .. } => {
            let known = (1..=MAX_LEVELS).contains(levels);
            ensure(known, path, "levels out of range", "Use 1 to 10 levels")
        }
        Source::Field { field } | Source::Owner { of: field } => {
            check_field(definition, field.as_str(), path)?;
            check_calls_somebody(definition, field, path)
        }
        Source::Master {
            table, keys, person, ..
        } => {
            let named = !table.is_empty() && !person.is_empty();
            ensure(
                named,
                path,
                "no table or no column",
                "Name the table and its column of people",
            )?;
            keys.values()
                .try_for_each(|fact| check_fact(definition, fact, path))
        }
        Source::PreviousManager {} => ensure(
            at > 0,
            path,
            "there is no step before the first",
            "Name the people in another way",
        ),
        Source::Choose { choices } => check_choices(definition, choices, path),
    }
}

/// An answer of this field can be a name or an id.
fn check_calls_somebody(definition: &Definition, field: &FieldKey, path: &str) -> Checked {
    let input = definition.form.field(field.as_str()).map(|field| &field.input);
    let calls_nobody = matches!(
        input,
        Some(Input::Number { .. } | Input::Date { .. } | Input::Rows { .. })
    );
    ensure(
        !calls_nobody,
        path,
        &format!("whatever is answered in \"{field}\" names nobody"),
        "Name a field in which a person, an object or a text is answered",
    )
}

fn check_unit(unit: Option<&str>, parents: u8, path: &str) -> Checked {
    ensure(
        unit.is_none_or(|unit| !unit.trim().is_empty()),
        path,
        "no unit",
        "Name a unit, or leave it out for the applicant's own",
    )?;
    ensure(
        parents <= MAX_PARENTS,
        path,
        "parents out of range",
        "Use 0 to 20 parents",
    )
}

fn check_choices(definition: &Definition, choices: &[Choose], path: &str) -> Checked {
    ensure(
        !choices.is_empty(),
        path,
        "nothing to choose from",
        "Give at least one choice",
    )?;
    let words = vocabulary(&definition.form);
    choices
        .iter()
        .try_for_each(|choice| steps::check_condition(choice.when.as_ref(), path, &words))
}

fn check_fact(definition: &Definition, fact: &str, path: &str) -> Checked {
    let (root, key) = condition::split(fact);
    let known = vocabulary(&definition.form);
    let name = condition::Name::new(root, key);
    ensure(
        known.term(&name).is_some(),
        path,
        &format!("nothing is called \"{fact}\""),
        "Name a field of the form, or a fact such as applicant.department",
    )
}

/// How many people these sources can name at most, where that is certain.
pub(super) fn at_most(sources: &[Source]) -> Option<usize> {
    let mut named = BTreeSet::new();
    let mut others = 0;
    for source in sources {
        match source {
            Source::People { people } => named.extend(people),
            Source::Manager { .. } => others += 1,
            _ => return None,
        }
    }
    Some(named.len() + others)
}
