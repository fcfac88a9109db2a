//! Which part of a list surely holds every row of a predicate, as the indexes tell.

use std::ops::Bound;

use jiff::{SignedDuration, Timestamp};

use super::cell::Context;
use super::evaluate;
use super::view::{Content, FieldRef, Operand, Operator, Predicate};
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::field_key::FieldKey;
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::part::Part;

/// Days compare without their time, so that a moment may match up to a day away.
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn part(list: &List, predicate: &Predicate, context: &Context) -> Part {
    match predicate {
        Predicate::And(left, right) => part(list, left, context).and(part(list, right, context)),
        Predicate::Or(left, right) => part(list, left, context).or(part(list, right, context)),
        Predicate::Compare {
            operator,
            field,
            value,
        } => compared(list, *operator, field, value, context),
        Predicate::In(field, values) => values
            .iter()
            .map(|value| compared(list, Operator::Eq, field, value, context))
            .reduce(Part::or)
            .unwrap_or(Part::ALL),
        Predicate::IsNull(field) => equal(list, &field.name, [FieldKey::Empty, FieldKey::text("")]),
        Predicate::CurrentUserGroups(field) => {
            let groups = context.groups.iter().map(|id| FieldKey::number(f64::from(*id)));
            equal(list, &field.name, groups)
        }
        Predicate::IsNotNull(_) => Part::ALL,
    }
}

/// The rows that hold one of the keys.
fn equal(list: &List, column: &str, keys: impl IntoIterator<Item = FieldKey>) -> Part {
    let sets = keys
        .into_iter()
        .map(|key| list.items.equal(column, &key).cloned());
    sets.map(|ids| ids.map_or(Part::ALL, Part::These))
        .reduce(Part::or)
        .unwrap_or(Part::ALL)
}

fn compared(list: &List, operator: Operator, field: &FieldRef, value: &Operand, context: &Context) -> Part {
    let column = field.name.as_str();
    let number = evaluate::parse_number(value, context);
    let is_equal = matches!(operator, Operator::Eq | Operator::Includes);
    match list.field(column).map(|field| &field.kind) {
        _ if column == "ID" => number.map_or(Part::ALL, |number| by_number(operator, number)),
        Some(FieldKind::Number { .. } | FieldKind::Integer | FieldKind::Currency) => {
            number.map_or(Part::ALL, |number| {
                let key = FieldKey::number(number);
                let ends = [
                    FieldKey::number(f64::NEG_INFINITY),
                    FieldKey::number(f64::INFINITY),
                ];
                between(list, column, operator, [key.clone(), key], ends)
            })
        }
        Some(FieldKind::DateTime { .. }) => evaluate::parse_moment(value, context).map_or(Part::ALL, |at| {
            let key = |at: Result<Timestamp, jiff::Error>, end| FieldKey::Moment(at.unwrap_or(end));
            let near = [
                key(at.checked_sub(DAY), Timestamp::MIN),
                key(at.checked_add(DAY), Timestamp::MAX),
            ];
            let ends = [Timestamp::MIN, Timestamp::MAX].map(FieldKey::Moment);
            between(list, column, operator, near, ends)
        }),
        Some(FieldKind::User { .. } | FieldKind::Lookup { .. })
            if is_equal && evaluate::compares_ids(field.lookup_id, value) =>
        {
            let key = number.map(FieldKey::number);
            key.map_or(Part::ALL, |key| equal(list, column, [key]))
        }
        Some(FieldKind::Text { .. } | FieldKind::Choice { .. } | FieldKind::Guid)
            if is_equal && matches!(value.content, Content::Literal(_)) =>
        {
            let text = FieldKey::text(&evaluate::literal(value, context));
            equal(list, column, [text])
        }
        _ => Part::ALL,
    }
}

/// `near` = the keys around the value, `ends` = the first and last key of the column's type.
fn between(list: &List, column: &str, operator: Operator, near: [FieldKey; 2], ends: [FieldKey; 2]) -> Part {
    let ([low, high], [least, most]) = (near, ends);
    let (from, to) = match operator {
        Operator::Eq => (low, high),
        Operator::Gt | Operator::Geq => (low, most),
        Operator::Lt | Operator::Leq => (least, high),
        _ => return Part::ALL,
    };
    let found = list
        .items
        .between(column, Bound::Included(from), Bound::Included(to));
    found.map_or(Part::ALL, Part::These)
}

/// Numbers of items are whole: what is not makes no narrow part.
fn by_number(operator: Operator, number: f64) -> Part {
    let whole = format!("{number}").parse::<u32>();
    let Ok(id) = whole else { return Part::ALL };
    match operator {
        Operator::Eq => Part::Range(id, id),
        Operator::Gt => Part::Range(id.saturating_add(1), u32::MAX),
        Operator::Geq => Part::Range(id, u32::MAX),
        Operator::Lt => Part::Range(0, id.saturating_sub(1)),
        Operator::Leq => Part::Range(0, id),
        _ => Part::ALL,
    }
}
