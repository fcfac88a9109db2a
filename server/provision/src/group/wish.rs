//! What an application asks for, after its form was mapped, and what the tenant says about it.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{GroupKind, People, TeamNow, TeamWish, Visibility};
use crate::PersonView;

/// A new group, as wished. Nothing here is checked against the tenant yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupWish {
    /// Our application. The group carries it in its unique name.
    pub application: String,
    pub kind: GroupKind,
    pub display_name: String,
    pub mail_nickname: String,
    /// The tenant's domain, for its address.
    pub domain: String,
    pub description: String,
    pub visibility: Visibility,
    /// Whether Teams shows it.
    pub team: bool,
    /// As the form names them; whom nobody knows has the nil id.
    pub owners: People,
    pub members: People,
    pub fields: GroupFields,
}

/// The form's fields behind a wish. Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupFields {
    pub display_name: String,
    pub mail_nickname: String,
    pub description: String,
    pub owners: String,
    pub members: String,
}

impl GroupWish {
    pub(super) fn address(&self) -> String {
        format!("{}@{}", self.mail_nickname, self.domain)
    }
}

/// What shall become of a group that is there, as wished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupChange {
    pub group: Uuid,
    pub display_name: Option<String>,
    pub description: Option<String>,
    pub visibility: Option<Visibility>,
    pub owners: PeopleTurnover,
    pub members: PeopleTurnover,
    /// It must be a team then.
    pub team: Option<TeamWish>,
    /// 所有者引継ぎ: nobody who may sign in owns it, and somebody shall.
    pub adopt: bool,
    pub delete: bool,
    /// People do what a directory on premises masters; otherwise it is refused.
    pub by_hand: bool,
    pub fields: GroupChangeFields,
}

/// Who comes and who goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleTurnover {
    pub add: People,
    pub remove: People,
}

impl PeopleTurnover {
    pub(crate) fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }
}

/// The form's fields behind a change. Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupChangeFields {
    pub group: String,
    pub display_name: String,
    pub description: String,
    pub visibility: String,
    pub add_owners: String,
    pub remove_owners: String,
    pub add_members: String,
    pub remove_members: String,
}

/// Whether a name is free, and who the people are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameView {
    /// What holds the wished name or address, the recycle bin included.
    pub holders: Vec<Uuid>,
    /// Those of the wished people who exist.
    pub people: GroupPeople,
}

/// Those who exist.
pub type GroupPeople = BTreeMap<Uuid, PersonView>;

/// What the tenant says now about a group and about everything that a wish for it touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupNow {
    pub display_name: String,
    pub description: String,
    pub kind: GroupKind,
    /// Mastered by a directory on premises.
    pub synced: bool,
    /// Whether Graph may write it: Exchange's lists and groups with a rule are not.
    pub writable: bool,
    /// None: it has none.
    pub visibility: Option<Visibility>,
    /// Whether somebody who may sign in owns it.
    pub answered_for: bool,
    pub owners: BTreeSet<Uuid>,
    /// Of a team all who are in it.
    pub members: BTreeSet<Uuid>,
    /// None: it is no team, or nobody asked.
    pub team: Option<TeamNow>,
    /// Of the new name.
    pub name: NameView,
}
