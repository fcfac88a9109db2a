//! Who is asked and what they answered, found from what happened alone: the people who may decide are exactly those, and
//! no step passes or rejects but by the answers that stand. Nothing of the product counts here.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixture::Story;
use workflow::application::{Actor, Elapsed, Verdict};
use workflow::definition::{Kind, Mode, Quorum, RejectPolicy};
use workflow::route::Route;
use workflow::{Code, Definition, Event, Level, PersonId, PrincipalRef, StepKey, access};

/// Those who are asked at a step, each with the answer that stands.
#[derive(Clone)]
struct Asked {
    step: StepKey,
    answers: BTreeMap<PersonId, Option<Verdict>>,
    /// Counted as having approved, for they answer at another step.
    waived: usize,
    /// Time answered for them.
    is_over: bool,
}

/// What was heard so far.
#[derive(Default)]
pub(crate) struct Recount {
    heard: usize,
    route: Route,
    asked: Option<Asked>,
    passed: Vec<Asked>,
    deputies: BTreeMap<PersonId, BTreeSet<PersonId>>,
    /// Shown it, and not answered since.
    shown: BTreeSet<PersonId>,
}

impl Recount {
    /// Hears what is new, and looks who may decide now.
    pub(crate) fn follow(&mut self, story: &Story) {
        for (_, event) in &story.events[self.heard..] {
            self.hear(event, &story.definition);
        }
        self.heard = story.events.len();
        self.only_the_asked_decide(story);
    }

    fn hear(&mut self, event: &Event, definition: &Definition) {
        self.learn(event);
        match event {
            Event::Decided { .. } | Event::WorkDone { .. } => self.answer(event),
            Event::Reassigned { from, to, .. } => self.ask_instead(from, to),
            Event::DeadlinePassed { elapsed } => self.late(elapsed),
            Event::StepPassed { .. } | Event::Approved {} => self.pass(definition),
            // Rules that stand before the first step are told with it.
            Event::RuleApplied { step, .. } if self.is_behind(step) => self.pass(definition),
            Event::Rejected {} => self.reject(definition),
            Event::TakenBack { person, opening, .. } => return self.take_back(person, &opening.step),
            _ => {}
        }
        if let Some(opening) = event.opening() {
            self.ask(&opening.step);
        }
    }

    fn learn(&mut self, event: &Event) {
        match event {
            Event::Accepted { route, .. }
            | Event::Edited { route, .. }
            | Event::RouteChanged { route, .. } => {
                self.route = route.clone();
            }
            Event::Represented { deputies } => self.deputies.clone_from(deputies),
            Event::Circulated { people: to, .. } | Event::PulledUp { reviewers: to, .. } => {
                self.shown.extend(to.iter().cloned());
            }
            _ => {}
        }
    }

    fn ask(&mut self, step: &StepKey) {
        let of_route = self.route.step(step).unwrap();
        let people = of_route.assignees.iter().map(|person| (person.clone(), None));
        self.asked = Some(Asked {
            step: step.clone(),
            answers: people.collect(),
            waived: of_route.waived.len(),
            is_over: false,
        });
    }

    fn answer(&mut self, event: &Event) {
        let verdict = match event {
            Event::Decided { verdict, .. } => *verdict,
            _ => Verdict::Approve,
        };
        let Actor::Person(by) = event.actor() else {
            panic!("nobody answers: {event:?}");
        };
        let person = event.on_behalf_of().cloned().unwrap_or(by);
        let asked = self.asked.as_mut().expect("somebody is asked");
        let answer = asked.answers.get_mut(&person).expect("he is asked");
        assert_eq!(answer.replace(verdict), None, "{person} answers once");
    }

    fn ask_instead(&mut self, from: &PersonId, to: &PersonId) {
        let asked = self.asked.as_mut().expect("somebody is asked");
        assert_eq!(asked.answers.remove(from), Some(None), "he has not answered");
        asked.answers.insert(to.clone(), None);
    }

    fn late(&mut self, elapsed: &Elapsed) {
        let asked = self.asked.as_mut().expect("somebody is asked");
        match elapsed {
            Elapsed::Escalate { to, replace } => {
                asked.answers.retain(|_, answer| answer.is_some() || !replace);
                asked
                    .answers
                    .extend(to.iter().map(|person| (person.clone(), None)));
            }
            Elapsed::Remind {} => {}
            // Whoever let his time pass is not asked again when another takes his answer back.
            Elapsed::Approve {} => {
                asked.answers.retain(|_, answer| answer.is_some());
                asked.is_over = true;
            }
            Elapsed::Reject {} | Elapsed::SendBack {} | Elapsed::Expire {} => {
                asked.is_over = true;
            }
        }
    }

    fn pass(&mut self, definition: &Definition) {
        if let Some(asked) = self.asked.take() {
            assert!(
                asked.is_over || asked.is_passed(definition),
                "{}: {:?}",
                asked.step,
                asked.answers
            );
            self.passed.push(asked);
        }
    }

