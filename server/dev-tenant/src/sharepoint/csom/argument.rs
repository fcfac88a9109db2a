//! Arguments of a method, objects already made.

use uuid::Uuid;

use super::object::Object;
use super::parameter::{Record, Value};
use crate::sharepoint::operations::fault::Fault;

#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    Value(Value),
    Object(Object),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arguments(pub Vec<Argument>);

impl Arguments {
    pub fn value(&self, index: usize) -> &Value {
        match self.0.get(index) {
            Some(Argument::Value(value)) => value,
            _ => &Value::Null,
        }
    }

    pub fn text(&self, index: usize) -> Result<&str, Fault> {
        match self.value(index) {
            Value::Text(text) => Ok(text),
            _ => Err(wrong(index, "a string")),
        }
    }

    pub fn number(&self, index: usize) -> Result<u32, Fault> {
        number(self.value(index)).ok_or_else(|| wrong(index, "a number"))
    }

    pub fn boolean(&self, index: usize) -> Result<bool, Fault> {
        match self.value(index) {
            Value::Boolean(value) => Ok(*value),
            _ => Err(wrong(index, "a boolean")),
        }
    }

    /// A GUID, or a text that is one.
    pub fn guid(&self, index: usize) -> Result<Uuid, Fault> {
        match self.value(index) {
            Value::Guid(id) => Ok(*id),
            Value::Text(text) => Uuid::parse_str(text.trim())
                .map_err(|_| Fault::argument("Guid should contain 32 digits with 4 dashes.")),
            _ => Err(wrong(index, "a GUID")),
        }
    }

    pub fn record(&self, index: usize) -> Result<&Record, Fault> {
        match self.value(index) {
            Value::Record(record) => Ok(record),
            _ => Err(wrong(index, "a value object")),
        }
    }

    pub fn object(&self, index: usize) -> Result<&Object, Fault> {
        match self.0.get(index) {
            Some(Argument::Object(object)) => Ok(object),
            _ => Err(wrong(index, "an object")),
        }
    }
}

/// A whole number that is not negative, also as text.
pub fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

pub fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

pub fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(value) => Some(*value),
        _ => None,
    }
}

fn wrong(index: usize, wanted: &str) -> Fault {
    Fault::argument(format!("Parameter {index} of the method must be {wanted}."))
}
