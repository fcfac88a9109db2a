//! What an event seals: the form, and what would be done.

use crate::application::Event;
use crate::sealed::{Payload, Plan};

impl Event {
    /// The form, from this event on.
    pub fn payload(&self) -> Option<&Payload> {
        match self {
            Self::Submitted { payload, .. }
            | Self::Resubmitted { payload, .. }
            | Self::Edited { payload, .. } => Some(payload),
            _ => None,
        }
    }

    /// What would be done, from this event on.
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Accepted { plan, .. } | Self::Edited { plan, .. } | Self::PlanChanged { plan, .. } => {
                Some(plan)
            }
            _ => None,
        }
    }
}
