//! Whoever stands at several steps is asked once, if the definition says so: at a step that cannot pass without him.

use std::collections::BTreeMap;

use crate::definition::{Approval, AtDeadline, Definition, Mode, Quorum, SamePerson};
use crate::ids::{PersonId, StepKey};
use crate::route::lane::Candidates;
use crate::route::{RouteStep, Why};

/// An approval of the way, and those who can be asked there so far.
pub(super) struct Stop<'a> {
    pub(super) key: &'a StepKey,
    pub(super) approval: &'a Approval,
    pub(super) found: &'a mut Candidates,
}

/// Where people are asked whose answer stands for other steps.
type Places = BTreeMap<PersonId, StepKey>;

/// `kept` are the steps before, which stay as they are; `stops` are the approvals of the way, in order.
pub(super) fn ask_once(definition: &Definition, kept: &[RouteStep], stops: &mut [Stop]) {
    match definition.same_person {
        SamePerson::AskEach => {}
        SamePerson::First => {
            let mut places = standing(definition, kept);
            for stop in stops {
                stop.take(&mut places);
            }
        }
        SamePerson::Last => {
            let mut places = Places::new();
            for stop in stops.iter_mut().rev() {
                // Whoever finishes the whole approval here leaves nobody to be asked later.
                if stop.approval.is_final {
                    places.clear();
                }
                stop.take(&mut places);
            }
        }
    }
}

fn standing(definition: &Definition, kept: &[RouteStep]) -> Places {
    let mut places = Places::new();
    for step in kept.iter().filter(|step| step.is_asked()) {
        let approval = definition.approval(&step.key);
        let all = count(step.assignees.len() + step.waived.len());
        if approval.is_some_and(|approval| needs_everybody(approval, all)) {
            places.extend(
                step.assignees
                    .iter()
                    .map(|person| (person.clone(), step.key.clone())),
            );
        }
    }
    places
}

/// Whether it passes only once each of so many has approved. Where some of them are enough, where a rejection is an
/// opinion, or where time or others may answer in their place, a person may never have been heard.
fn needs_everybody(approval: &Approval, all: u32) -> bool {
    let goes_on_without = matches!(
        approval.at_deadline,
        AtDeadline::Approve {} | AtDeadline::Escalate { replace: true, .. }
    ) || approval.pull_up.is_some();
    let one_is_enough = approval.is_final && all > 1;
    approval.mode == Mode::Veto
        && !goes_on_without
        && !one_is_enough
        && !may_be_outnumbered(approval)
        && approval.quorum.needed(all) >= all
}

/// Whether others who are asked too at the deadline may be enough by then.
fn may_be_outnumbered(approval: &Approval) -> bool {
    let asks_others = matches!(approval.at_deadline, AtDeadline::Escalate { .. });
    let waits_for_all = match approval.quorum {
        Quorum::All {} => true,
        Quorum::Percent { percent } => percent >= 100,
        Quorum::Any {} | Quorum::N { .. } => false,
    };
    asks_others && !waits_for_all
}

impl Stop<'_> {
    /// Takes out those who have a place already; whoever is left has his here, if the step takes place and waits for
    /// him.
    fn take(&mut self, places: &mut Places) {
        let people: Vec<PersonId> = self.found.asked.keys().cloned().collect();
        for person in &people {
            if let Some(place) = places.get(person) {
                self.found.asked.remove(person);
                let step = place.clone();
                self.found.leave_out(person, Why::SamePerson { step });
                self.found.waived.insert(person.clone());
            }
        }
        let all = count(people.len());
        if !self.found.is_waived(self.approval) && needs_everybody(self.approval, all) {
            let asked = self.found.asked.keys();
            places.extend(asked.map(|person| (person.clone(), self.key.clone())));
        }
    }
}

impl Candidates {
    /// Whether those who are asked elsewhere are enough: nobody is asked here.
    pub(super) fn is_waived(&self, approval: &Approval) -> bool {
        let waived = count(self.waived.len());
        waived > 0 && waived >= approval.quorum.needed(count(self.asked.len()) + waived)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
