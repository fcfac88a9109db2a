//! Which part of a list surely holds every item of a filter, as the indexes tell.

use std::ops::Bound;

use jiff::{SignedDuration, Timestamp};

use super::filter_syntax::{Filter, Operand, Operator};
use super::threshold::field;
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::field_key::FieldKey;
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::part::Part;

/// Moments are shown, and so compared, to the second.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

pub(super) fn part(list: &List, filter: &Filter) -> Part {
    match filter {
        Filter::And(left, right) => part(list, left).and(part(list, right)),
        Filter::Or(left, right) => part(list, left).or(part(list, right)),
        Filter::Compare(operator, Operand::Path(path), value) => compared(list, *operator, path, value),
        Filter::Compare(operator, value, Operand::Path(path)) => {
            compared(list, mirrored(*operator), path, value)
        }
        Filter::Compare(..) | Filter::Not(_) | Filter::Holds(_) => Part::ALL,
    }
}

fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::Gt => Operator::Lt,
        Operator::Ge => Operator::Le,
        Operator::Lt => Operator::Gt,
        Operator::Le => Operator::Ge,
        Operator::Eq | Operator::Ne => operator,
    }
}

fn compared(list: &List, operator: Operator, path: &str, value: &Operand) -> Part {
    if path.eq_ignore_ascii_case("id") {
        return match value {
            Operand::Number(number) => by_number(operator, *number),
            _ => Part::ALL,
        };
    }
    let Some(field) = field(list, path).filter(|_| !path.contains('/')) else {
        return Part::ALL;
    };
    let column = field.internal_name.as_str();
    let equal = |key: FieldKey| {
        let found = list
            .items
            .equal(column, &key)
            .filter(|_| operator == Operator::Eq);
        found.map_or(Part::ALL, |ids| Part::These(ids.clone()))
    };
    match (&field.kind, value) {
        (_, Operand::Null) => equal(FieldKey::Empty),
        (FieldKind::Text { .. } | FieldKind::Choice { .. } | FieldKind::Guid, Operand::Text(text)) => {
            equal(FieldKey::text(text))
        }
        (FieldKind::User { .. } | FieldKind::Lookup { .. }, Operand::Number(number)) => {
            equal(FieldKey::number(*number))
        }
        (FieldKind::Number { .. } | FieldKind::Integer | FieldKind::Currency, Operand::Number(number)) => {
            let ends = [
                FieldKey::number(f64::NEG_INFINITY),
                FieldKey::number(f64::INFINITY),
            ];
            let key = FieldKey::number(*number);
            between(list, column, operator, [key.clone(), key], ends)
        }
        (FieldKind::DateTime { .. }, Operand::Moment(at)) => by_moment(list, column, operator, *at),
        (FieldKind::DateTime { .. }, Operand::Text(text)) => match text.parse() {
            Ok(at) => by_moment(list, column, operator, at),
            Err(_) => Part::ALL,
        },
        _ => Part::ALL,
    }
}

fn by_moment(list: &List, column: &str, operator: Operator, at: Timestamp) -> Part {
    let near = [
        at.checked_sub(SECOND).unwrap_or(Timestamp::MIN),
        at.checked_add(SECOND).unwrap_or(Timestamp::MAX),
    ];
    let ends = [Timestamp::MIN, Timestamp::MAX];
    between(
        list,
        column,
        operator,
        near.map(FieldKey::Moment),
        ends.map(FieldKey::Moment),
    )
}

/// `near` = the keys around the value, `ends` = the first and last key of the column's type.
fn between(list: &List, column: &str, operator: Operator, near: [FieldKey; 2], ends: [FieldKey; 2]) -> Part {
    let ([low, high], [least, most]) = (near, ends);
    let (from, to) = match operator {
        Operator::Eq => (low, high),
        Operator::Gt | Operator::Ge => (low, most),
        Operator::Lt | Operator::Le => (least, high),
        Operator::Ne => return Part::ALL,
    };
    let found = list
        .items
        .between(column, Bound::Included(from), Bound::Included(to));
    found.map_or(Part::ALL, Part::These)
}

/// Numbers of items are whole: what is not makes no narrow part.
fn by_number(operator: Operator, number: f64) -> Part {
    let Ok(id) = number.to_string().parse::<u32>() else {
        return Part::ALL;
    };
    match operator {
        Operator::Eq => Part::Range(id, id),
        Operator::Gt => Part::Range(id.saturating_add(1), u32::MAX),
        Operator::Ge => Part::Range(id, u32::MAX),
        Operator::Lt => Part::Range(0, id.saturating_sub(1)),
        Operator::Le => Part::Range(0, id),
        Operator::Ne => Part::ALL,
    }
}
