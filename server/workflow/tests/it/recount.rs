//! An application as its events alone tell of it: whose answers are waited for, and whether a step was rightly passed.

use std::collections::{BTreeMap, BTreeSet};

use crate::ballot::{Ballot, Count, Seat};
use workflow::application::{Elapsed, Opening, Verdict};
use workflow::definition::Then;
use workflow::route::Route;
use workflow::{Definition, Event, PersonId, StepKey};

#[derive(Default)]
pub(crate) struct Recount {
    applicant: Option<PersonId>,
    route: Route,
    ballot: Option<Ballot>,
    /// Ballots that are over, as they ended.
    past: Vec<Ballot>,
    /// A rule or an administrator passes the step that stands, whatever was said.
    is_let_through: bool,
    is_parked: bool,
    /// Who is shown it and has not answered.
    shown: Vec<(StepKey, PersonId)>,
    deputies: BTreeMap<PersonId, BTreeSet<PersonId>>,
}

impl Recount {
    /// Whose decision or work would be taken: whoever is asked, and his deputies.
    pub(crate) fn deciders(&self) -> BTreeSet<PersonId> {
        let ballot = self.ballot.iter().filter(|_| !self.is_parked);
        self.with_deputies(ballot.flat_map(Ballot::waiting))
    }

    /// Who has something to look at, and his deputies.
    pub(crate) fn lookers(&self) -> BTreeSet<PersonId> {
        self.with_deputies(self.shown.iter().map(|(_, person)| person))
    }

