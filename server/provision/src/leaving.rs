//! 退職: what is taken from an account whose owner leaves, and who gets what he leaves behind.

mod inverse;
mod look;
mod plan;
mod preview;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::account::{Colleague, Forward};

pub(crate) use inverse::back;
pub(crate) use look::look;
pub(crate) use plan::{freed, mailbox};
pub(crate) use preview::words;

/// Everything that the account itself was given goes, and its mailbox becomes shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeaveWish {
    /// Who opens the mailbox; none: the manager.
    pub access: Option<Uuid>,
    /// Whom mail goes on to; none: nobody.
    pub forward: Option<Uuid>,
    pub fields: LeaveFields,
}

/// The form's fields behind it. Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeaveFields {
    pub access: String,
    pub forward: String,
}

/// What the tenant says about what is left behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeavingView {
    /// None: the account has no mailbox.
    pub mailbox: Option<LeavingMailbox>,
    /// Those whom the wish means, if they are there and may sign in.
    pub access: Option<Colleague>,
    pub forward: Option<Colleague>,
    /// The groups that the account belongs to itself.
    pub belongs: BTreeMap<Uuid, Belonging>,
    /// What the tenant's licences are called.
    pub licences: BTreeMap<Uuid, String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeavingMailbox {
    pub shared: bool,
    pub forward: Option<Forward>,
    /// Whether the one who shall open it does so already.
    pub opened: bool,
}

/// A group by who takes somebody out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Belonging {
    Group {
        name: String,
    },
    /// Exchange does.
    List {
        name: String,
    },
    /// A rule fills it, or a directory on premises masters it: nobody does here.
    Fixed,
}
