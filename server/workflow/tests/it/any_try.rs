//! What people, administrators, time and the service may try at an application, all at random.

use crate::acts_of_execution::OF_EXECUTION;
use crate::acts_of_people::OF_PEOPLE;
use crate::acts_of_service::OF_SERVICE;
use crate::fixture::{Story, answers, person};
use proptest::prelude::*;
use serde_json::json;
use workflow::application::Asking;
use workflow::{Code, Command, Hash, PersonId, PlanStepId, StepKey, StepToken};

pub(crate) const PEOPLE: [&str; 8] = ["applicant", "a", "b", "c", "d", "e", "admin", "stranger"];

/// What an act comes to at a moment, by whoever it is, with a number for what is left to choose.
pub(crate) type Act = fn(&Moment, PersonId, usize) -> Vec<Command>;

/// Acts, and how often each is tried beside the others.
pub(crate) type Acts = &'static [(usize, Act)];

/// One thing that somebody tries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Try {
    act: usize,
    who: usize,
    which: usize,
    /// Days go by before it, and not hours.
    pub(crate) is_late: bool,
}

pub(crate) fn any_tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (
        any::<u16>(),
        0..PEOPLE.len(),
        0usize..12,
        prop::bool::weighted(0.05),
    );
    let one = one.prop_map(|(act, who, which, is_late)| Try {
        act: usize::from(act),
        who,
        which,
        is_late,
    });
    prop::collection::vec(one, 1..160)
}

impl Try {
    pub(crate) fn commands(self, moment: &Moment) -> Vec<Command> {
        let acts = moment.acts();
        acts[self.act % acts.len()](moment, person(PEOPLE[self.who]), self.which)
    }
}

/// An application, and the tokens that stood so far.
pub(crate) struct Moment<'a> {
    pub(crate) story: &'a Story,
    pub(crate) tokens: &'a [StepToken],
}

impl Moment<'_> {
    /// Everything is tried everywhere; once it is approved mostly what belongs there.
    fn acts(&self) -> Vec<Act> {
        let is_approved = matches!(self.story.now().code(), Code::AP | Code::EX | Code::MW | Code::RV);
        let times = if is_approved { 6 } else { 1 };
        let all = OF_PEOPLE
            .iter()
            .chain(OF_SERVICE)
            .map(|(often, act)| (*often, act));
        let all = all.chain(OF_EXECUTION.iter().map(|(often, act)| (often * times, act)));
        all.flat_map(|(often, act)| std::iter::repeat_n(*act, often))
            .collect()
    }

    /// Mostly the token that stands, sometimes an old one.
    pub(crate) fn token(&self, which: usize) -> StepToken {
        let old = self.tokens.get(which).copied();
        let old = old.filter(|_| which % 4 == 3);
        old.or(self.story.token()).unwrap_or(StepToken(Hash([7; 32])))
    }

    pub(crate) fn step(&self, which: usize) -> StepKey {
        let steps = &self.story.definition.steps;
        steps[which % steps.len()].key.clone()
    }

    /// One of those whose answer is waited for, or else `by`.
    pub(crate) fn asked(&self, by: PersonId, which: usize) -> PersonId {
        let asking = self.story.now().asking();
        let pending: Vec<_> = asking.into_iter().flat_map(Asking::pending).collect();
        one_of(&pending, which).map_or(by, |who| (*who).clone())
    }
}

pub(crate) fn one_of<T>(all: &[T], which: usize) -> Option<&T> {
    all.get(which % all.len().max(1))
}

pub(crate) fn plan_step(which: usize) -> PlanStepId {
    PlanStepId::new(["user", "licence"][which % 2])
}

/// Where the definition names a day, it is the twelfth from the beginning.
pub(crate) fn form(licence: Option<&str>) -> forms::Values {
    let mut form = json!({ "lastName": "佐藤", "firstName": "花子", "startDate": "2027-01-27" });
    if let Some(licence) = licence {
        form["licence"] = json!(licence);
    }
    answers(form)
}
