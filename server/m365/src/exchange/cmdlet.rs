//! One command to be, with its parameters as values.

use serde_json::{Map, Value, json};

use super::Identity;
use crate::{Operation, call::Effect};

/// A cmdlet of Exchange Online PowerShell. Whatever comes from outside is a parameter's value.
#[derive(Debug, Clone)]
pub struct Cmdlet {
    operation: Operation,
    name: &'static str,
    parameters: Map<String, Value>,
    fields: &'static [&'static str],
    effect: Effect,
    known: bool,
}

impl Cmdlet {
    pub(super) fn read(operation: Operation, name: &'static str) -> Self {
        Self {
            operation,
            name,
            parameters: Map::new(),
            fields: &[],
            effect: Effect::Read,
            known: false,
        }
    }

    /// A change that makes or removes something.
    pub(super) fn write(operation: Operation, name: &'static str) -> Self {
        Self {
            effect: Effect::Write,
            ..Self::read(operation, name)
        }
    }

    /// A change of something that the caller has found: not found then means replication lag.
    pub(super) fn change(operation: Operation, name: &'static str, identity: &Identity) -> Self {
        let cmdlet = Self::write(operation, name).on(identity);
        Self {
            known: true,
            ..cmdlet
        }
    }

    pub(super) fn on(self, identity: &Identity) -> Self {
        self.with("Identity", identity.as_str())
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.parameters.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn maybe(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Nobody is there to be asked whether it is meant.
    pub(super) fn unasked(self) -> Self {
        self.with("Confirm", false)
    }

    /// Everything, not the first thousand.
    pub(super) fn unlimited(self) -> Self {
        self.with("ResultSize", "Unlimited")
    }

    /// Only these members of each row.
    pub(super) fn only(self, fields: &'static [&'static str]) -> Self {
        Self { fields, ..self }
    }

    /// What it is for.
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// E.g. `Get-Recipient`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// By their names.
    pub fn parameters(&self) -> &Map<String, Value> {
        &self.parameters
    }

    /// The members of each row that are needed; none: all.
    pub fn fields(&self) -> &'static [&'static str] {
        self.fields
    }

    /// Whether it changes anything.
    pub fn changes(&self) -> bool {
        self.effect == Effect::Write
    }

    /// Whether its object is known to exist.
    pub fn is_on_known_object(&self) -> bool {
        self.known
    }

    /// As the service takes it.
    pub fn input(&self) -> Value {
        json!({ "CmdletInput": { "CmdletName": self.name, "Parameters": self.parameters } })
    }
}
