//! Work items of a step, and when they settle it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::definition::{Quorum, RejectPolicy};
use crate::ids::{PersonId, StepKey};

/// One opening of a step: who was asked and what they said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub step: StepKey,
    pub round: u32,
    /// 1, 2, 3, … within the application.
    pub number: u32,
    pub items: Vec<WorkItem>,
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
    Reject,
    SendBack,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum ItemState {
    /// 未処理
    Pending,
    /// 処理済
    Done { verdict: Verdict, at: Timestamp },
    /// 失効: was decided, and counts no more
    Superseded { verdict: Verdict, at: Timestamp },
    /// 不要: others decided, or the asking ended
    Cancelled,
}

impl Asking {
    pub fn item(&self, person: &PersonId) -> Option<&WorkItem> {
        self.items.iter().find(|item| item.person == *person)
    }

    pub fn pending(&self) -> impl Iterator<Item = &PersonId> {
        let open = |item: &&WorkItem| item.state == ItemState::Pending;
        self.items.iter().filter(open).map(|item| &item.person)
    }

    pub fn has_decision(&self) -> bool {
        self.items
            .iter()
            .any(|item| matches!(item.state, ItemState::Done { .. }))
    }

    pub(super) fn record(&mut self, person: &PersonId, verdict: Verdict, at: Timestamp) -> bool {
        let open = |item: &&mut WorkItem| item.person == *person && item.state == ItemState::Pending;
        let Some(item) = self.items.iter_mut().find(open) else {
            return false;
        };
        item.state = ItemState::Done { verdict, at };
        true
    }

    /// Those who were still asked need not answer any more.
    pub(super) fn cancel_pending(&mut self) {
        for item in &mut self.items {
            if item.state == ItemState::Pending {
                item.state = ItemState::Cancelled;
            }
        }
    }

    /// What was decided counts no more.
    pub(super) fn supersede(&mut self) {
        self.cancel_pending();
        for item in &mut self.items {
            if let ItemState::Done { verdict, at } = item.state {
                item.state = ItemState::Superseded { verdict, at };
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally {
    Open,
    Passed,
    Rejected,
}

/// Counts the verdicts of one asking; settles as early as the outcome is certain.
pub fn tally(asking: &Asking, quorum: Quorum, reject: RejectPolicy) -> Tally {
    let count = |wanted: fn(&ItemState) -> bool| {
        let found = asking.items.iter().filter(|item| wanted(&item.state)).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    let approved = count(|state| {
        matches!(
            state,
            ItemState::Done {
                verdict: Verdict::Approve,
                ..
            }
        )
    });
    let rejected = count(|state| {
        matches!(
            state,
            ItemState::Done {
                verdict: Verdict::Reject,
                ..
            }
        )
    });
    let pending = count(|state| *state == ItemState::Pending);
    let needed = quorum.needed(count(|_| true));
    if reject == RejectPolicy::First && rejected > 0 {
        Tally::Rejected
    } else if approved >= needed {
        Tally::Passed
    } else if approved + pending < needed {
        Tally::Rejected
    } else {
        Tally::Open
    }
}
