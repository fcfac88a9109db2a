//! Whether a row satisfies a predicate.
//!
//! Texts compare without case, as SharePoint's database collation does. A comparison with an empty field is
//! false, but for `Neq` and `NotIncludes`: those hold for empty fields.

use std::cmp::Ordering;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::cell::{Cell, Context, Row};
use super::view::{Content, FieldRef, Operand, Operator, Predicate};

pub fn holds(predicate: &Predicate, row: &impl Row, context: &Context) -> bool {
    match predicate {
        Predicate::And(left, right) => holds(left, row, context) && holds(right, row, context),
        Predicate::Or(left, right) => holds(left, row, context) || holds(right, row, context),
        Predicate::IsNull(field) => is_empty(&row.cell(&field.name)),
        Predicate::IsNotNull(field) => !is_empty(&row.cell(&field.name)),
        Predicate::Compare {
            operator,
            field,
            value,
        } => compare(*operator, field, &row.cell(&field.name), value, context),
        Predicate::In(field, values) => {
            let cell = row.cell(&field.name);
            values
                .iter()
                .any(|value| compare(Operator::Eq, field, &cell, value, context))
        }
        Predicate::CurrentUserGroups(field) => match row.cell(&field.name) {
            Cell::Links(links) => links.iter().any(|(id, _)| context.groups.contains(id)),
            _ => false,
        },
    }
}

/// An empty string counts as no value.
pub fn is_empty(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => text.is_empty(),
        Cell::Texts(texts) => texts.is_empty(),
        Cell::Links(links) => links.is_empty(),
        Cell::Number(_) | Cell::Boolean(_) | Cell::DateTime(_) => false,
    }
}

fn compare(operator: Operator, field: &FieldRef, cell: &Cell, value: &Operand, context: &Context) -> bool {
    if matches!(operator, Operator::Neq) {
        return !compare(Operator::Eq, field, cell, value, context);
    }
    if matches!(operator, Operator::NotIncludes) {
        return !compare(Operator::Includes, field, cell, value, context);
    }
    if is_empty(cell) {
        return false;
    }
    match cell {
        Cell::Empty => false,
        Cell::Text(text) => text_matches(operator, text, &literal(value, context)),
        Cell::Texts(texts) => {
            let wanted = literal(value, context);
            texts.iter().any(|text| text_matches(operator, text, &wanted))
        }
        Cell::Number(number) => ordered(
            operator,
            parse_number(value, context).and_then(|other| number.partial_cmp(&other)),
        ),
        Cell::Boolean(flag) => ordered(
            operator,
            parse_boolean(value, context).map(|other| flag.cmp(&other)),
        ),
        Cell::DateTime(at) => ordered(operator, compare_dates(*at, value, context)),
        Cell::Links(links) => links
            .iter()
            .any(|link| link_matches(operator, field.lookup_id, link, value, context)),
    }
}

fn text_matches(operator: Operator, text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), wanted.to_lowercase());
    match operator {
        Operator::BeginsWith => text.starts_with(&wanted),
        Operator::Contains => text.contains(&wanted),
        _ => ordered(operator, Some(text.cmp(&wanted))),
    }
}

fn ordered(operator: Operator, ordering: Option<Ordering>) -> bool {
    let Some(ordering) = ordering else {
        return false;
    };
    match operator {
        Operator::Eq | Operator::Includes => ordering.is_eq(),
        Operator::Neq | Operator::NotIncludes => ordering.is_ne(),
        Operator::Gt => ordering.is_gt(),
        Operator::Geq => ordering.is_ge(),
        Operator::Lt => ordering.is_lt(),
        Operator::Leq => ordering.is_le(),
        Operator::BeginsWith | Operator::Contains => false,
    }
}

fn link_matches(
    operator: Operator,
    by_id: bool,
    link: &(u32, String),
    value: &Operand,
    context: &Context,
) -> bool {
    if compares_ids(by_id, value) {
        let id = parse_number(value, context);
        ordered(operator, id.and_then(|id| f64::from(link.0).partial_cmp(&id)))
    } else {
        text_matches(operator, &link.1, &literal(value, context))
    }
}

/// Whether people and lookups are compared by their numbers.
pub(super) fn compares_ids(lookup_id: bool, value: &Operand) -> bool {
    lookup_id || value.content == Content::UserId || matches!(value.kind.as_str(), "Integer" | "Counter")
}

pub(super) fn literal(value: &Operand, context: &Context) -> String {
    match &value.content {
        Content::Literal(text) => text.clone(),
        Content::UserId => context.user.to_string(),
        Content::Today { .. } | Content::Now => context.now.to_string(),
    }
}

pub(super) fn parse_number(value: &Operand, context: &Context) -> Option<f64> {
    let number: Option<f64> = literal(value, context).trim().parse().ok();
    number.filter(|number| number.is_finite())
}

fn parse_boolean(value: &Operand, context: &Context) -> Option<bool> {
    match literal(value, context).trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "-1" => Some(true),
        "0" | "false" | "no" => Some(false),
        _ => None,
    }
}

/// Without `IncludeTimeValue` only the days count.
fn compare_dates(at: Timestamp, value: &Operand, context: &Context) -> Option<Ordering> {
    let wanted = parse_moment(value, context)?;
    Some(if value.include_time {
        at.cmp(&wanted)
    } else {
        day(at).cmp(&day(wanted))
    })
}

fn day(at: Timestamp) -> jiff::civil::Date {
    TimeZone::UTC.to_datetime(at).date()
}

pub(super) fn parse_moment(value: &Operand, context: &Context) -> Option<Timestamp> {
    match &value.content {
        Content::Literal(text) => parse_date(text),
        Content::Now => Some(context.now),
        Content::Today { offset_days } => {
            let today = day(context.now)
                .checked_add(Span::new().try_days(*offset_days).ok()?)
                .ok()?;
            TimeZone::UTC.to_timestamp(today.at(0, 0, 0, 0)).ok()
        }
        Content::UserId => None,
    }
}

fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(civil).ok()
    })
}
