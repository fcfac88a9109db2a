//! What an application asks for, after its form was mapped, and what the tenant says about it.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::ListKind;
use crate::recipient::MailPeople;
use crate::{People, PeopleTurnover};

/// A new list, as wished. Nothing here is checked against the tenant yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWish {
    /// Our application. The list carries it in its unique name.
    pub application: String,
    pub kind: ListKind,
    pub display_name: String,
    pub alias: String,
    /// The tenant's domain, for its address.
    pub domain: String,
    pub open_to_outside: bool,
    /// As the form names them; whom nobody knows has the nil id.
    pub owners: People,
    pub members: People,
    pub fields: ListFields,
}

impl ListWish {
    pub(super) fn address(&self) -> String {
        format!("{}@{}", self.alias, self.domain)
    }
}

/// What shall become of a list that is there, as wished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListChange {
    /// Its object id in Entra.
    pub list: Uuid,
    pub display_name: Option<String>,
    pub open_to_outside: Option<bool>,
    pub owners: PeopleTurnover,
    pub members: PeopleTurnover,
    /// 所有者引継ぎ: nobody who may sign in owns it, and somebody shall.
    pub adopt: bool,
    pub delete: bool,
    /// People do what a directory on premises masters; otherwise it is refused.
    pub by_hand: bool,
    pub fields: ListFields,
}

/// The form's fields behind a wish. Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFields {
    /// Which list it is.
    pub list: String,
    pub display_name: String,
    pub alias: String,
    pub add_owners: String,
    pub remove_owners: String,
    pub add_members: String,
    pub remove_members: String,
}

/// Whether an address is free, and who the people are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListView {
    pub is_taken: bool,
    pub people: MailPeople,
}

/// What the tenant says now about a list and about everything that a wish for it touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListNow {
    /// Exchange's own id.
    pub id: Uuid,
    pub kind: ListKind,
    pub display_name: String,
    pub address: String,
    pub open_to_outside: bool,
    /// Mastered by a directory on premises.
    pub synced: bool,
    /// Whether somebody who may sign in owns it.
    pub answered_for: bool,
    pub owners: BTreeSet<Uuid>,
    pub members: BTreeSet<Uuid>,
    pub people: MailPeople,
}
