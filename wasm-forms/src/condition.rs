//! One language for "when": forms, routes and rules ask it; browser and server evaluate it with this same code.
//!
//! ```text
//! plan.deletes > 10 and applicant.department = "営業部"
//! kind in ("temporary", "guest") or not empty(manager)
//! startDate >= today + 14
//! endDate - startDate > 30
//! count(groups) > 3 or groups contains "all-staff"
//! ```
//!
//! | from weak to strong | on | gives |
//! | --- | --- | --- |
//! | `or`, `and`, `not` | conditions | a condition |
//! | `=` `!=` | two texts, numbers, dates or booleans | a condition |
//! | `<` `<=` `>` `>=` | two numbers or two dates | a condition |
//! | `in` | a value and `("a", "b")`, or a text and a list | a condition |
//! | `contains` | a list and a text (an item), or two texts (a part, exact in case and width) | a condition |
//! | `+` `-` | numbers; a date and days; date `-` date gives days | a number or a date |
//! | `empty(x)`, `count(list)`, `lower(text)` | | a condition, a number, a text |
//!
//! Literals: `"text"` (with `\"` and `\\`), `100000`, `-5`, `true`, `false`, `2026-04-01`, `today`. A bare name is a
//! field of the form; `form.today` names a field that is called like a word of the language. Other roots, such as
//! `applicant.department`, are given by a [`Vocabulary`].
//!
//! **Absent values.** What was not entered is absent. A comparison that touches an absent value is false, whatever
//! its operator: of `kind = "guest"` and `kind != "guest"` neither holds while `kind` is empty. A sum with an absent
//! part is absent, so is one beyond the calendar or the numbers. `empty(x)` is the way to ask; `count` of what is
//! absent is 0. `not` turns a false comparison into a true one, also a false one for absence.

mod cases;
mod check;
mod error;
mod evaluate;
mod expression;
mod facts;
mod formula;
mod lex;
mod parse;
mod print;
mod samples;
mod vocabulary;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use cases::{Case, Cases, MAX_CASES, TooManyCases, turning_points};
pub use error::{ConditionError, Problem};
pub use expression::Name;
pub use facts::{Fact, Facts};
pub use formula::Formula;
pub use vocabulary::{APPLICANT, FORM, ROW, Term, Type, Vocabulary};

use expression::Expression;

/// The longest text of a condition, in characters, as written and as written back.
pub const MAX_LENGTH: usize = 1_000;
/// How deep brackets, `not` and functions may be nested.
pub const MAX_DEPTH: usize = 32;
/// Numbers have at most this many digits: exact in a browser's numbers too.
pub const MAX_DIGITS: usize = 15;

/// Something that holds or does not; in JSON its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition(Expression);

impl Condition {
    /// Reads a condition. Whether its names exist and its types fit, [`Condition::check`] tells.
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        parse::parse(text).map(Self)
    }

    /// Whether every name is known and every type fits. What passed gives an answer for any facts.
    pub fn check(&self, vocabulary: &Vocabulary) -> Result<(), ConditionError> {
        check::condition(&self.0, vocabulary)
    }

    /// Total: what is absent or of another type than the vocabulary said makes its comparison false.
    pub fn holds(&self, facts: &dyn Facts) -> bool {
        evaluate::holds(&self.0, facts)
    }

    /// What the condition looks at, without `today`.
    pub fn names(&self) -> BTreeSet<&Name> {
        self.0.walk().filter_map(Expression::name).collect()
    }

    /// Whether the answer can change by midnight alone.
    pub fn looks_at_today(&self) -> bool {
        self.0.walk().any(Expression::is_today)
    }
}

/// The canonical text: parsing it gives the same condition.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Condition {
    type Error = ConditionError;

    fn try_from(text: String) -> Result<Self, ConditionError> {
        Self::parse(&text)
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.to_string()
    }
}
