//! How an object of Exchange is named.

use std::fmt;

use uuid::Uuid;

/// An id, an address, a user principal name or an alias. Always sent as a value, never written into a filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity(String);

impl Identity {
    /// As Exchange takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Uuid> for Identity {
    fn from(id: Uuid) -> Self {
        Self(id.to_string())
    }
}

impl From<&str> for Identity {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