    /// Nobody is deputy on his own application.
    fn with_deputies<'a>(&'a self, people: impl Iterator<Item = &'a PersonId>) -> BTreeSet<PersonId> {
        let may = |deputy: &&PersonId| Some(*deputy) != self.applicant.as_ref();
        let and_deputies = people.flat_map(|person| {
            let deputies = self.deputies.get(person).into_iter().flatten().filter(may);
            deputies.chain([person])
        });
        and_deputies.cloned().collect()
    }

    pub(crate) fn hear(&mut self, event: &Event, definition: &Definition) {
        self.ends(event, definition);
        self.hear_of_people(event);
        self.hear_of_notices(event);
        if let Some(opening) = event.opening() {
            self.open(event, opening);
        }
    }

    /// After a command: whatever was said is open still, or its consequence was drawn.
    pub(crate) fn is_settled(&self, last: &Event, definition: &Definition) {
        let is_vote = matches!(last, Event::Decided { .. } | Event::WorkDone { .. });
        if let Some(ballot) = self.ballot.as_ref().filter(|_| is_vote) {
            assert_eq!(ballot.count(definition), Count::Open, "{ballot:?}");
        }
    }

    /// Events that end what is asked, and whether they may.
    fn ends(&mut self, event: &Event, definition: &Definition) {
        match event {
            Event::StepPassed { .. }
            | Event::Approved {}
            | Event::RuleApplied {
                then: Then::Reject | Then::Return,
                ..
            }
            | Event::WorkOpened { .. }
            | Event::ExecutionStarted {}
            | Event::Completed {} => self.pass(definition),
            Event::Rejected {} => {
                let count = self.ballot.as_ref().map(|ballot| ballot.count(definition));
                assert_eq!(count, Some(Count::Rejected), "{:?}", self.ballot);
                self.close();
            }
            Event::DeadlinePassed { elapsed } => self.deadline(elapsed),
            Event::PulledUp { .. } => {
                self.ballot.iter_mut().for_each(Ballot::let_go);
                self.close();
            }
            Event::SentBack { .. }
            | Event::SentBackToStep { .. }
            | Event::PulledBack { .. }
            | Event::TakenBack { .. }
            | Event::Edited { .. }
            | Event::RouteChanged { opening: Some(_), .. }
            | Event::AskedAgain { .. }
            | Event::Withdrawn { .. }
            | Event::Cancelled { .. }
            | Event::Halted { .. }
            | Event::WorkDeclined { .. } => self.close(),
            Event::Parked { .. } => self.is_parked = self.ballot.is_some(),
            Event::Resumed {} => self.is_parked = false,
            _ => {}
        }
    }

    /// A step that stood is passed: by those who were asked, unless a rule says so.
    fn pass(&mut self, definition: &Definition) {
        if let Some(ballot) = &self.ballot
            && !self.is_let_through
        {
            assert_eq!(ballot.count(definition), Count::Passed, "{ballot:?}");
        }
        self.close();
    }

    fn close(&mut self) {
        self.past.extend(self.ballot.take());
        self.is_let_through = false;
        self.is_parked = false;
    }

    fn deadline(&mut self, elapsed: &Elapsed) {
        let Some(ballot) = &mut self.ballot else {
            panic!("nobody was asked");
        };
        match elapsed {
            Elapsed::Remind {} => {}
            Elapsed::Escalate { to, replace } => {
                if *replace {
                    ballot.let_go();
                }
                let new = to.iter().map(|person| (person.clone(), Seat::Waiting));
                ballot.seats.extend(new);
            }
            Elapsed::Approve {} => {
                ballot.let_go();
                self.is_let_through = true;
            }
            Elapsed::Reject {} | Elapsed::SendBack {} | Elapsed::Expire {} => self.close(),
        }
    }

    fn hear_of_people(&mut self, event: &Event) {
        match event {
            Event::Submitted(submitted) => self.applicant = Some(submitted.applicant.clone()),
            Event::Represented { deputies } => self.deputies.clone_from(deputies),
            Event::Accepted { route, .. }
            | Event::Edited { route, .. }
            | Event::RouteChanged { route, .. } => self.route = route.clone(),
            Event::Decided { token, verdict, .. } => {
                let ballot = self.ballot.as_mut().unwrap();
                assert_eq!(ballot.token, *token, "what was said of something else counts");
                ballot.say(whose(event), *verdict);
                self.is_let_through = *verdict == Verdict::Finish;
            }
            Event::WorkDone { .. } => {
                let ballot = self.ballot.as_mut().unwrap();
                ballot.say(whose(event), Verdict::Approve);
            }
            Event::Reassigned { from, to, .. } => {
                let ballot = self.ballot.as_mut().unwrap();
                ballot.seats.insert(from.clone(), Seat::Gone);
                ballot.seats.insert(to.clone(), Seat::Waiting);
            }
            _ => {}
        }
    }

    fn hear_of_notices(&mut self, event: &Event) {
        match event {
            Event::Circulated { step, people, .. } => self.show(step, people),
            Event::PulledUp {
                jumped, reviewers, ..
            } => self.show(&jumped[0], reviewers),
            Event::Acknowledged { step, .. } | Event::Objected { step, .. } => {
                let seen = (step.clone(), whose(event).clone());
                let at = self.shown.iter().rposition(|one| *one == seen);
                self.shown.remove(at.unwrap());
            }
            // Whatever was shown is void with its round.
            Event::SentBack { .. }
            | Event::PulledBack { .. }
            | Event::Returned { .. }
            | Event::RuleApplied {
                then: Then::Return, ..
            }
            | Event::DeadlinePassed {
                elapsed: Elapsed::SendBack {},
            } => self.shown.clear(),
            _ => {}
        }
    }

    fn show(&mut self, step: &StepKey, people: &BTreeSet<PersonId>) {
        let shown = people.iter().map(|person| (step.clone(), person.clone()));
        self.shown.extend(shown);
    }

    fn open(&mut self, event: &Event, opening: &Opening) {
        assert!(self.ballot.is_none(), "{event:?}");
        self.ballot = Some(if let Event::TakenBack { person, .. } = event {
            let mut of_step = self.past.iter().rev().filter(|past| past.step == opening.step);
            of_step.next().unwrap().again(opening, person)
        } else {
            Ballot::open(opening, self.route.step(&opening.step).unwrap())
        });
    }
}

/// Whose part an act is about: his own who acts, or the one's whose deputy he is.
fn whose(event: &Event) -> &PersonId {
    match event {
        Event::Decided { by, on_behalf_of, .. }
        | Event::WorkDone { by, on_behalf_of, .. }
        | Event::Acknowledged { by, on_behalf_of, .. }
        | Event::Objected { by, on_behalf_of, .. } => on_behalf_of.as_ref().unwrap_or(by),
        other => panic!("nobody's part: {other:?}"),
    }
}
