//! Who did what an event tells.

use serde::{Deserialize, Serialize};

use crate::application::{Event, Source, Submitted};
use crate::ids::PersonId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Actor {
    Service,
    Person(PersonId),
}

impl Event {
    /// In whose place a deputy did it.
    pub fn on_behalf_of(&self) -> Option<&PersonId> {
        match self {
            Self::Decided { on_behalf_of, .. }
            | Self::Held { on_behalf_of, .. }
            | Self::Released { on_behalf_of, .. }
            | Self::Confirmed { on_behalf_of, .. }
            | Self::SentBack { on_behalf_of, .. }
            | Self::SentBackToStep { on_behalf_of, .. }
            | Self::PulledUp { on_behalf_of, .. }
            | Self::Acknowledged { on_behalf_of, .. }
            | Self::Objected { on_behalf_of, .. }
            | Self::Edited { on_behalf_of, .. }
            | Self::WorkDone { on_behalf_of, .. }
            | Self::WorkDeclined { on_behalf_of, .. } => on_behalf_of.as_ref(),
            _ => None,
        }
    }

    pub fn actor(&self) -> Actor {
        match self {
            Self::Submitted(submitted) => submitted.actor(),
            Self::Resubmitted { by, .. }
            | Self::Decided { by, .. }
            | Self::Held { by, .. }
            | Self::Released { by, .. }
            | Self::Confirmed { by, .. }
            | Self::SentBack { by, .. }
            | Self::SentBackToStep { by, .. }
            | Self::AskedAgain { by, .. }
            | Self::PulledBack { by }
            | Self::TakenBack { by, .. }
            | Self::Reassigned { by, .. }
            | Self::PulledUp { by, .. }
            | Self::Acknowledged { by, .. }
            | Self::Objected { by, .. }
            | Self::ObjectionSettled { by, .. }
            | Self::Edited { by, .. }
            | Self::RouteChanged { by, .. }
            | Self::Cancelled { by, .. }
            | Self::Halted { by, .. }
            | Self::WorkDone { by, .. }
            | Self::WorkDeclined { by, .. }
            | Self::CompensationStarted { by, .. }
            | Self::Attached { by: Some(by), .. }
            | Self::Withdrawn { by, .. }
            | Self::Retried { by }
            | Self::DeletionsAllowed { by, .. }
            | Self::StepSkipped { by, .. }
            | Self::NotCounted { by, .. }
            | Self::PasswordShown { to: by }
            | Self::AcceptedAsIs { by, .. } => Actor::Person(by.clone()),
            _ => Actor::Service,
        }
    }
}

impl Submitted {
    /// Who typed it.
    fn actor(&self) -> Actor {
        match self.source {
            Source::Row { .. } => Actor::Person(self.drafter.as_ref().unwrap_or(&self.applicant).clone()),
            Source::End { .. } | Source::Search { .. } => Actor::Service,
        }
    }
}
