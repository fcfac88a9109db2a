//! Whether an object satisfies a filter. Text is compared without regard to case, as the directory does.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Filter, Operator};

pub(crate) fn holds(filter: &Filter, object: &Value) -> bool {
    within(filter, object, None)
}

/// `bound` is the variable of the enclosing `any` and the element it stands for.
fn within(filter: &Filter, object: &Value, bound: Option<(&str, &Value)>) -> bool {
    let at = |path: &[String]| resolve(path, object, bound);
    match filter {
        Filter::And(a, b) => within(a, object, bound) && within(b, object, bound),
        Filter::Or(a, b) => within(a, object, bound) || within(b, object, bound),
        Filter::Not(inner) => !within(inner, object, bound),
        Filter::Compare(path, operator, value) => compare(at(path), *operator, value),
        Filter::In(path, values) => values.iter().any(|value| compare(at(path), Operator::Eq, value)),
        Filter::StartsWith(path, text) => {
            folded(at(path)).is_some_and(|found| found.starts_with(&text.to_lowercase()))
        }
        Filter::EndsWith(path, text) => {
            folded(at(path)).is_some_and(|found| found.ends_with(&text.to_lowercase()))
        }
        Filter::Any(path, name, inner) => at(path).as_array().is_some_and(|all| {
            all.iter()
                .any(|element| within(inner, object, Some((name, element))))
        }),
    }
}

fn resolve<'v>(path: &[String], object: &'v Value, bound: Option<(&str, &'v Value)>) -> &'v Value {
    let (mut value, rest) = match (bound, path.split_first()) {
        (Some((name, element)), Some((first, rest))) if first == name => (element, rest),
        _ => (object, path),
    };
    for name in rest {
        value = member(value, name);
    }
    value
}

fn member<'v>(value: &'v Value, name: &str) -> &'v Value {
    value
        .as_object()
        .and_then(|map| map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)))
        .map_or(&Value::Null, |(_, found)| found)
}

fn folded(value: &Value) -> Option<String> {
    value.as_str().map(str::to_lowercase)
}

fn compare(found: &Value, operator: Operator, wanted: &Value) -> bool {
    let order = match (folded(found), folded(wanted)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ if found == wanted => Some(Ordering::Equal),
        _ => found.as_i64().zip(wanted.as_i64()).map(|(a, b)| a.cmp(&b)),
    };
    match operator {
        Operator::Eq => order == Some(Ordering::Equal),
        Operator::Ne => order != Some(Ordering::Equal),
        Operator::Gt => order == Some(Ordering::Greater),
        Operator::Ge => order.is_some_and(Ordering::is_ge),
        Operator::Lt => order == Some(Ordering::Less),
        Operator::Le => order.is_some_and(Ordering::is_le),
    }
}
