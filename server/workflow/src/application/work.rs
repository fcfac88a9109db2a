//! Work items of a step, and when they settle it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::definition::{Approval, ManualWork, Mode, Quorum, RejectPolicy};
use crate::ids::{PersonId, StepKey};

/// One opening of a step: who was asked and what they said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub step: StepKey,
    pub round: u32,
    /// 1, 2, 3, … within the application.
    pub number: u32,
    pub items: Vec<WorkItem>,
    /// People who are asked at another step and count here as having approved.
    #[serde(default)]
    pub waived: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    pub person: PersonId,
    pub state: ItemState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    Approve,
    /// 承認終了: approved, and nobody further is asked.
    Finish,
    Reject,
    SendBack,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum ItemState {
    /// 未処理
    Pending,
    /// 処理済; 代理処理済 if somebody did it in his place
    Done {
        verdict: Verdict,
        at: Timestamp,
        /// The deputy who did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    /// 失効: was decided, and counts no more
    Superseded {
        verdict: Verdict,
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    /// 不要: others decided, or the asking ended
    Cancelled,
    /// 振替済
    Reassigned { to: PersonId },
    /// 期限切れ
    TimedOut,
    /// 後閲待ち: a later approver went ahead; what becomes of it stands in the notices.
    PassedOver,
}

impl WorkItem {
    pub fn pending(person: PersonId) -> Self {
        Self {
            person,
            state: ItemState::Pending,
        }
    }

    fn is_pending(&self) -> bool {
        self.state == ItemState::Pending
    }
}

impl Asking {
    pub fn item(&self, person: &PersonId) -> Option<&WorkItem> {
        let mut items = self.items.iter().filter(|item| item.person == *person);
        let first = items.clone().next();
        // Whoever was asked again after a hand-over has two: the open one is meant.
        items.find(|item| item.is_pending()).or(first)
    }

    pub fn pending(&self) -> impl Iterator<Item = &PersonId> {
        let open = self.items.iter().filter(|item| item.is_pending());
        open.map(|item| &item.person)
    }

    pub fn is_pending(&self, person: &PersonId) -> bool {
        self.pending().any(|pending| pending == person)
    }

    pub fn has_decision(&self) -> bool {
        let done = |item: &WorkItem| matches!(item.state, ItemState::Done { .. });
        self.items.iter().any(done)
    }

    /// Everyone who was asked, or acted.
    pub fn people(&self) -> impl Iterator<Item = &PersonId> {
        let acted = self.items.iter().filter_map(|item| match &item.state {
            ItemState::Done { by, .. } | ItemState::Superseded { by, .. } => by.as_ref(),
            _ => None,
        });
        self.items.iter().map(|item| &item.person).chain(acted)
    }

    pub(super) fn record(
        &mut self,
        (person, by): (&PersonId, Option<&PersonId>),
        verdict: Verdict,
        at: Timestamp,
    ) -> bool {
        let by = by.cloned();
        self.turn(person, ItemState::Done { verdict, at, by })
    }

    /// Gives a pending item its end.
    pub(super) fn turn(&mut self, person: &PersonId, into: ItemState) -> bool {
        let open = |item: &&mut WorkItem| item.person == *person && item.is_pending();
        let Some(item) = self.items.iter_mut().find(open) else {
            return false;
        };
        item.state = into;
        true
    }

    /// Those who were still asked need not answer any more.
    pub(super) fn turn_pending(&mut self, into: &ItemState) {
        let open = self.items.iter_mut().filter(|item| item.is_pending());
        open.for_each(|item| item.state = into.clone());
    }

    /// What was decided counts no more.
    pub(super) fn supersede(&mut self) {
        self.turn_pending(&ItemState::Cancelled);
        for item in &mut self.items {
            if let ItemState::Done { verdict, at, by } = &item.state {
                item.state = ItemState::Superseded {
                    verdict: *verdict,
                    at: *at,
                    by: by.clone(),
                };
            }
        }
    }

    /// Verdicts that stand.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict> {
        self.items.iter().filter_map(|item| match item.state {
            ItemState::Done { verdict, .. } => Some(verdict),
            _ => None,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally {
    Open,
    Passed,
    Rejected,
}

/// How the verdicts of a step are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    pub quorum: Quorum,
    pub mode: Mode,
    pub reject: RejectPolicy,
}

impl From<&Approval> for Rules {
    fn from(approval: &Approval) -> Self {
        Self {
            quorum: approval.quorum,
            mode: approval.mode,
            reject: approval.reject,
        }
    }
}

impl From<&ManualWork> for Rules {
    fn from(work: &ManualWork) -> Self {
        Self {
            quorum: work.quorum,
            mode: Mode::Veto,
            reject: RejectPolicy::Threshold,
        }
    }
}

/// Counts the verdicts of one asking; settles as early as the outcome is certain.
pub fn tally(asking: &Asking, rules: Rules) -> Tally {
    let count = |verdicts: &[Verdict]| {
        let found = asking.verdicts().filter(|verdict| verdicts.contains(verdict));
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    let approved = count(&[Verdict::Approve, Verdict::Finish]) + asking.waived;
    let rejected = count(&[Verdict::Reject]);
    let pending = u32::try_from(asking.pending().count()).unwrap_or(u32::MAX);
    let needed = rules.quorum.needed(asked(asking));
    if approved >= needed && !(rules.is_vetoed(rejected)) {
        Tally::Passed
    } else if rules.mode == Mode::Opinion {
        if pending == 0 { Tally::Passed } else { Tally::Open }
    } else if rules.is_vetoed(rejected) || approved.saturating_add(pending) < needed {
        Tally::Rejected
    } else {
        Tally::Open
    }
}

impl Rules {
    fn is_vetoed(self, rejected: u32) -> bool {
        self.mode == Mode::Veto && self.reject == RejectPolicy::First && rejected > 0
    }
}

/// How many are asked: what was handed over, or taken over at a deadline, is another's by now.
fn asked(asking: &Asking) -> u32 {
    let gone = |item: &&WorkItem| {
        matches!(
            item.state,
            ItemState::Reassigned { .. } | ItemState::TimedOut | ItemState::PassedOver
        )
    };
    let all = asking.items.iter().filter(|item| !gone(item)).count();
    u32::try_from(all)
        .unwrap_or(u32::MAX)
        .saturating_add(asking.waived)
}
