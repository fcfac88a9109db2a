//! Numbers of applications 採番.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An application's number: prefix, year, running number, as in `USR-2026-00042`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Numbering {
    pub prefix: String,
    /// The running number is padded to this many digits.
    pub digits: usize,
    #[serde(default)]
    pub at: NumberAt,
}

/// When an application gets its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NumberAt {
    #[default]
    Submission,
    /// Until the last approval it has a provisional one.
    Approval,
}

impl Numbering {
    /// Name of the counter: running numbers start again every year.
    pub fn counter(&self, today: Date) -> String {
        format!("{}-{}", self.prefix, today.year())
    }

    /// Until the last approval, by the row of the inbox, which nothing else ever has.
    pub fn provisional(&self, today: Date, row: i64) -> String {
        format!("{}-R{row}", self.counter(today))
    }

    pub fn number(&self, today: Date, running: u64) -> String {
        format!("{}-{running:0width$}", self.counter(today), width = self.digits)
    }
}
