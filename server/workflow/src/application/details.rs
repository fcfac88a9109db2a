//! What events are made of.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, PersonId, StepKey, WorkflowKey};
use crate::sealed::{Payload, StepToken};

/// A first submission, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submitted {
    pub application: ApplicationId,
    pub number: String,
    pub workflow: WorkflowKey,
    pub definition_version: u32,
    pub applicant: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafter: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    pub viewers: Vec<PersonId>,
    pub source: Source,
    pub payload: Payload,
}

/// What an application came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Source {
    /// A row of the inbox, and which of its submissions: 1 for the first.
    Row { inbox_item: i64, round: u32 },
    /// The end of what this application gave: nobody wrote it.
    End { ended: ApplicationId },
    /// A search found what this application is to mend, and nobody wrote it. What was found, when, and which of the
    /// application's submissions: 1 for the first.
    Search {
        found: String,
        at: Timestamp,
        round: u32,
    },
}

impl Source {
    pub fn inbox_item(&self) -> Option<i64> {
        match self {
            Self::Row { inbox_item, .. } => Some(*inbox_item),
            Self::End { .. } | Self::Search { .. } => None,
        }
    }

    /// Nobody applied for it: what was given came to its end.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::End { .. })
    }

    pub fn round(&self) -> u32 {
        match self {
            Self::Row { round, .. } | Self::Search { round, .. } => *round,
            Self::End { .. } => 1,
        }
    }

    /// The submission that follows.
    #[must_use]
    pub fn next(&self) -> Self {
        match self {
            Self::Row { inbox_item, round } => Self::Row {
                inbox_item: *inbox_item,
                round: round.saturating_add(1),
            },
            Self::Search { found, at, round } => Self::Search {
                found: found.clone(),
                at: *at,
                round: round.saturating_add(1),
            },
            Self::End { .. } => self.clone(),
        }
    }
}

/// As `PFSource` shows it.
impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row { inbox_item, round } => write!(f, "{inbox_item}.{round}"),
            Self::End { ended } => write!(f, "end.{ended}"),
            Self::Search { found, at, round } => write!(f, "search.{found}.{}.{round}", at.as_second()),
        }
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

/// The closed application that a new one undoes 取消申請, changes 変更申請 or renews 更新申請.
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
    /// 更新申請: it stands longer.
    Renew,
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
