//! An account that is there already: what shall become of it, and what the tenant says about it.

mod look;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::leaving::{LeaveWish, LeavingView};
use crate::{AssignedLicences, FailedLicence, GroupView, LicenceView, PersonView};

pub use look::look_at;
pub use plan::plan_change;

/// What shall become of an account, as wished. Nothing here is checked against the tenant yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeWish {
    pub account: Uuid,
    /// Properties of a Graph `user` by their names there; an empty text takes the value away.
    pub properties: BTreeMap<String, String>,
    pub manager: Option<ManagerWish>,
    pub sign_in: Option<SignIn>,
    /// Another password, which the account's manager is shown.
    pub reset_password: bool,
    pub licences: LicenceTurnover,
    pub groups: Turnover,
    /// 退職: everything goes that the account was given.
    pub leave: Option<LeaveWish>,
    pub delete: bool,
    /// People do what a directory on premises masters; otherwise it is refused.
    pub by_hand: bool,
    pub fields: ChangeFields,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManagerWish {
    Be(Uuid),
    Nobody,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    Allowed,
    Blocked,
}

/// What is given and what is taken away, by object ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turnover {
    pub add: BTreeSet<Uuid>,
    pub remove: BTreeSet<Uuid>,
}

impl Turnover {
    pub fn all(&self) -> impl Iterator<Item = Uuid> {
        self.add.union(&self.remove).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }
}

/// The same of licences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LicenceTurnover {
    pub add: AssignedLicences,
    pub remove: BTreeSet<Uuid>,
}

impl LicenceTurnover {
    pub fn all(&self) -> impl Iterator<Item = Uuid> {
        let added = self.add.keys().filter(|sku| !self.remove.contains(sku));
        added.chain(&self.remove).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }
}

/// The form's fields behind a wish, so that an issue stands where the applicant can mend it.
/// Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFields {
    pub account: String,
    pub manager: String,
    pub add_licences: String,
    pub remove_licences: String,
    pub add_groups: String,
    pub remove_groups: String,
}

/// What the tenant says now about an account and about everything that a wish for it touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    pub user_principal_name: String,
    pub display_name: String,
    /// May sign in.
    pub enabled: bool,
    /// Mastered by a directory on premises: Microsoft lets nobody change most of it here.
    pub synced: bool,
    /// Of another organisation, which alone knows the password.
    pub guest: bool,
    /// The wished properties, as Graph's JSON has them.
    pub properties: Map<String, Value>,
    pub manager: Option<(Uuid, String)>,
    /// The manager where he may sign in: a password can be handed over to him.
    pub receiver: Option<(Uuid, String)>,
    /// Licences given to the account itself, not through a group.
    pub licences: AssignedLicences,
    pub inherited_licences: BTreeSet<Uuid>,
    pub failed_licences: Vec<FailedLicence>,
    pub groups: BTreeSet<Uuid>,
    pub wanted_manager: Option<PersonView>,
    pub wanted_licences: BTreeMap<Uuid, LicenceView>,
    /// Groups that exist, of those wished.
    pub wanted_groups: BTreeMap<Uuid, GroupView>,
    /// Where somebody leaves.
    pub leaving: Option<LeavingView>,
}
