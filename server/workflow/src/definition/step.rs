//! Steps of a definition: what each is, when it is taken, and where it leads.

use forms::Label;
use serde::{Deserialize, Serialize};

use crate::condition::{BY_HAND, Condition, Name, PLAN};
use crate::definition::{Approval, Automatic, Circulation, ManualWork, PlacedExecution, PostReview, Source};
use crate::ids::StepKey;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    pub key: StepKey,
    pub title: Label,
    /// None: always. Where it does not hold, the step is skipped and the way goes on from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The first that holds says what follows; otherwise the next step of the list does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Branch>,
    pub kind: Kind,
}

/// A way on from a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    pub to: Target,
}

/// `end`, or a step's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Target {
    End,
    Step(StepKey),
}

/// What [`Target::End`] is called.
pub(crate) const END: &str = "end";

impl From<String> for Target {
    fn from(text: String) -> Self {
        if text == END {
            Self::End
        } else {
            Self::Step(StepKey::new(text))
        }
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        match target {
            Target::End => END.to_owned(),
            Target::Step(step) => step.into(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// 承認, by several 合議
    Approval(Approval),
    /// 回覧・確認
    Circulation(Circulation),
    /// 後閲
    PostReview(PostReview),
    /// 自動
    Automatic(Automatic),
    /// 手動作業
    ManualWork(ManualWork),
    /// 実行
    Execution(PlacedExecution),
}

impl Step {
    /// The condition of work on what a directory on premises masters.
    pub(crate) const WHEN_BY_HAND: &str = "plan.byHand > 0";

    /// 手動作業 that depends on whether there is anything to do by hand.
    pub(crate) fn asks_for_work_by_hand(&self) -> bool {
        let by_hand = Name::new(PLAN, BY_HAND);
        let names = self.when.iter().flat_map(Condition::names);
        matches!(self.kind, Kind::ManualWork(_)) && names.into_iter().any(|name| *name == by_hand)
    }

    /// Where its people come from; none for an automatic step, and for the execution.
    pub fn sources(&self) -> &[Source] {
        match &self.kind {
            Kind::Approval(approval) => &approval.assignees,
            Kind::Circulation(circulation) => &circulation.readers,
            Kind::PostReview(review) => &review.reviewers,
            Kind::ManualWork(work) => &work.workers,
            Kind::Automatic(_) | Kind::Execution(_) => &[],
        }
    }

    /// Every source that it can name somebody from, escalation included.
    pub fn all_sources(&self) -> Vec<&Source> {
        let further = match &self.kind {
            Kind::Approval(approval) => approval.at_deadline.escalates_to(),
            _ => &[],
        };
        let sources = self.sources().iter().chain(further);
        sources.flat_map(Source::with_inner).collect()
    }
}
