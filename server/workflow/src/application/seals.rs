//! What an event seals: the form, what would be done, and what is asked about both.

use crate::application::{Event, Opening};
use crate::sealed::{Payload, Plan};

impl Event {
    /// The form, from this event on.
    pub fn payload(&self) -> Option<&Payload> {
        match self {
            Self::Submitted(submitted) => Some(&submitted.payload),
            Self::Resubmitted { payload, .. } | Self::Edited { payload, .. } => Some(payload),
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

    /// The step that it opens.
    pub fn opening(&self) -> Option<&Opening> {
        match self {
            Self::StepPassed { opening }
            | Self::SentBackToStep { opening, .. }
            | Self::TakenBack { opening, .. }
            | Self::PulledUp { opening, .. }
            | Self::Edited { opening, .. }
            | Self::PlanChanged { opening, .. }
            | Self::WorkOpened { opening }
            | Self::AskedAgain { opening, .. } => Some(opening),
            Self::Accepted { opening, .. } | Self::RouteChanged { opening, .. } => opening.as_ref(),
            _ => None,
        }
    }
}
