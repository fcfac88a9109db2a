//! What an application asks for, after its form was mapped, and what the tenant says about it.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::Right;
use crate::recipient::MailPeople;
use crate::{People, PeopleTurnover};

/// A new shared mailbox, as wished. Nothing here is checked against the tenant yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxWish {
    /// Our application. The mailbox carries it in its unique name.
    pub application: String,
    pub display_name: String,
    pub alias: String,
    /// The tenant's domain, for its address.
    pub domain: String,
    /// As the form names them; whom nobody knows has the nil id.
    pub rights: BTreeMap<Right, People>,
    pub fields: MailboxFields,
}

impl MailboxWish {
    pub(super) fn address(&self) -> String {
        format!("{}@{}", self.alias, self.domain)
    }
}

/// What shall become of a mailbox that is there, as wished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailboxChange {
    /// The object id of its account in Entra.
    pub mailbox: Uuid,
    pub display_name: Option<String>,
    pub addresses: MailboxAddresses,
    pub rights: BTreeMap<Right, PeopleTurnover>,
    pub delete: bool,
    /// People do what a directory on premises masters; otherwise it is refused.
    pub by_hand: bool,
    pub fields: MailboxFields,
}

/// Whole addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailboxAddresses {
    /// The one from which mail is sent; the old one stays as another.
    pub primary: Option<String>,
    pub add: Option<String>,
    pub remove: Option<String>,
}

impl MailboxAddresses {
    /// Those that it perhaps has not yet.
    pub(super) fn coming(&self) -> Vec<&str> {
        let new = self.primary.iter().chain(&self.add);
        new.map(String::as_str).collect()
    }
}

/// The form's fields behind a wish. Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailboxFields {
    /// Which mailbox it is.
    pub mailbox: String,
    pub display_name: String,
    /// Of the address, or of a new one.
    pub address: String,
    pub add_address: String,
    pub remove_address: String,
    pub rights: BTreeMap<Right, TurnoverFields>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TurnoverFields {
    pub add: String,
    pub remove: String,
}

/// Whether an address is free, and who the people are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailboxView {
    pub is_taken: bool,
    pub people: MailPeople,
}

/// What the tenant says now about a mailbox and about everything that a wish for it touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxNow {
    pub display_name: String,
    pub address: String,
    pub other_addresses: BTreeSet<String>,
    /// Mastered by a directory on premises.
    pub synced: bool,
    /// Of the rights that the wish is about.
    pub rights: BTreeMap<Right, BTreeSet<Uuid>>,
    /// New addresses that somebody else has.
    pub taken: BTreeSet<String>,
    pub people: MailPeople,
}
