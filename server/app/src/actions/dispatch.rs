//! How far one call is: kept as a document beside the application, which it can be made from anew. Losing it sends the
//! same message once more, under the same id.

use std::collections::BTreeMap;

use jiff::Timestamp;
use provision::ActionStep;
use serde::{Deserialize, Serialize};
use store::{ApplicationId, Document, Shelf, Tx};
use workflow::{Hash, PlanStepId};

use super::Answer;
use crate::evidence::EvidenceError;
use crate::jobs::JobError;
use crate::service::Service;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dispatch {
    pub(crate) application: ApplicationId,
    pub(crate) step: PlanStepId,
    pub(crate) destination: String,
    /// What the ids of its messages begin with.
    pub(crate) message: String,
    /// From 1. The next one begins when the other system has said no: the same id would get the same no.
    pub(crate) attempt: u32,
    pub(crate) begun: Timestamp,
    /// Whether an answer is waited for.
    pub(crate) waits: bool,
    /// The other system has taken the message.
    pub(crate) taken: bool,
    /// When the answer that is waited for is too late.
    pub(crate) due: Option<Timestamp>,
    /// What the other system said, until the application knows it.
    pub(crate) answer: Option<Answer>,
    /// Ids of the messages that counted, and what they said.
    pub(crate) heard: BTreeMap<String, Hash>,
}

/// What is to be done about a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Standing {
    Unsent,
    /// Until then.
    Waits(Timestamp),
    Overdue,
    Answered(Answer),
}

impl Dispatch {
    pub(crate) fn new(
        (application, step): (&ApplicationId, &PlanStepId),
        (order, deed): (&str, &ActionStep),
        now: Timestamp,
    ) -> Self {
        Self {
            application: application.clone(),
            step: step.clone(),
            destination: deed.call().destination.clone(),
            message: deed.message(order),
            attempt: 1,
            begun: now,
            // Of the way back only the taking is waited for.
            waits: matches!(deed, ActionStep::Call(call) if call.answer_within.is_some()),
            taken: false,
            due: None,
            answer: None,
            heard: BTreeMap::new(),
        }
    }

    /// The id of the message, the same however often it is sent.
    pub(crate) fn id(&self) -> String {
        format!("{}_{}", self.message, self.attempt)
    }

    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match (&self.answer, self.due) {
            (Some(answer), _) => Standing::Answered(answer.clone()),
            (None, Some(due)) if self.taken && now >= due => Standing::Overdue,
            (None, Some(due)) if self.taken => Standing::Waits(due),
            (None, _) => Standing::Unsent,
        }
    }

    /// About to be sent, with an answer due then.
    #[must_use]
    pub(crate) fn sending(mut self, due: Option<Timestamp>) -> Self {
        self.taken = false;
        self.due = due;
        self
    }

    /// Nobody answered: the same message is to be sent again.
    #[must_use]
    pub(crate) fn again(mut self) -> Self {
        self.taken = false;
        self
    }

    /// The other system said no: what is sent next is another message.
    #[must_use]
    pub(crate) fn anew(mut self) -> Self {
        self.attempt += 1;
        self.taken = false;
        self.due = None;
        self.answer = None;
        self
    }

    pub(crate) async fn keep(&self, tx: &mut Tx, name: &str, at: Timestamp) -> Result<(), JobError> {
        let body = serde_json::to_value(self).map_err(|error| JobError::unreadable("a call", &error))?;
        let name = name.to_owned();
        Ok(tx.put(Shelf::Call, &Document { name, body, at }).await?)
    }

    pub(crate) async fn find(tx: &mut Tx, name: &str) -> Result<Option<Self>, JobError> {
        let kept = tx.get(Shelf::Call, name).await?;
        let read = kept.map(|kept| serde_json::from_value(kept.body));
        read.transpose()
            .map_err(|error| JobError::unreadable("a call", &error))
    }
}

/// The last part of the address at which a call is answered. Nobody can guess it, and no table has to remember it.
pub(crate) fn capability(service: &Service, message: &str) -> Result<String, EvidenceError> {
    service
        .evidence
        .derive(&format!("answer to {}/{message}", service.tenant))
}

/// Under which name the call of this capability is kept: looking it up tells nothing of the capability.
pub(crate) fn name_of(capability: &str) -> String {
    Hash::of(capability.as_bytes()).to_string()
}
