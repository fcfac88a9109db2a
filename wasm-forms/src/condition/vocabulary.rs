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
/// The root of the fields of one of several rows, for conditions inside of it.
pub const ROW: &str = "row";
/// The root of what is known of whoever applies.
pub const APPLICANT: &str = "applicant";

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
    /// The least and the greatest value of a number.
    pub range: Option<(i64, i64)>,
    /// Whether it may be absent from a form without issues.
    pub optional: bool,
}

impl From<Type> for Term {
    fn from(of: Type) -> Self {
        Self {
            of,
            one_of: None,
            range: None,
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
        let fields = schema.sections.iter().flat_map(|section| {
            let optional = section.visible_when.is_some();
            section.fields.iter().map(move |field| (field, optional))
        });
        fields.fold(Self::default(), |known, (field, optional)| {
            let term = Term::of(field);
            let optional = optional || term.optional;
            known.and(Name::new(FORM, field.key.as_str()), Term { optional, ..term })
        })
    }

    #[must_use]
    pub(crate) fn and_field(self, root: &str, field: &Field) -> Self {
        self.and(Name::new(root, field.key.as_str()), Term::of(field))
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
    pub(crate) fn of(field: &Field) -> Self {
        let (of, options) = match &field.input {
            Input::Text { .. } | Input::Lines { .. } | Input::Person {} => (Type::Text, None),
            Input::Date { .. } => (Type::Date, None),
            Input::Number { .. } => (Type::Number, None),
            Input::Choice { options } => (Type::Text, Some(options)),
            Input::Choices { options, .. } => (Type::List, Some(options)),
            Input::People { .. } => (Type::List, None),
            Input::Rows { .. } => (Type::Rows, None),
        };
        let one_of = match options {
            Some(Options::Inline(choices)) => {
                Some(choices.iter().map(|choice| choice.value.clone()).collect())
            }
            _ => None,
        };
        let range = match &field.input {
            Input::Number { min, max } => Some((*min, *max)),
            _ => None,
        };
        Self {
            of,
            one_of,
            range,
            optional: !field.required || field.visible_when.is_some(),
        }
    }
}
