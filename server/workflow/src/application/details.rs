//! What events are made of.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, PersonId, StepKey};
use crate::sealed::StepToken;

/// The inbox row an application came from, and which of its submissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub inbox_item: i64,
    /// 1 for the first submission.
    pub round: u32,
}

impl Source {
    /// The submission that follows.
    #[must_use]
    pub fn next(&self) -> Self {
        Self {
            round: self.round.saturating_add(1),
            ..self.clone()
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.inbox_item, self.round)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "camelCase")]
pub enum SendBackTo {
    Applicant {},
    Step { step: StepKey },
}

/// A step begins: its place in the route, and the token that stands for what is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub step: StepKey,
    /// 1, 2, 3, … within the application.
    pub asking: u32,
    pub token: StepToken,
    pub due: Option<Timestamp>,
}

/// Through what a person acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// The application's own item.
    List,
    /// A row of the inbox, which the web part writes.
    WebPart,
    Api,
    System,
}

/// The closed application that a new one undoes 取消申請 or changes 変更申請.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub original: ApplicationId,
    pub kind: LinkKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LinkKind {
    Reverse,
    Amend,
}

/// What happened at a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub enum Elapsed {
    Remind {},
    /// These are asked too, or instead of those who have not answered.
    Escalate {
        to: BTreeSet<PersonId>,
        replace: bool,
    },
    Approve {},
    Reject {},
    SendBack {},
    Expire {},
}
