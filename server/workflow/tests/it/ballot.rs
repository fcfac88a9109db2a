//! Who was asked in one opening of a step and what they said, counted from what happened alone: the specification's rules
//! of counting (4.2, 4.4 T5 and T8, 4.5) written down once more, and nothing of the product's own.

use std::collections::BTreeMap;

use workflow::application::{Opening, Verdict};
use workflow::definition::{Kind, Mode, Quorum, RejectPolicy};
use workflow::route::RouteStep;
use workflow::{Definition, PersonId, StepKey, StepToken};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seat {
    Waiting,
    Said(Verdict),
    /// Handed over, out of time or passed over: another's by now.
    Gone,
}

#[derive(Debug, Clone)]
pub(crate) struct Ballot {
    pub(crate) step: StepKey,
    pub(crate) token: StepToken,
    /// Those who answer at another step and count here as having approved.
    waived: usize,
    pub(crate) seats: BTreeMap<PersonId, Seat>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Count {
    Open,
    Passed,
    Rejected,
}

impl Ballot {
    pub(crate) fn open(opening: &Opening, step: &RouteStep) -> Self {
        let seats = step.assignees.iter().map(|who| (who.clone(), Seat::Waiting));
        Self {
            step: opening.step.clone(),
            token: opening.token,
            waived: step.waived.len(),
            seats: seats.collect(),
        }
    }

    /// The same once more: one who answered takes that back, and whoever was not needed is asked again.
    pub(crate) fn again(&self, opening: &Opening, person: &PersonId) -> Self {
        let mut again = self.clone();
        again.token = opening.token;
        again.seats.insert(person.clone(), Seat::Waiting);
        again
    }

    pub(crate) fn say(&mut self, person: &PersonId, verdict: Verdict) {
        let before = self.seats.insert(person.clone(), Seat::Said(verdict));
        assert_eq!(
            before,
            Some(Seat::Waiting),
            "{person} was not asked, or decided already"
        );
    }

    pub(crate) fn let_go(&mut self) {
        for seat in self.seats.values_mut().filter(|seat| **seat == Seat::Waiting) {
            *seat = Seat::Gone;
        }
    }

    pub(crate) fn waiting(&self) -> impl Iterator<Item = &PersonId> {
        let waiting = self.seats.iter().filter(|(_, seat)| **seat == Seat::Waiting);
        waiting.map(|(person, _)| person)
    }

    fn with(&self, seats: &[Seat]) -> usize {
        self.seats.values().filter(|seat| seats.contains(seat)).count()
    }

    pub(crate) fn count(&self, definition: &Definition) -> Count {
        let rejected = self.with(&[Seat::Said(Verdict::Reject)]);
        let open = self.with(&[Seat::Waiting]);
        let approved = self.with(&[Seat::Said(Verdict::Approve), Seat::Said(Verdict::Finish)]) + self.waived;
        let asked = self.seats.len() - self.with(&[Seat::Gone]) + self.waived;
        match &definition.step(&self.step).unwrap().kind {
            Kind::ManualWork(work) if approved >= needed(work.quorum, asked) => Count::Passed,
            Kind::ManualWork(_) => Count::Open,
            Kind::Approval(approval) => {
                let is_enough = approved >= needed(approval.quorum, asked);
                let is_veto = approval.mode == Mode::Veto;
                let is_vetoed = is_veto && approval.reject == RejectPolicy::First && rejected > 0;
                // Those who have not answered cannot turn it any more.
                let is_lost = is_veto && approved + open < needed(approval.quorum, asked);
                // Rejections that are opinions stop nothing.
                let is_heard = !is_veto && open == 0;
                match (is_vetoed || is_lost, is_enough || is_heard) {
                    (true, _) => Count::Rejected,
                    (false, true) => Count::Passed,
                    (false, false) => Count::Open,
                }
            }
            other => panic!("nobody is asked there: {other:?}"),
        }
    }
}

/// How many approvals are enough of so many who are asked.
fn needed(quorum: Quorum, asked: usize) -> usize {
    let at_least = |percent: u32| {
        let share = |n: &usize| *n * 100 >= asked * usize::try_from(percent).unwrap();
        (1..=asked.max(1)).find(share).unwrap()
    };
    match quorum {
        Quorum::All {} => asked,
        Quorum::Any {} => 1,
        Quorum::N { n } => usize::try_from(n).unwrap(),
        Quorum::Percent { percent } => at_least(percent),
    }
}
