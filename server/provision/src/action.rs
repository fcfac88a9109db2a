//! 他システムへの依頼: what systems outside Microsoft 365 are asked to do, call by call. Nothing of theirs can be looked
//! up, so each call names itself: one that is made twice is one call for them.

mod failure;
mod inverse;
mod preview;

use forms::Label;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::StepId;

pub use failure::CallFailure;
pub(crate) use inverse::{back, kept};
pub(crate) use preview::step as step_words;

/// What other systems are asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionPlan {
    /// The application on account of which the calls are made; of a way back, the one that is undone.
    pub order: String,
    pub steps: Vec<ActionStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub enum ActionStep {
    Call(Call),
    /// Asks for the undoing of that call.
    UndoCall(Call),
}

/// What one system is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// Its key in the definition.
    pub call: String,
    pub title: Label,
    /// By its name in the server's configuration.
    pub destination: String,
    /// The host that the name stood for when it was planned.
    pub host: String,
    pub sent: Vec<Sent>,
    /// How long the other system's answer is waited for; none: it is done with the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_within: Option<Label>,
    /// The other system can undo it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undo: bool,
}

/// One answer of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub field: String,
    pub label: Label,
    /// As people read it.
    pub shown: Label,
    pub value: Value,
}

impl ActionStep {
    pub fn id(&self) -> StepId {
        match self {
            Self::Call(call) => StepId::new(format!("call:{}", call.call)),
            Self::UndoCall(call) => StepId::new(format!("undo-call:{}", call.call)),
        }
    }

    pub fn call(&self) -> &Call {
        match self {
            Self::Call(call) | Self::UndoCall(call) => call,
        }
    }

    /// What the other system knows the call by, and the undoing of it too. Letters, digits, `-` and `_`.
    pub fn key(&self, order: &str) -> String {
        format!("{order}_{}", self.call().call)
    }

    /// What begins the ids of the messages that ask for it.
    pub fn message(&self, order: &str) -> String {
        match self {
            Self::Call(_) => self.key(order),
            Self::UndoCall(_) => format!("{}_undo", self.key(order)),
        }
    }

    /// Whether the two do the same, whatever it is called.
    fn is_like(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.call(), other.call());
        let is_waited_for = |call: &Call| call.answer_within.is_some();
        self.id() == other.id()
            && (&mine.destination, &mine.host) == (&theirs.destination, &theirs.host)
            && mine.sent.len() == theirs.sent.len()
            && mine.sent.iter().zip(&theirs.sent).all(|(a, b)| a.is_like(b))
            && (is_waited_for(mine), mine.undo) == (is_waited_for(theirs), theirs.undo)
    }
}

impl Sent {
    fn is_like(&self, other: &Self) -> bool {
        (&self.field, &self.value) == (&other.field, &other.value)
    }
}

impl ActionPlan {
    /// Whether the two do the same.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.order == other.order
            && self.steps.len() == other.steps.len()
            && self.steps.iter().zip(&other.steps).all(|(a, b)| a.is_like(b))
    }
}
