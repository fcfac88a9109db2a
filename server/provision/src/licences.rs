//! Licences, the services of them that are not used, and which steps turn them over. Pure.

mod back;
mod service;
mod standing;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AccountStep;

pub(crate) use back::back;
pub use standing::FailedLicence;
pub(crate) use standing::{direct, failed, inherited};
pub(crate) use words::{given, summed, switched_off};

/// A licence, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    pub sku: Uuid,
    pub name: String,
}

/// Licences by `skuId`, each with the services (`servicePlanId`) that are not used, as Graph's `assignedLicense` has them.
pub type AssignedLicences = BTreeMap<Uuid, BTreeSet<Uuid>>;

/// Services of a licence by their ids, and what Microsoft calls them (`servicePlanName`).
pub type Services = BTreeMap<Uuid, String>;

/// A licence that is given, or of which other services shall be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub sku: Uuid,
    pub name: String,
    /// Services that are not used; all others are.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub without: Services,
    /// Those that were not used when it was approved; none: the licence was not held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Services>,
}

impl Assignment {
    /// With all its services, to somebody who does not hold it.
    pub fn whole(sku: Uuid, name: impl Into<String>) -> Self {
        Self {
            sku,
            name: name.into(),
            without: Services::new(),
            from: None,
        }
    }

    /// Whoever holds the licence has a seat already.
    pub(crate) fn takes_seat(&self) -> bool {
        self.from.is_none()
    }

    pub(crate) fn licence(&self) -> Licence {
        Licence {
            sku: self.sku,
            name: self.name.clone(),
        }
    }

    /// What is done stays the same under new names.
    pub(crate) fn forget_names(&mut self) {
        self.name.clear();
        let services = self.without.values_mut();
        let services = services.chain(self.from.iter_mut().flat_map(BTreeMap::values_mut));
        services.for_each(String::clear);
    }

    fn is_plain(&self) -> bool {
        self.without.is_empty() && self.takes_seat()
    }
}

pub(crate) fn ids(services: &Services) -> BTreeSet<Uuid> {
    services.keys().copied().collect()
}

/// What is given and taken away together is one step: Microsoft refuses a licence whose services exclude those of one
/// that is still held, and nobody shall be without a licence meanwhile. So are services that are used in the place of
/// one another. Whole licences that are only given are a step each.
pub(crate) fn steps(give: Vec<Assignment>, take: Vec<Licence>) -> Vec<AccountStep> {
    let are_plain = give.iter().all(Assignment::is_plain);
    if give.is_empty() || (take.is_empty() && are_plain) {
        let given = give.into_iter().map(AccountStep::AssignLicence);
        let taken = take.into_iter().map(AccountStep::RemoveLicence);
        return given.chain(taken).collect();
    }
    at_once(give, take).into_iter().collect()
}

/// In one request; none where there is nothing to do.
pub(crate) fn at_once(mut give: Vec<Assignment>, mut take: Vec<Licence>) -> Option<AccountStep> {
    match (give.len(), take.len()) {
        (1, 0) => give.pop().map(AccountStep::AssignLicence),
        (0, 1) => take.pop().map(AccountStep::RemoveLicence),
        (0, 0) => None,
        _ => {
            give.sort_by_key(|one| one.sku);
            take.sort_by_key(|one| one.sku);
            Some(AccountStep::ChangeLicences { give, take })
        }
    }
}
