//! Steps of a definition.

use std::collections::BTreeMap;

use forms::{FieldKey, Label};
use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, PersonId, StepKey};

/// An approval 承認 by one, or by several 合議.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approval {
    pub key: StepKey,
    pub title: Label,
    pub assignees: Assignees,
    pub quorum: Quorum,
    #[serde(default)]
    pub reject: RejectPolicy,
    #[serde(default)]
    pub send_back: SendBackPolicy,
    /// Days until the step is late; none: no deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_days: Option<u32>,
}

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "camelCase", deny_unknown_fields)]
pub enum Assignees {
    /// The manager of the applicant; of his manager with 2, and so on.
    ApplicantManager {
        #[serde(default = "one")]
        levels: u8,
    },
    Group {
        group: GroupId,
    },
    /// Everyone whose `department` is this and, if given, whose post is that.
    Department {
        department: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<String>,
    },
    People {
        people: Vec<PersonId>,
    },
}

fn one() -> u8 {
    1
}

/// How many of those asked must approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "camelCase", deny_unknown_fields)]
pub enum Quorum {
    All {},
    Any {},
    /// This many.
    N {
        n: u32,
    },
    /// This share, rounded up.
    Percent {
        percent: u32,
    },
}

impl Quorum {
    /// Approvals needed when so many are asked; never none.
    pub fn needed(self, asked: u32) -> u32 {
        match self {
            Self::All {} => asked.max(1),
            Self::Any {} => 1,
            Self::N { n } => n,
            Self::Percent { percent } => asked.saturating_mul(percent).div_ceil(100).max(1),
        }
    }
}

/// When rejections end an application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RejectPolicy {
    /// As soon as the quorum can no longer be reached.
    #[default]
    Unreachable,
    /// The first one: everybody has a veto.
    First,
}

/// Where an approver may send an application back to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SendBackPolicy {
    #[default]
    ApplicantOrEarlier,
    Applicant,
}

/// What is carried out after the last approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Execution {
    pub title: Label,
    pub plan: PlanMapping,
}

/// Which answers go into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "action",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum PlanMapping {
    /// A new account in Entra ID.
    CreateUser {
        /// Local part of the user principal name.
        upn_local: FieldKey,
        /// Property of a Microsoft Graph `user` to a template of answers, such as `{lastName} {firstName}`.
        properties: BTreeMap<String, String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        manager: Option<FieldKey>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        licence: Option<FieldKey>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        groups: Option<FieldKey>,
    },
}

impl PlanMapping {
    /// The fields that a template names, in order.
    pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
        template
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }
}
