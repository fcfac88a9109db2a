//! What the tenant says now about everything that a wish touches.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{Assignment, Services};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TenantView {
    /// Domains in which accounts may be made, in lower case.
    pub domains: BTreeSet<String>,
    /// Accounts that hold the wished user principal name, mail nickname or mail address.
    pub holders: Vec<Uuid>,
    pub manager: Option<PersonView>,
    /// Licences that can be given, of those wished.
    pub licences: BTreeMap<Uuid, LicenceView>,
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
    /// Those that can be switched off for one account.
    pub services: Services,
}

impl LicenceView {
    /// The services of these ids; one that the licence does not have goes by its id.
    pub(crate) fn named(&self, ids: &BTreeSet<Uuid>) -> Services {
        let name = |id: &Uuid| self.services.get(id).cloned().unwrap_or_else(|| id.to_string());
        ids.iter().map(|id| (*id, name(id))).collect()
    }

    /// Given without these services; none: it does not have them all.
    pub(crate) fn assignment(&self, sku: Uuid, without: &BTreeSet<Uuid>) -> Option<Assignment> {
        let has_all = without.iter().all(|id| self.services.contains_key(id));
        has_all.then(|| Assignment {
            without: self.named(without),
            ..Assignment::whole(sku, &self.name)
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupView {
    pub name: String,
    /// Whether Graph may write its members.
    pub writable: bool,
}
