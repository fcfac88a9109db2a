//! Which messages a filter may hold for at all, told by their extended properties: whoever looks for one message of
//! many by its property does not have all the others written out.

use serde_json::Value;

use super::state::Message;
use crate::graph::filter::{Filter, Operator};

/// The value of an extended property without which the filter holds for no message.
pub(super) fn demanded(filter: &Filter) -> Option<&str> {
    match filter {
        Filter::And(one, other) => demanded(one).or_else(|| demanded(other)),
        Filter::Any(path, name, inner) if is(path, &["singleValueExtendedProperties"]) => wanted(inner, name),
        _ => None,
    }
}

/// False only where the filter asks for an extended property of a value that the message does not bear.
pub(super) fn may_hold(filter: &Filter, message: &Message) -> bool {
    match filter {
        Filter::And(one, other) => may_hold(one, message) && may_hold(other, message),
        Filter::Any(path, name, inner) if is(path, &["singleValueExtendedProperties"]) => {
            wanted(inner, name).is_none_or(|wanted| bears(message, wanted))
        }
        _ => true,
    }
}

/// The value that every element must have for which the inner filter holds; `None` where it does not say.
fn wanted<'f>(inner: &'f Filter, name: &str) -> Option<&'f str> {
    match inner {
        Filter::And(one, other) => wanted(one, name).or_else(|| wanted(other, name)),
        Filter::Compare(path, Operator::Eq, Value::String(value)) if is(path, &[name, "value"]) => {
            Some(value)
        }
        _ => None,
    }
}

/// Letters outside of ASCII may be folded in other ways: such a value may be any.
fn bears(message: &Message, wanted: &str) -> bool {
    let fits = |value: &str| !value.is_ascii() || !wanted.is_ascii() || value.eq_ignore_ascii_case(wanted);
    message.extended.iter().any(|property| fits(&property.value))
}

fn is(path: &[String], names: &[&str]) -> bool {
    let same = |(one, other): (&String, &&str)| one.eq_ignore_ascii_case(other);
    path.len() == names.len() && path.iter().zip(names).all(same)
}
