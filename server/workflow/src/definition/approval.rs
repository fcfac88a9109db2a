//! An approval 承認 by one, or by several 合議.

use forms::FieldKey;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::definition::{Quorum, Source, yes};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approval {
    /// Lanes; together they are asked.
    pub assignees: Vec<Source>,
    /// Counted over all lanes.
    #[serde(default = "Quorum::all")]
    pub quorum: Quorum,
    #[serde(default)]
    pub mode: Mode,
    #[serde(default)]
    pub reject: RejectPolicy,
    #[serde(default)]
    pub send_back: SendBackPolicy,
    /// 決裁: whoever decides here may finish the whole approval at once.
    #[serde(default, rename = "final", skip_serializing_if = "std::ops::Not::not")]
    pub is_final: bool,
    /// Fields that those asked may change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editable: Vec<FieldKey>,
    /// None: no deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Period>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Reminder>,
    #[serde(default)]
    pub at_deadline: AtDeadline,
    #[serde(default)]
    pub hold: Hold,
    /// 振替: whether those asked may hand their part to somebody else.
    #[serde(default = "yes")]
    pub reassign: bool,
    /// 引上げ: whether later approvers may go ahead when nothing happens here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pull_up: Option<PullUp>,
}

/// What a rejection means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Rejections can end the application.
    #[default]
    Veto,
    /// Rejections are opinions on record; the step passes when everybody has answered, or the quorum is reached.
    Opinion,
}

/// When rejections end an application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RejectPolicy {
    /// As soon as the quorum can no longer be reached.
    #[default]
    #[serde(alias = "unreachable")]
    Threshold,
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
    None,
}

/// 催促, from the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reminder {
    Before(Period),
    After(Period),
}

/// What happens at the deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", deny_unknown_fields)]
pub enum AtDeadline {
    Remind {},
    /// Others are asked too, or instead of those who have not answered.
    Escalate {
        to: Vec<Source>,
        #[serde(default)]
        replace: bool,
    },
    Approve {},
    Reject {},
    SendBack {},
    Expire {},
}

impl Default for AtDeadline {
    fn default() -> Self {
        Self::Remind {}
    }
}

impl AtDeadline {
    pub fn escalates_to(&self) -> &[Source] {
        match self {
            Self::Escalate { to, .. } => to,
            _ => &[],
        }
    }
}

/// 保留
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Hold {
    /// The deadline stays where it is.
    #[default]
    Allowed,
    /// The deadline moves by as long as the step was held.
    StopsClock,
    Forbidden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PullUp {
    /// Nobody has decided for so long.
    pub after: Period,
    /// Those passed over shall look at it afterwards 後閲 within this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_within: Option<Period>,
}
