//! The canonical text of an expression: as few brackets as its meaning allows.

use std::fmt;

use super::expression::{Expression, Function, Kind, Operator, Sign};
use super::lex::Lexeme;

impl Operator {
    const ALL: [(Self, &str); 8] = [
        (Self::Equal, "="),
        (Self::NotEqual, "!="),
        (Self::Less, "<"),
        (Self::LessOrEqual, "<="),
        (Self::Greater, ">"),
        (Self::GreaterOrEqual, ">="),
        (Self::In, "in"),
        (Self::Contains, "contains"),
    ];

    pub(super) fn spelled(spelling: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == spelling);
        found.map(|(operator, _)| *operator)
    }

    pub(super) fn spelling(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Contains => "contains",
        }
    }
}

impl Sign {
    pub(super) fn spelling(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
        }
    }
}

impl Function {
    pub(super) fn spelled(spelling: &str) -> Option<Self> {
        let all = [Self::Empty, Self::Count, Self::Lower];
        all.into_iter().find(|function| function.spelling() == spelling)
    }

    pub(super) fn spelling(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Count => "count",
            Self::Lower => "lower",
        }
    }
}

/// How strongly an expression holds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Value,
}

fn strength(kind: &Kind) -> Strength {
    match kind {
        Kind::Or(_) => Strength::Or,
        Kind::And(_) => Strength::And,
        Kind::Not(_) => Strength::Not,
        Kind::Compare(..) => Strength::Compare,
        Kind::Sum(..) => Strength::Sum,
        _ => Strength::Value,
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Or(parts) => list(f, parts, " or ", Strength::And),
            Kind::And(parts) => list(f, parts, " and ", Strength::Not),
            Kind::Not(inner) => {
                f.write_str("not ")?;
                part(f, inner, Strength::Not)
            }
            Kind::Compare(left, operator, right) => {
                part(f, left, Strength::Sum)?;
                write!(f, " {} ", operator.spelling())?;
                part(f, right, Strength::Sum)
            }
            Kind::Sum(first, rest) => sum(f, first, rest),
            Kind::Call(function, inner) => write!(f, "{}({inner})", function.spelling()),
            Kind::Name(name) => write!(f, "{name}"),
            Kind::Text(text) => quoted(f, text),
            Kind::Number(number) => write!(f, "{number}"),
            Kind::Boolean(boolean) => write!(f, "{boolean}"),
            Kind::Date(date) => write!(f, "{date}"),
            Kind::Today => f.write_str("today"),
            Kind::List(items) => {
                f.write_str("(")?;
                list(f, items, ", ", Strength::Value)?;
                f.write_str(")")
            }
        }
    }
}

fn part(f: &mut fmt::Formatter<'_>, part: &Expression, least: Strength) -> fmt::Result {
    if strength(&part.kind) < least {
        write!(f, "({part})")
    } else {
        write!(f, "{part}")
    }
}

fn list(f: &mut fmt::Formatter<'_>, parts: &[Expression], between: &str, least: Strength) -> fmt::Result {
    for (at, one) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        part(f, one, least)?;
    }
    Ok(())
}

fn sum(f: &mut fmt::Formatter<'_>, first: &Expression, rest: &[(Sign, Expression)]) -> fmt::Result {
    part(f, first, Strength::Value)?;
    for (sign, one) in rest {
        write!(f, " {} ", sign.spelling())?;
        part(f, one, Strength::Value)?;
    }
    Ok(())
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl fmt::Display for Lexeme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Path(root, key) => write!(f, "{root}.{key}"),
            Self::Text(text) => quoted(f, text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Sign(sign) => f.write_str(sign),
        }
    }
}
