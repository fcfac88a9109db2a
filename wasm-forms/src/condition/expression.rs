//! What a condition consists of.

use std::fmt;

use super::vocabulary::FORM;
use crate::date::Date;

/// Where something stands in the text, in characters from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct At(pub(super) usize);

/// Where something stands is no part of what it means.
impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for At {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) at: At,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Or(Vec<Expression>),
    And(Vec<Expression>),
    Not(Box<Expression>),
    Compare(Box<Expression>, Operator, Box<Expression>),
    Sum(Box<Expression>, Vec<(Sign, Expression)>),
    Call(Function, Box<Expression>),
    Name(Name),
    Text(String),
    Number(i64),
    Boolean(bool),
    Date(Date),
    Today,
    /// Only literals, and only behind `in`.
    List(Vec<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Empty,
    Count,
    Lower,
}

/// Something a condition looks at: `amount` is `amount` of the root [`FORM`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    root: String,
    key: String,
}

/// Words that mean something else than a field of that name.
const RESERVED: [&str; 8] = ["or", "and", "not", "in", "contains", "true", "false", "today"];

impl Name {
    pub fn new(root: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            root: root.into(),
            key: key.into(),
        }
    }

    pub fn root(&self) -> &str {
        &self.root
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    /// The key, if this is a field of the form.
    pub fn field(&self) -> Option<&str> {
        (self.root == FORM).then_some(self.key.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.root == FORM && !RESERVED.contains(&self.key.as_str()) {
            f.write_str(&self.key)
        } else {
            write!(f, "{}.{}", self.root, self.key)
        }
    }
}

impl Expression {
    /// Itself and everything inside, from left to right.
    pub(super) fn walk(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(next.parts().into_iter().rev());
            Some(next)
        })
    }

    fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Or(parts) | Kind::And(parts) | Kind::List(parts) => parts.iter().collect(),
            Kind::Not(inner) | Kind::Call(_, inner) => vec![inner],
            Kind::Compare(left, _, right) => vec![left, right],
            Kind::Sum(first, rest) => {
                let rest = rest.iter().map(|(_, part)| part);
                std::iter::once(&**first).chain(rest).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn name(&self) -> Option<&Name> {
        match &self.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn is_today(&self) -> bool {
        matches!(self.kind, Kind::Today)
    }
}
