//! What a condition is held against.

use std::borrow::Cow;

use super::vocabulary::Type;
use crate::date::Date;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact<'a> {
    Absent,
    Text(Cow<'a, str>),
    Number(i64),
    Boolean(bool),
    Date(Date),
    List(Vec<Cow<'a, str>>),
    /// So many rows.
    Rows(usize),
}

impl Fact<'_> {
    /// Nothing there: absent, a text without characters, a list without items.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Rows(rows) => *rows == 0,
            Self::Number(_) | Self::Boolean(_) | Self::Date(_) => false,
        }
    }

    /// Nothing if absent.
    pub fn type_of(&self) -> Option<Type> {
        match self {
            Self::Absent => None,
            Self::Text(_) => Some(Type::Text),
            Self::Number(_) => Some(Type::Number),
            Self::Boolean(_) => Some(Type::Boolean),
            Self::Date(_) => Some(Type::Date),
            Self::List(_) => Some(Type::List),
            Self::Rows(_) => Some(Type::Rows),
        }
    }
}

impl<'a> From<&'a str> for Fact<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<i64> for Fact<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Fact<'_> {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}

impl From<Date> for Fact<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

/// Whoever knows the values.
pub trait Facts {
    /// The value of a name; absent also for names that are not known. The root of form fields is [`super::FORM`].
    fn value(&self, root: &str, key: &str) -> Fact<'_>;

    /// The day on which the question is asked.
    fn today(&self) -> Date;
}
