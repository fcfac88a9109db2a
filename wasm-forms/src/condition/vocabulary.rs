//! What a condition may name, and of which type it is.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::expression::Name;
use crate::choices::Options;
use crate::field::{Field, Input};
use crate::schema::Schema;

/// The root of a form's own fields; left out when they are named.
pub const FORM: &str = "form";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Type {
    Text,
    /// A whole number.
    Number,
    Boolean,
    Date,
    /// Texts.
    List,
    /// Repeated rows: they can be counted, not compared.
    Rows,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::Date => "a date",
            Self::List => "a list",
            Self::Rows => "rows",
        })
    }
}

/// What is known of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub of: Type,
    /// The only values a text, or an item of a list, can have; none: any.
    pub one_of: Option<Vec<String>>,
    /// Whether it may be absent from a form without issues.
    pub optional: bool,
}

impl From<Type> for Term {
    fn from(of: Type) -> Self {
        Self {
            of,
            one_of: None,
            optional: true,
        }
    }
}

/// The names a condition may use at its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary(BTreeMap<Name, Term>);

impl Vocabulary {
    /// The fields of a form. A person is known by the user principal name in lower case; people and choices are lists.
    pub fn of(schema: &Schema) -> Self {
        schema.fields().fold(Self::default(), Self::and_field)
    }

    #[must_use]
    pub(crate) fn and_field(self, field: &Field) -> Self {
        self.and(Name::new(FORM, field.key.as_str()), Term::of(field))
    }

    /// More names under a root: `.with("plan", [("deletes", Type::Number)])`.
    #[must_use]
    pub fn with<'a, T: Into<Term>>(self, root: &str, names: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let names = names.into_iter();
        names.fold(self, |known, (key, term)| {
            known.and(Name::new(root, key), term.into())
        })
    }

    fn and(mut self, name: Name, term: Term) -> Self {
        self.0.insert(name, term);
        self
    }

    pub fn term(&self, name: &Name) -> Option<&Term> {
        self.0.get(name)
    }

    /// Everything known under a root, as it is written.
    pub(super) fn under<'a>(&'a self, root: &'a str) -> impl Iterator<Item = String> + 'a {
        let names = self.0.keys().filter(move |name| name.root() == root);
        names.map(Name::to_string)
    }
}

impl Term {
    fn of(field: &Field) -> Self {
        let (of, options) = match &field.input {
            Input::Text { .. } | Input::Lines { .. } | Input::Person {} => (Type::Text, None),
            Input::Date { .. } => (Type::Date, None),
            Input::Number { .. } => (Type::Number, None),
            Input::Choice { options } => (Type::Text, Some(options)),
            Input::Choices { options, .. } => (Type::List, Some(options)),
            Input::People { .. } => (Type::List, None),
        };
        let one_of = match options {
            Some(Options::Inline(choices)) => {
                Some(choices.iter().map(|choice| choice.value.clone()).collect())
            }
            _ => None,
        };
        Self {
            of,
            one_of,
            optional: !field.required || field.visible_when.is_some(),
        }
    }
}
