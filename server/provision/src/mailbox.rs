//! Shared mailboxes, which Exchange writes, each with an account in Entra that nobody signs in with. What shall be
//! done to one, step by step.

mod inverse;
mod look;
mod plan;
mod preview;
mod wish;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::plan::{Change, StepId};
use crate::recipient::{Recipients, forget_names};

pub(crate) use inverse::back;
pub(crate) use look::{holders, other_addresses};
pub use look::{look_at_mailbox, look_for_mailbox};
pub use plan::{plan_mailbox, plan_mailbox_change};
pub(crate) use preview::step as step_words;
pub use wish::{
    MailboxAddresses, MailboxChange, MailboxFields, MailboxNow, MailboxView, MailboxWish, TurnoverFields,
};

/// What shall be done to one shared mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxPlan {
    pub mailbox: MailboxKey,
    pub steps: Vec<MailboxStep>,
}

/// How the mailbox is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailboxKey {
    /// What people read; it may change.
    pub display_name: String,
    pub address: String,
    #[serde(flatten)]
    pub identity: MailboxIdentity,
}

/// Which mailbox answers to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum MailboxIdentity {
    /// One that an application of ours makes under a name that no two objects of Exchange share and nobody reads.
    Ours {
        unique_name: String,
        /// Object id of its account in Entra, once it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Uuid>,
    },
    /// One that was there before, by the object id of its account in Entra.
    Standing { id: Uuid },
}

/// What somebody may do with a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Right {
    /// Open it, and everything in it.
    FullAccess,
    /// Send as if he were it.
    SendAs,
    /// Send on its behalf, under his own name.
    SendOnBehalf,
}

/// One change of the tenant. Each says under which condition it may be done and what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum MailboxStep {
    /// Condition: nobody else holds the address. Before: no mailbox.
    CreateMailbox(NewMailbox),
    /// Nobody signs in with the account of a new mailbox. Before: whether somebody might have.
    BlockSignIn {},
    /// Condition: the mailbox is there, as it was approved. Before: what its properties were.
    UpdateMailbox(Change),
    /// Before: who of them had the right.
    GiveRight { right: Right, people: Recipients },
    /// Before: who of them had the right.
    TakeRight { right: Right, people: Recipients },
    /// Before: the mailbox.
    DeleteMailbox {},
    /// Condition: its account lies in the recycle bin, and nobody else has its address by now.
    RestoreMailbox {},
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewMailbox {
    pub display_name: String,
    /// The part of the address before the `@`.
    pub alias: String,
}

impl Right {
    pub const ALL: [Self; 3] = [Self::FullAccess, Self::SendAs, Self::SendOnBehalf];

    /// As images name those who have it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::FullAccess => "fullAccess",
            Self::SendAs => "sendAs",
            Self::SendOnBehalf => "sendOnBehalf",
        }
    }
}

impl MailboxKey {
    /// The object, if it was there before.
    pub fn standing(&self) -> Option<Uuid> {
        match self.identity {
            MailboxIdentity::Ours { .. } => None,
            MailboxIdentity::Standing { id } => Some(id),
        }
    }

    /// The object, if it is known which.
    pub fn id(&self) -> Option<Uuid> {
        match self.identity {
            MailboxIdentity::Ours { id, .. } => id,
            MailboxIdentity::Standing { id } => Some(id),
        }
    }

    /// The same, once the object is known.
    #[must_use]
    pub(crate) fn known_as(mut self, known: Option<Uuid>) -> Self {
        if let MailboxIdentity::Ours { id, .. } = &mut self.identity {
            *id = id.or(known);
        }
        self
    }
}

impl MailboxStep {
    pub fn id(&self) -> StepId {
        let of = |way: &str, right: &Right| StepId::new(format!("{way}:{}", right.word()));
        match self {
            Self::CreateMailbox(_) => StepId::new("create-mailbox"),
            Self::BlockSignIn {} => StepId::new("block-sign-in"),
            Self::UpdateMailbox(_) => StepId::new("update-mailbox"),
            Self::GiveRight { right, .. } => of("give", right),
            Self::TakeRight { right, .. } => of("take", right),
            Self::DeleteMailbox {} => StepId::new("delete-mailbox"),
            Self::RestoreMailbox {} => StepId::new("restore-mailbox"),
        }
    }

    /// The same without names that people have and change.
    pub(crate) fn deed(&self) -> Self {
        let mut deed = self.clone();
        if let Self::GiveRight { people, .. } | Self::TakeRight { people, .. } = &mut deed {
            forget_names(people);
        }
        deed
    }
}

impl MailboxPlan {
    /// The addresses that nobody else may take meanwhile.
    pub fn new_addresses(&self) -> Vec<&str> {
        let mut new = Vec::new();
        for step in &self.steps {
            match step {
                MailboxStep::CreateMailbox(_) | MailboxStep::RestoreMailbox {} => {
                    new.push(self.mailbox.address.as_str());
                }
                MailboxStep::UpdateMailbox(change) => new.extend(added(change)),
                _ => {}
            }
        }
        new
    }
}

/// Addresses that it had not before.
fn added(change: &Change) -> impl Iterator<Item = &str> {
    let before: Vec<&str> = addresses(&change.from).collect();
    addresses(&change.to).filter(move |address| !before.contains(address))
}

fn addresses(properties: &serde_json::Map<String, serde_json::Value>) -> impl Iterator<Item = &str> {
    let others = properties
        .get("otherAddresses")
        .and_then(|others| others.as_array());
    let primary = properties.get("address").into_iter();
    primary
        .chain(others.into_iter().flatten())
        .filter_map(|address| address.as_str())
}
