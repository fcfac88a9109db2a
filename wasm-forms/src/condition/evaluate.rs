//! The answer of an expression for given facts. Total: whatever does not fit is absent, or a comparison that is false.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::expression::{Expression, Function, Kind, Operator, Sign};
use super::facts::{Fact, Facts};

pub(super) fn holds(expression: &Expression, facts: &dyn Facts) -> bool {
    evaluate(expression, facts) == Fact::Boolean(true)
}

pub(super) fn evaluate<'a>(expression: &'a Expression, facts: &'a dyn Facts) -> Fact<'a> {
    match &expression.kind {
        Kind::Or(parts) => Fact::Boolean(parts.iter().any(|part| holds(part, facts))),
        Kind::And(parts) => Fact::Boolean(parts.iter().all(|part| holds(part, facts))),
        Kind::Not(inner) => Fact::Boolean(!holds(inner, facts)),
        Kind::Compare(left, operator, right) => {
            Fact::Boolean(compares(&evaluate(left, facts), *operator, right, facts))
        }
        Kind::Sum(first, rest) => rest.iter().fold(evaluate(first, facts), |sum, (sign, part)| {
            add(&sum, *sign, &evaluate(part, facts))
        }),
        Kind::Call(function, inner) => call(*function, evaluate(inner, facts)),
        Kind::Name(name) => facts.value(name.root(), name.key()),
        Kind::Text(text) => Fact::Text(Cow::Borrowed(text)),
        Kind::Number(number) => Fact::Number(*number),
        Kind::Boolean(boolean) => Fact::Boolean(*boolean),
        Kind::Date(date) => Fact::Date(*date),
        Kind::Today => Fact::Date(facts.today()),
        // Only `in` looks into brackets.
        Kind::List(_) => Fact::Absent,
    }
}

fn compares(left: &Fact<'_>, operator: Operator, right: &Expression, facts: &dyn Facts) -> bool {
    match &right.kind {
        Kind::List(items) => items.iter().any(|item| equal(left, &evaluate(item, facts))),
        _ => compare(left, operator, &evaluate(right, facts)),
    }
}

fn compare(left: &Fact<'_>, operator: Operator, right: &Fact<'_>) -> bool {
    let order = order(left, right);
    match operator {
        Operator::Equal => equal(left, right),
        Operator::NotEqual => left.type_of().is_some() && left.type_of() == right.type_of() && left != right,
        Operator::Less => order == Some(Ordering::Less),
        Operator::LessOrEqual => order.is_some_and(Ordering::is_le),
        Operator::Greater => order == Some(Ordering::Greater),
        Operator::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        Operator::In => contains(right, left),
        Operator::Contains => contains(left, right),
    }
}

fn equal(left: &Fact<'_>, right: &Fact<'_>) -> bool {
    *left != Fact::Absent && left == right
}

fn order(left: &Fact<'_>, right: &Fact<'_>) -> Option<Ordering> {
    match (left, right) {
        (Fact::Number(left), Fact::Number(right)) => Some(left.cmp(right)),
        (Fact::Date(left), Fact::Date(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn contains(whole: &Fact<'_>, part: &Fact<'_>) -> bool {
    match (whole, part) {
        (Fact::List(items), Fact::Text(wanted)) => items.contains(wanted),
        (Fact::Text(whole), Fact::Text(part)) => whole.contains(&**part),
        _ => false,
    }
}

fn add<'a>(left: &Fact<'_>, sign: Sign, right: &Fact<'_>) -> Fact<'a> {
    let sum = match (left, sign, right) {
        (Fact::Number(left), Sign::Plus, Fact::Number(right)) => left.checked_add(*right).map(Fact::Number),
        (Fact::Number(left), Sign::Minus, Fact::Number(right)) => left.checked_sub(*right).map(Fact::Number),
        (Fact::Date(date), Sign::Plus, Fact::Number(days))
        | (Fact::Number(days), Sign::Plus, Fact::Date(date)) => date.plus_days(*days).map(Fact::Date),
        (Fact::Date(date), Sign::Minus, Fact::Number(days)) => days
            .checked_neg()
            .and_then(|days| date.plus_days(days))
            .map(Fact::Date),
        (Fact::Date(left), Sign::Minus, Fact::Date(right)) => Some(Fact::Number(left.days_since(*right))),
        _ => None,
    };
    sum.unwrap_or(Fact::Absent)
}

fn call(function: Function, argument: Fact<'_>) -> Fact<'_> {
    match (function, argument) {
        (Function::Empty, argument) => Fact::Boolean(argument.is_empty()),
        (Function::Count, Fact::Absent) => Fact::Number(0),
        (Function::Count, Fact::List(items)) => count(items.len()),
        (Function::Count, Fact::Rows(rows)) => count(rows),
        (Function::Lower, Fact::Text(text)) => Fact::Text(Cow::Owned(text.to_lowercase())),
        (Function::Count | Function::Lower, _) => Fact::Absent,
    }
}

fn count<'a>(items: usize) -> Fact<'a> {
    i64::try_from(items).map_or(Fact::Absent, Fact::Number)
}
