//! The way to run a cmdlet, so that it can be replaced: what serves today is not documented.

use serde_json::Value;

use super::Cmdlet;
use crate::Result;

/// Runs cmdlets.
pub trait Driver: Send + Sync {
    /// Runs one, all pages of its rows.
    ///
    /// # Errors
    /// As the verdict says. `NotFound` (`Settling` on a known object) where Exchange says so.
    fn run(&self, cmdlet: &Cmdlet) -> impl Future<Output = Result<Output>> + Send;
}

/// What a cmdlet gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Output {
    /// By Exchange's names; members with `@` in their names are annotations.
    pub rows: Vec<Value>,
    pub warnings: Vec<String>,
}
