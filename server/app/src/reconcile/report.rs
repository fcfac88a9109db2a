//! What a run found and did.

use serde::{Deserialize, Serialize};

/// So many wrong items are kept with their details; all are counted.
const KEPT: usize = 1_000;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Report {
    /// Items whose permissions were the set, and those where they were not.
    pub right: i64,
    pub wrong: i64,
    /// Of the wrong ones: set and read back; not to be mended.
    pub repaired: i64,
    pub failed: i64,
    /// Applications that were changing at that moment: their own jobs set the permissions.
    pub busy: i64,
    /// Items with a version that nobody had judged.
    pub judged: i64,
    /// Rows of the inbox that nobody had taken up.
    pub taken_up: i64,
    /// Numbers of applications whose item is gone.
    pub missing: Vec<String>,
    pub entries: Vec<Entry>,
}

/// One item with wrong permissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Number of the application.
    pub number: String,
    pub list: String,
    pub item: i32,
    pub wrong: Vec<Wrong>,
    pub outcome: Outcome,
}

/// One difference between an item's permissions and the set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wrong", rename_all = "camelCase")]
pub enum Wrong {
    /// It had no permissions of its own.
    Inherits {},
    TooMuch {
        who: String,
        level: String,
    },
    TooLittle {
        who: String,
        level: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Found,
    Repaired,
    Failed,
    /// The application went on meanwhile, and its own job sets the permissions.
    Changing,
}

impl Report {
    pub(super) fn note(&mut self, entry: Entry) {
        if self.entries.len() < KEPT {
            self.entries.push(entry);
        }
    }

    /// What became of an item that was found wrong.
    pub(super) fn settle(&mut self, number: &str, outcome: Outcome) {
        match outcome {
            Outcome::Repaired => self.repaired += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Found | Outcome::Changing => {}
        }
        let mut entries = self.entries.iter_mut();
        if let Some(entry) = entries.find(|entry| entry.number == number) {
            entry.outcome = outcome;
        }
    }

    /// Whether a person should look.
    pub fn needs_attention(&self) -> bool {
        self.failed > 0 || !self.missing.is_empty()
    }
}
