//! What the tenant says now about everything that a wish touches.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TenantView {
    /// Domains in which accounts may be made, in lower case.
    pub domains: BTreeSet<String>,
    /// Accounts that hold the wished user principal name, mail nickname or mail address.
    pub holders: Vec<Uuid>,
    pub manager: Option<PersonView>,
    pub licence: Option<LicenceView>,
    /// Groups that exist, of those wished.
    pub groups: BTreeMap<Uuid, GroupView>,
}

/// Somebody who exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    pub name: String,
    /// May sign in.
    pub enabled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceView {
    /// `skuPartNumber`
    pub name: String,
    /// Seats that can still be given, those reserved by other applications taken off. May be negative.
    pub free: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupView {
    pub name: String,
    /// Whether Graph may write its members.
    pub writable: bool,
}
