//! How each step of the route stands, and what is to be said of the application beside its state.

use serde::{Deserialize, Serialize};

use crate::application::{Application, Asking, Case, Notice, NoticeKind, Progress, State, Stopped, Verdict};
use crate::definition::{Definition, Kind, SendBackPolicy};
use crate::ids::StepKey;
use crate::route::{RouteStep, SkipReason};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "why", rename_all = "camelCase")]
pub enum StepState {
    /// 未到達
    Waiting,
    /// 処理中
    Active,
    /// 保留
    Held,
    /// 承認済
    Passed,
    /// 差戻し
    Returned,
    /// 却下
    Refused,
    Skipped(SkipReason),
    /// 失効: passed once, and to be decided anew
    Superseded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Flag {
    /// 期限超過
    Late,
    /// 後閲未了
    PostReviewOpen,
    /// 異議あり: an administrator has to look
    Objection,
}

impl Application {
    /// What was accepted, where that is still known.
    pub fn case(&self) -> Option<&Case> {
        match &self.state {
            State::Approved { case, .. } | State::Rejected { case } | State::Expired { case } => Some(case),
            State::InApproval(review)
            | State::NeedsAttention {
                stopped: Stopped::Review(review),
                ..
            } => Some(&review.case),
            State::ManualWork(working) => Some(&working.progress.case),
            State::Executing(progress)
            | State::Compensating(progress)
            | State::Completed { progress, .. } => Some(&progress.case),
            State::NeedsAttention {
                stopped:
                    Stopped::Execution(progress) | Stopped::Compensation(progress) | Stopped::Deletions(progress),
                ..
            } => Some(&progress.case),
            State::Cancelled { progress, .. } => progress.as_ref().map(|progress| &progress.case),
            State::Submitted { .. }
            | State::SentBack { .. }
            | State::PulledBack {}
            | State::Withdrawn { .. } => None,
        }
    }

    /// Every step of the route in order, as far as there is one.
    pub fn steps(&self, definition: &Definition) -> Vec<(StepKey, StepState)> {
        let steps = self.route().into_iter().flat_map(|route| &route.steps);
        steps
            .map(|step| (step.key.clone(), self.step_state(definition, step)))
            .collect()
    }

    /// Approvals before the one that stands to which it may be sent back, besides the applicant.
    pub fn send_back_targets(&self, definition: &Definition) -> Vec<StepKey> {
        let Some(review) = self.review() else {
            return Vec::new();
        };
        let policy = definition
            .approval(&review.asking.step)
            .map(|step| step.send_back);
        if policy != Some(SendBackPolicy::ApplicantOrEarlier) {
            return Vec::new();
        }
        let steps = review.case.route.steps.iter();
        let earlier = steps.take_while(|step| step.key != review.asking.step);
        let asked = earlier.filter(|step| step.is_asked() && definition.approval(&step.key).is_some());
        asked.map(|step| step.key.clone()).collect()
    }

    fn step_state(&self, definition: &Definition, step: &RouteStep) -> StepState {
        if let Some(why) = step.skipped {
            return StepState::Skipped(why);
        }
        let current = self
            .review()
            .map(|review| &review.asking)
            .or_else(|| self.asking());
        if current.is_some_and(|asking| asking.step == step.key) {
            let is_held = self.review().is_some_and(|review| review.held_by.is_some());
            return if is_held {
                StepState::Held
            } else {
                StepState::Active
            };
        }
        let round = self.round();
        let mut past = self.past.iter().rev().filter(|asking| asking.round == round);
        match past.find(|asking| asking.step == step.key) {
            Some(asking) => outcome(asking),
            None => self.unopened(definition, step),
        }
    }

    /// A step that nobody was asked at so far.
    fn unopened(&self, definition: &Definition, step: &RouteStep) -> StepState {
        let kind = definition.step(&step.key).map(|step| &step.kind);
        if matches!(kind, Some(Kind::Execution(_))) {
            return self.execution();
        }
        let is_over = match kind {
            Some(Kind::Approval(_) | Kind::Automatic(_) | Kind::Circulation(_)) => self.review().is_none(),
            _ => self.is_closed(),
        };
        let is_sent = self.notices.iter().any(|notice| notice.step == step.key);
        if is_sent || (is_over && step.outcome.is_some()) {
            StepState::Passed
        } else if is_over && self.is_approved() {
            StepState::Skipped(SkipReason::Rule)
        } else {
            StepState::Waiting
        }
    }

    /// How far the execution is that stands among the steps.
    fn execution(&self) -> StepState {
        let is_done = |progress: &Progress| progress.open().next().is_none();
        match &self.state {
            State::Executing(_) | State::Compensating(_) => StepState::Active,
            State::NeedsAttention {
                stopped: Stopped::Execution(_) | Stopped::Compensation(_) | Stopped::Deletions(_),
                ..
            } => StepState::Held,
            State::ManualWork(working) if is_done(&working.progress) => StepState::Passed,
            State::Completed { .. } => StepState::Passed,
            _ => StepState::Waiting,
        }
    }

    fn is_approved(&self) -> bool {
        !matches!(self.state, State::Rejected { .. } | State::Expired { .. })
    }

    pub fn flags(&self) -> Vec<Flag> {
        let is_late = match &self.state {
            State::InApproval(review) => review.is_late,
            State::ManualWork(working) => working.is_late,
            _ => false,
        };
        let reviews = || {
            let post = |notice: &&Notice| notice.kind == NoticeKind::PostReview;
            self.notices.iter().filter(post)
        };
        let is_open = reviews().any(|notice| notice.open().next().is_some());
        let has_objection = reviews().any(|notice| notice.objections().next().is_some());
        [
            (is_late, Flag::Late),
            (is_open, Flag::PostReviewOpen),
            (has_objection, Flag::Objection),
        ]
        .into_iter()
        .filter_map(|(raised, flag)| raised.then_some(flag))
        .collect()
    }
}

fn outcome(asking: &Asking) -> StepState {
    let verdicts: Vec<Verdict> = asking.verdicts().collect();
    if verdicts.contains(&Verdict::SendBack) {
        StepState::Returned
    } else if verdicts
        .iter()
        .any(|verdict| matches!(verdict, Verdict::Approve | Verdict::Finish))
    {
        StepState::Passed
    } else if verdicts.contains(&Verdict::Reject) {
        StepState::Refused
    } else {
        StepState::Superseded
    }
}
