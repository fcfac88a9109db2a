//! A field's value as a query sees it.

use jiff::Timestamp;

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Boolean(bool),
    DateTime(Timestamp),
    /// Choices of a multi-choice field.
    Texts(Vec<String>),
    /// Persons or lookups: id and the text shown.
    Links(Vec<(u32, String)>),
}

/// A row that a predicate can be held against.
pub trait Row {
    fn cell(&self, field: &str) -> Cell;
}

/// What the special operands mean in this call.
#[derive(Debug, Clone)]
pub struct Context {
    pub now: Timestamp,
    /// The caller's number in the site.
    pub user: u32,
    /// Groups the caller is in.
    pub groups: Vec<u32>,
}
