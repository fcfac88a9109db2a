//! Mail contacts, which Exchange writes: people outside with an entry in the address book. What shall be done to one,
//! step by step.

mod inverse;
mod look;
mod plan;
mod preview;
mod properties;
mod wish;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::group::unique_name;
use crate::plan::{Change, StepId};

pub(crate) use inverse::back;
pub use look::{look_at_contact, look_for_contact};
pub use plan::{plan_contact, plan_contact_change};
pub(crate) use preview::step as step_words;
pub(crate) use properties::{about, details_change, shown};
pub use wish::{ContactChange, ContactFields, ContactNow, ContactView, ContactWish};

/// What shall be done to one contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPlan {
    pub contact: ContactKey,
    pub steps: Vec<ContactStep>,
}

/// How the contact is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactKey {
    /// What people read; it may change.
    pub display_name: String,
    /// Where mail to him goes.
    pub address: String,
    #[serde(flatten)]
    pub identity: ContactIdentity,
}

/// Which contact answers to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum ContactIdentity {
    /// One that an application of ours makes under a name that no two objects of Exchange share and nobody reads.
    Ours {
        unique_name: String,
        /// Exchange's own id, once it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Uuid>,
    },
    /// One that was there before, by Exchange's own id.
    Standing { id: Uuid },
}

/// One change of the tenant. Each says under which condition it may be done and what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ContactStep {
    /// Condition: nobody else holds the address. Before: no contact.
    CreateContact(NewContact),
    /// Condition: the contact is there, as it was approved. Before: its name and its address.
    UpdateContact(Change),
    /// Condition: as above. Before: what the address book said beside them.
    UpdateDetails(Change),
    /// Before: all that is known of the contact. It is made anew where this is undone.
    DeleteContact {},
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewContact {
    pub display_name: String,
    pub address: String,
}

impl ContactKey {
    /// The object, if it was there before.
    pub fn standing(&self) -> Option<Uuid> {
        match self.identity {
            ContactIdentity::Ours { .. } => None,
            ContactIdentity::Standing { id } => Some(id),
        }
    }

    /// The object, if it is known which.
    pub fn id(&self) -> Option<Uuid> {
        match self.identity {
            ContactIdentity::Ours { id, .. } => id,
            ContactIdentity::Standing { id } => Some(id),
        }
    }

    /// The same, once the object is known.
    #[must_use]
    pub(crate) fn known_as(mut self, known: Option<Uuid>) -> Self {
        if let ContactIdentity::Ours { id, .. } = &mut self.identity {
            *id = id.or(known);
        }
        self
    }

    /// The one that is made in the place of a deleted one, and is named after it.
    #[must_use]
    pub(crate) fn anew(mut self) -> Self {
        if let Some(deleted) = self.id() {
            self.identity = ContactIdentity::Ours {
                unique_name: unique_name(&deleted.to_string()),
                id: None,
            };
        }
        self
    }
}

impl ContactStep {
    pub fn id(&self) -> StepId {
        StepId::new(match self {
            Self::CreateContact(_) => "create-contact",
            Self::UpdateContact(_) => "update-contact",
            Self::UpdateDetails(_) => "update-details",
            Self::DeleteContact {} => "delete-contact",
        })
    }
}

impl ContactPlan {
    /// The address that nobody else may take meanwhile.
    pub fn new_address(&self) -> Option<&str> {
        self.steps.iter().find_map(|step| match step {
            ContactStep::CreateContact(new) => Some(new.address.as_str()),
            ContactStep::UpdateContact(change) => change.to.get("address")?.as_str(),
            _ => None,
        })
    }
}
