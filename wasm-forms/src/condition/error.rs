//! What is wrong with the text of a condition, where, and what to do about it.

use std::fmt;

use serde::Serialize;

use super::vocabulary::Type;
use super::{MAX_DEPTH, MAX_DIGITS, MAX_LENGTH};

/// One mistake. Its words are for whoever writes a workflow; [`Problem`] is for programs that say it otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionError {
    /// The character at which the mistake begins, counted from 1.
    pub position: usize,
    pub problem: Problem,
}

/// In JSON `{"code": "unknownName", …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Problem {
    TooLong,
    TooDeep,
    /// A character that means nothing here.
    Character {
        found: char,
    },
    TextNotClosed,
    /// A backslash before something else than `"` or `\`.
    Escape,
    NumberTooLong,
    NoSuchDate {
        found: String,
    },
    /// Another thing was expected; nothing found: the text ends.
    Unexpected {
        found: Option<String>,
        expected: &'static str,
    },
    UnknownName {
        name: String,
        known: Vec<String>,
    },
    /// Only a condition can be `or`, `and`, `not` or stand alone.
    NotACondition {
        found: Type,
    },
    /// The two sides of an operator do not fit.
    Mismatch {
        operator: &'static str,
        left: Type,
        right: Type,
    },
    /// A function was given something it cannot look at.
    Argument {
        function: &'static str,
        found: Type,
    },
    /// No option of the choice has this value.
    NotOffered {
        name: String,
        value: String,
    },
    /// The value has another type than is needed.
    WrongType {
        found: Type,
        expected: Type,
    },
}

impl Problem {
    pub(super) fn at(self, index: usize) -> ConditionError {
        ConditionError {
            position: index + 1,
            problem: self,
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::TooLong => format!("shorten it to {MAX_LENGTH} characters"),
            Self::TooDeep => format!("nest brackets, not and functions {MAX_DEPTH} deep at most"),
            Self::Character { .. } => {
                "write names and operators half-width, texts in double quotes, != for unequal".to_owned()
            }
            Self::TextNotClosed => "end the text with a double quote".to_owned(),
            Self::Escape => r#"write \" for a quote and \\ for a backslash"#.to_owned(),
            Self::NumberTooLong => format!("use {MAX_DIGITS} digits at most"),
            Self::NoSuchDate { .. } => "write a day of the calendar as YYYY-MM-DD".to_owned(),
            Self::Unexpected { expected, .. } => format!("write {expected} here"),
            Self::UnknownName { known, .. } if known.is_empty() => {
                "nothing is known under this root".to_owned()
            }
            Self::UnknownName { known, .. } => format!("use one of: {}", known.join(", ")),
            Self::NotACondition { .. } => "compare it with something, or ask empty(…)".to_owned(),
            Self::Mismatch {
                operator,
                left,
                right,
            } => mismatch(operator, *left, *right).to_owned(),
            Self::Argument {
                function: "count", ..
            } => "give count a list".to_owned(),
            Self::Argument { .. } => "give lower a text".to_owned(),
            Self::NotOffered { .. } => "use the value of an option, not its label".to_owned(),
            Self::WrongType { expected, .. } => format!("give it {expected}"),
        }
    }
}

fn mismatch(operator: &str, left: Type, right: Type) -> &'static str {
    match (operator, left, right) {
        ("=" | "!=", Type::List, _) => "ask a list with contains or count",
        (_, Type::Rows, _) | (_, _, Type::Rows) => "ask rows with count or empty",
        (_, Type::Date, Type::Text) | (_, Type::Text, Type::Date) => {
            "write a date without quotes: 2026-04-01"
        }
        (_, Type::Number, Type::Text) | (_, Type::Text, Type::Number) => {
            "write numbers without quotes and texts with them"
        }
        ("in", _, _) => "write values of one type in brackets: (\"a\", \"b\")",
        ("contains", _, _) => "put a list or a text before contains and a text behind it",
        ("<" | "<=" | ">" | ">=", _, _) => "only two numbers or two dates have an order",
        ("+" | "-", _, _) => "add numbers to numbers, and days to dates",
        _ => "compare values of one type",
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("the condition is too long"),
            Self::TooDeep => f.write_str("the condition is nested too deep"),
            Self::Character { found } => write!(f, "{found:?} means nothing here"),
            Self::TextNotClosed => f.write_str("a text has no end"),
            Self::Escape => f.write_str("a backslash stands before an ordinary character"),
            Self::NumberTooLong => f.write_str("a number is too long"),
            Self::NoSuchDate { found } => write!(f, "{found} is no date"),
            Self::Unexpected {
                found: Some(found), ..
            } => write!(f, "{found} does not fit here"),
            Self::Unexpected { found: None, .. } => f.write_str("the condition ends too early"),
            Self::UnknownName { name, .. } => write!(f, "{name} is not known here"),
            Self::NotACondition { found } => write!(f, "this is {found}, not a condition"),
            Self::Mismatch {
                operator,
                left,
                right,
            } => write!(f, "{left} {operator} {right} does not fit"),
            Self::Argument { function, found } => write!(f, "{function} cannot look at {found}"),
            Self::NotOffered { name, value } => write!(f, "{name} does not offer {value:?}"),
            Self::WrongType { found, .. } => write!(f, "this is {found}"),
        }
    }
}

impl fmt::Display for ConditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { position, problem } = self;
        write!(f, "character {position}: {problem}; {}", problem.remedy())
    }
}

impl std::error::Error for ConditionError {}