    /// Whether a step comes after the one that is asked.
    fn is_behind(&self, step: &StepKey) -> bool {
        let asked = self
            .asked
            .as_ref()
            .and_then(|asked| self.route.position(&asked.step));
        self.route.position(step) > asked
    }

    fn reject(&mut self, definition: &Definition) {
        let asked = self.asked.take().expect("somebody is asked");
        assert!(
            asked.is_over || asked.is_rejected(definition),
            "{}: {:?}",
            asked.step,
            asked.answers
        );
    }

    /// The others' answers stand.
    fn take_back(&mut self, person: &PersonId, step: &StepKey) {
        let at = self.passed.iter().rposition(|passed| passed.step == *step);
        let mut again = self.passed.remove(at.expect("it was passed"));
        again.answers.insert(person.clone(), None);
        again.is_over = false;
        self.asked = Some(again);
    }

    fn with_deputies<'a>(&'a self, person: &'a PersonId, applicant: &'a PersonId) -> BTreeSet<&'a PersonId> {
        let deputies = self.deputies.get(person).into_iter().flatten();
        deputies
            .filter(|deputy| *deputy != applicant)
            .chain([person])
            .collect()
    }

    /// Whoever is asked, or stands in for one of them, decides; of all others, whoever is shown it may say that he has
    /// seen it, as long as it is open.
    fn only_the_asked_decide(&self, story: &Story) {
        let now = story.now();
        let waits = matches!(now.code(), Code::IA | Code::HO | Code::MW);
        let pending = self.asked.iter().filter(|_| waits).flat_map(Asked::pending);
        let asked: BTreeSet<&PersonId> = pending
            .flat_map(|person| self.with_deputies(person, &now.applicant))
            .collect();
        let shown = self.shown.iter().filter(|_| !now.is_closed());
        let shown: BTreeSet<&PersonId> = shown
            .flat_map(|person| self.with_deputies(person, &now.applicant))
            .collect();
        let holding = access(now);
        let holding = holding.iter().filter(|(_, level)| *level == Level::Decide);
        let holding: BTreeSet<&PersonId> = holding
            .map(|(who, _)| match who {
                PrincipalRef::Person(person) => person,
                group => panic!("{group:?} decides"),
            })
            .collect();
        assert!(
            asked.is_subset(&holding),
            "{}: {asked:?} {holding:?}",
            story.code()
        );
        let others: Vec<_> = holding.difference(&asked).collect();
        assert!(
            others.iter().all(|person| shown.contains(**person)),
            "{}: {others:?}",
            story.code()
        );
    }
}

impl Asked {
    fn pending(&self) -> impl Iterator<Item = &PersonId> {
        let open = self.answers.iter().filter(|(_, answer)| answer.is_none());
        open.map(|(person, _)| person)
    }

    fn count(&self, wanted: impl Fn(Option<Verdict>) -> bool) -> usize {
        self.answers.values().filter(|answer| wanted(**answer)).count()
    }

    fn approvals(&self) -> usize {
        self.waived + self.count(|answer| matches!(answer, Some(Verdict::Approve | Verdict::Finish)))
    }

    fn rejections(&self) -> usize {
        self.count(|answer| answer == Some(Verdict::Reject))
    }

    /// So many must approve: 全員, 誰か 1 人, n 人, n %.
    fn needed(&self, quorum: Quorum) -> usize {
        let all = self.answers.len() + self.waived;
        match quorum {
            Quorum::All {} => all,
            Quorum::Any {} => 1,
            Quorum::N { n } => n as usize,
            Quorum::Percent { percent } => (all * percent as usize).div_ceil(100),
        }
    }

    fn is_passed(&self, definition: &Definition) -> bool {
        let step = definition
            .steps
            .iter()
            .find(|step| step.key == self.step)
            .unwrap();
        let Kind::Approval(approval) = &step.kind else {
            panic!("{} asks for no approval", self.step);
        };
        if self.count(|answer| answer == Some(Verdict::Finish)) > 0 {
            return true;
        }
        let is_enough = self.approvals() >= self.needed(approval.quorum);
        match (approval.mode, approval.reject) {
            (Mode::Opinion, _) => is_enough || self.pending().next().is_none(),
            (Mode::Veto, RejectPolicy::First) => is_enough && self.rejections() == 0,
            (Mode::Veto, RejectPolicy::Threshold) => is_enough,
        }
    }

    fn is_rejected(&self, definition: &Definition) -> bool {
        let step = definition
            .steps
            .iter()
            .find(|step| step.key == self.step)
            .unwrap();
        let Kind::Approval(approval) = &step.kind else {
            panic!("{} asks for no approval", self.step);
        };
        let left = self.approvals() + self.pending().count();
        let is_lost = left < self.needed(approval.quorum);
        let is_vetoed = approval.reject == RejectPolicy::First && self.rejections() > 0;
        approval.mode == Mode::Veto && (is_vetoed || is_lost)
    }
}
