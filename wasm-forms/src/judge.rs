//! Whether one value fits its field.

use serde_json::Value;

use crate::choices::Options;
use crate::condition::Facts;
use crate::date::Date;
use crate::field::Input;
use crate::issue::{Code, Complaint};
use crate::people;
use crate::text::{self, Bounds};
use crate::validate::Context;

/// Rows are judged field by field, elsewhere.
pub(crate) fn judge(
    input: &Input,
    value: &Value,
    facts: &dyn Facts,
    context: &Context,
) -> Result<(), Complaint> {
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
        Input::Choice { options } => judge_choice(value, options, facts, context),
        Input::Choices { options, max_items } => judge_items(
            value,
            *max_items,
            |a, b| a == b,
            |item| judge_choice(item, options, facts, context),
        ),
        Input::Person {} => Ok(people::judge(value)?),
        Input::People { max_items } => {
            judge_items(value, *max_items, people::same, |item| Ok(people::judge(item)?))
        }
        Input::Number { min, max } => judge_number(value, *min, *max),
        Input::Rows { .. } => Err(Code::WrongType.into()),
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

fn judge_choice(
    value: &Value,
    options: &Options,
    facts: &dyn Facts,
    context: &Context,
) -> Result<(), Complaint> {
    let chosen = value.as_str().ok_or(Code::WrongType)?;
    let offered = match options {
        Options::Inline(choices) => choices
            .iter()
            .any(|choice| choice.value == chosen && choice.is_offered(facts)),
        Options::Master(from) => context
            .masters
            .get(&from.master)
            .ok_or_else(|| Complaint::about(Code::MasterMissing, "master", from.master.as_str()))?
            .entry(chosen)
            .is_some_and(|entry| from.offers(entry, facts)),
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
