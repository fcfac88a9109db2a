//! What an application asks for, after its form was mapped, and what the tenant says about it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use uuid::Uuid;

/// A new mail contact, as wished. Nothing here is checked against the tenant yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactWish {
    /// Our application. The contact carries it in its unique name.
    pub application: String,
    pub display_name: String,
    /// Outside.
    pub address: String,
    /// What the address book says beside them, by the names of `surname`, `companyName` and so on; empty: nothing.
    pub details: BTreeMap<&'static str, String>,
    pub fields: ContactFields,
}

/// What shall become of a contact that is there, as wished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactChange {
    /// Exchange's own id.
    pub contact: Uuid,
    pub display_name: Option<String>,
    pub address: Option<String>,
    pub details: BTreeMap<&'static str, String>,
    pub delete: bool,
    /// People do what a directory on premises masters; otherwise it is refused.
    pub by_hand: bool,
    pub fields: ContactFields,
}

/// The form's fields behind a wish; details are told by their own names. Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactFields {
    /// Which contact it is.
    pub contact: String,
    pub display_name: String,
    pub address: String,
}

/// Whether an address is free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ContactView {
    pub is_taken: bool,
}

/// What the tenant says now about a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactNow {
    pub display_name: String,
    pub address: String,
    /// As plans name them; what is empty is null.
    pub details: Map<String, Value>,
    /// Mastered by a directory on premises.
    pub synced: bool,
    /// Somebody else has the new address.
    pub is_taken: bool,
}
