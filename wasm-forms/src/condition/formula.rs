//! A value in the words of the language: `today + 7`, `applicant.department`, `"permanent"`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::{ConditionError, Problem};
use super::expression::Expression;
use super::facts::{Fact, Facts};
use super::vocabulary::{Type, Vocabulary};
use super::{check, evaluate, parse};

/// In JSON its text, as a [`super::Condition`] is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Formula(Expression);

impl Formula {
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        parse::parse(text).map(Self)
    }

    /// Whether every name is known, and the value is of the type that is needed.
    pub fn check(&self, expected: Type, vocabulary: &Vocabulary) -> Result<(), ConditionError> {
        let found = check::type_of(&self.0, vocabulary)?;
        if found == expected {
            return Ok(());
        }
        Err(Problem::WrongType { found, expected }.at(self.0.at.0))
    }

    /// Total, as [`super::Condition::holds`] is.
    pub fn value<'a>(&'a self, facts: &'a dyn Facts) -> Fact<'a> {
        evaluate::evaluate(&self.0, facts)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Formula {
    type Error = ConditionError;

    fn try_from(text: String) -> Result<Self, ConditionError> {
        Self::parse(&text)
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.to_string()
    }
}
