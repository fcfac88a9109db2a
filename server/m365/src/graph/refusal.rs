//! Refusals that Graph tells by words alone: it has one code for all bad requests. The words are English, whatever
//! the tenant's language.

use crate::{Error, Service};

/// Why a request was refused, where a person can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A group keeps one owner: name another first.
    LastOwner,
    /// A distribution list or mail-enabled security group: Exchange's to write.
    ExchangeGroup,
    /// No licence without a usage location.
    NoUsageLocation,
    /// Every seat is taken.
    NoSeats,
    /// The tenant has no such product.
    UnknownProduct,
    /// A group gives the licence: take the user out of the group.
    InheritedLicence,
    /// Services of licences need or exclude one another.
    ServicePlans,
}

const WORDS: [(&str, Refusal); 8] = [
    ("must have at least one owner", Refusal::LastOwner),
    (
        "mail-enabled security groups and or distribution list",
        Refusal::ExchangeGroup,
    ),
    ("invalid usage location", Refusal::NoUsageLocation),
    ("does not have any available licenses", Refusal::NoSeats),
    (
        "does not correspond to a valid company License",
        Refusal::UnknownProduct,
    ),
    ("inherited from a group membership", Refusal::InheritedLicence),
    ("are mutually exclusive", Refusal::ServicePlans),
    ("depends on the service plan", Refusal::ServicePlans),
];

impl Error {
    /// Why Graph refused a request, if it is one of these.
    pub fn refusal(&self) -> Option<Refusal> {
        if self.service != Service::Graph || self.status != Some(400) {
            return None;
        }
        let told = WORDS.iter().find(|(words, _)| self.message.contains(words));
        told.map(|(_, refusal)| *refusal)
    }
}
