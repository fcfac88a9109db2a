//! Whether values fit a schema.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::choices::{Master, Options};
use crate::date::Date;
use crate::field::{Field, Input};
use crate::issue::{Code, Complaint, Issue};
use crate::people;
use crate::schema::Schema;
use crate::text::{self, Bounds};
use crate::values::{MAX_VALUES_BYTES, Values};

/// More is of no use to anyone who mends a form.
const MAX_ISSUES: usize = 200;
const MAX_ECHOED_KEY: usize = 40;

/// What validation has to know beside the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    pub today: Date,
    #[serde(default)]
    pub masters: BTreeMap<String, Master>,
}

/// Everything that is wrong, in the order of the form; unknown fields last. Empty means good.
pub fn validate(schema: &Schema, values: &Values, context: &Context) -> Vec<Issue> {
    let mut issues: Vec<Issue> = schema
        .fields()
        .filter_map(|field| judge_field(schema, field, values, context))
        .collect();
    let known: BTreeSet<&str> = schema.fields().map(|field| field.key.as_str()).collect();
    let unknown = values.keys().filter(|key| !known.contains(key));
    issues.extend(unknown.map(|key| {
        Issue::new(
            Code::UnknownField,
            key.chars().take(MAX_ECHOED_KEY).collect::<String>(),
        )
    }));
    let size = serde_json::to_string(values).map_or(usize::MAX, |json| json.len());
    if size > MAX_VALUES_BYTES {
        issues.insert(0, Issue::new(Code::FormTooBig, ""));
    }
    issues.truncate(MAX_ISSUES);
    issues
}

fn judge_field(schema: &Schema, field: &Field, values: &Values, context: &Context) -> Option<Issue> {
    let verdict = match values.get(field.key.as_str()) {
        Some(_) if !is_visible(schema, field, values) => Err(Code::NotApplicable.into()),
        Some(value) => judge(&field.input, value, context),
        None if field.required && is_visible(schema, field, values) => Err(Code::Required.into()),
        None => Ok(()),
    };
    verdict
        .err()
        .map(|complaint: Complaint| complaint.of(field.key.as_str()))
}

/// The fields that are asked, given what was answered.
pub fn visible<'a>(schema: &'a Schema, values: &'a Values) -> impl Iterator<Item = &'a Field> {
    schema.fields().filter(|field| is_visible(schema, field, values))
}

/// Whether a field is asked, given what was answered before it.
pub(crate) fn is_visible(schema: &Schema, field: &Field, values: &Values) -> bool {
    let Some(condition) = &field.visible_when else {
        return true;
    };
    let answer = values.text(condition.field.as_str());
    let fits = answer.is_some_and(|answer| condition.one_of.iter().any(|one| one == answer));
    // A checked schema only looks back, so this walk ends; an unchecked one must not hang us.
    fits && match schema.field(condition.field.as_str()) {
        Some(asked) => comes_before(schema, asked, field) && is_visible(schema, asked, values),
        None => false,
    }
}

fn comes_before(schema: &Schema, first: &Field, second: &Field) -> bool {
    let place = |field: &Field| schema.fields().position(|other| other.key == field.key);
    place(first) < place(second)
}

fn judge(input: &Input, value: &Value, context: &Context) -> Result<(), Complaint> {
    match input {
        Input::Text {
            min_length,
            max_length,
            rule,
        } => text::judge(
            value,
            &Bounds {
                min: *min_length,
                max: *max_length,
                newlines: false,
            },
            rule.as_ref(),
        ),
        Input::Lines { max_length } => text::judge(
            value,
            &Bounds {
                min: 0,
                max: *max_length,
                newlines: true,
            },
            None,
        ),
        Input::Date { earliest, latest } => judge_date(value, *earliest, *latest, context.today),
        Input::Choice { options } => judge_choice(value, options, context),
        Input::Choices { options, max_items } => judge_items(
            value,
            *max_items,
            |a, b| a == b,
            |item| judge_choice(item, options, context),
        ),
        Input::Person {} => Ok(people::judge(value)?),
        Input::People { max_items } => {
            judge_items(value, *max_items, people::same, |item| Ok(people::judge(item)?))
        }
        Input::Number { min, max } => judge_number(value, *min, *max),
    }
}

fn judge_date(
    value: &Value,
    earliest: Option<i32>,
    latest: Option<i32>,
    today: Date,
) -> Result<(), Complaint> {
    let date: Date = value
        .as_str()
        .ok_or(Code::WrongType)?
        .parse()
        .map_err(|_| Code::NotDate)?;
    let days = date.days_since(today);
    match (earliest, latest) {
        (Some(bound), _) if days < i64::from(bound) => Err(Complaint::about(Code::TooEarly, "days", bound)),
        (_, Some(bound)) if days > i64::from(bound) => Err(Complaint::about(Code::TooLate, "days", bound)),
        _ => Ok(()),
    }
}

fn judge_choice(value: &Value, options: &Options, context: &Context) -> Result<(), Complaint> {
    let chosen = value.as_str().ok_or(Code::WrongType)?;
    let offered = match options {
        Options::Inline(choices) => choices.iter().any(|choice| choice.value == chosen),
        Options::Master { master } => context
            .masters
            .get(master)
            .ok_or_else(|| Complaint::about(Code::MasterMissing, "master", master.as_str()))?
            .offers(chosen),
    };
    if offered {
        Ok(())
    } else {
        Err(Code::UnknownChoice.into())
    }
}

fn judge_items(
    value: &Value,
    max_items: u32,
    same: impl Fn(&Value, &Value) -> bool,
    judge_item: impl Fn(&Value) -> Result<(), Complaint>,
) -> Result<(), Complaint> {
    let items = value.as_array().ok_or(Code::WrongType)?;
    if items.len() > max_items as usize {
        return Err(Complaint::about(Code::TooManyItems, "max", max_items));
    }
    items.iter().try_for_each(judge_item)?;
    let twice = items
        .iter()
        .enumerate()
        .any(|(at, item)| items[..at].iter().any(|earlier| same(earlier, item)));
    if twice {
        Err(Code::Duplicate.into())
    } else {
        Ok(())
    }
}

fn judge_number(value: &Value, min: i64, max: i64) -> Result<(), Complaint> {
    let number = value.as_i64().ok_or(Code::WrongType)?;
    if number < min {
        Err(Complaint::about(Code::TooSmall, "min", min))
    } else if number > max {
        Err(Complaint::about(Code::TooLarge, "max", max))
    } else {
        Ok(())
    }
}
