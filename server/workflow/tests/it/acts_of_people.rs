//! What people may try while it is decided: those who are asked or shown it, the applicant, administrators, strangers.

use std::collections::BTreeMap;

use crate::any_definition::company;
use crate::any_try::{Acts, Moment, PEOPLE, form, one_of};
use crate::fixture::{at, decision, marks, person, plan, source};
use crate::invariants::INVOLVED;
use crate::states::a_file;
use workflow::application::{Actor, Authority, Notice, SendBackTo, represent};
use workflow::route::{Delegation, Register, Request, RouteStep, SkipReason, resolve_rest};
use workflow::{Choice, Command, Event, PersonId, State, StepKey};

pub(crate) const OF_PEOPLE: Acts = &[
    (8, |now, by, which| vote(now, &by, which, Choice::Approve)),
    (12, |now, by, which| {
        vote(now, &now.asked(by, which), which, Choice::Approve)
    }),
    (2, |now, by, which| {
        vote(now, &now.asked(by, which), which, Choice::Reject)
    }),
    (1, |now, by, which| {
        let back = Choice::SendBack(SendBackTo::Applicant {});
        vote(now, &now.asked(by, which), which, back)
    }),
    (2, |now, by, which| {
        let step = now.step(which);
        let back = Choice::SendBack(SendBackTo::Step { step });
        vote(now, &now.asked(by, which), which, back)
    }),
    (2, |now, by, which| {
        vote(now, &now.asked(by, which), which, Choice::Hold)
    }),
    (1, |now, by, which| vote(now, &by, which, Choice::Confirm)),
    (1, |now, by, which| {
        vote(now, &now.asked(by, which), which, Choice::Finish)
    }),
    (1, |_, by, which| {
        let by = applicant_or(by, which);
        vec![Command::PullBack { by }]
    }),
    (1, |_, by, _| vec![Command::TakeBack { by }]),
    (2, |now, by, which| {
        let by = last_to_answer(now).filter(|_| which > 3).unwrap_or(by);
        vec![Command::TakeBack { by }]
    }),
    (2, |_, by, which| {
        let (by, comment) = (applicant_or(by, which / 6), None);
        rarely(which % 6, Command::Withdraw { by, comment })
    }),
    (1, |_, by, which| {
        let reason = reason();
        rarely(which, Command::Cancel { by, reason })
    }),
    (1, |_, by, _| vec![Command::Release { by }]),
    (3, reassign),
    (5, ahead),
    (1, |now, by, which| acknowledge(by, now.step(which))),
    (3, |now, by, which| {
        let (by, step) = shown(now, (by, now.step(which)), which);
        acknowledge(by, step)
    }),
    (2, |now, by, which| {
        let (by, step) = shown(now, (by, now.step(which)), which);
        vec![Command::Object {
            by,
            step: Some(step),
            comment: reason(),
            marks: marks(),
        }]
    }),
    (2, settle),
    (2, edit),
    (2, change_route),
    (2, stand_in),
    (2, |now, _, _| {
        vec![Command::Resubmit {
            by: person("applicant"),
            source: source(now.story.now().round() + 1),
            values: form(None),
        }]
    }),
    (1, |_, by, which| {
        let by = (which % 2 == 0).then_some(by);
        vec![Command::Attach {
            by,
            files: vec![a_file()],
        }]
    }),
];

pub(crate) fn reason() -> String {
    "理由".to_owned()
}

/// What would end most histories too soon.
pub(crate) fn rarely(which: usize, command: Command) -> Vec<Command> {
    if which == 0 { vec![command] } else { Vec::new() }
}

fn applicant_or(by: PersonId, which: usize) -> PersonId {
    if which.is_multiple_of(2) {
        person("applicant")
    } else {
        by
    }
}

fn last_to_answer(now: &Moment) -> Option<PersonId> {
    let acts = now.story.events.iter().rev();
    let mut votes = acts.filter(|(_, event)| matches!(event, Event::Decided { .. }));
    match votes.next()?.1.actor() {
        Actor::Person(by) => Some(by),
        Actor::Service => None,
    }
}

fn vote(now: &Moment, by: &PersonId, which: usize, choice: Choice) -> Vec<Command> {
    vec![decision(by.as_str(), now.token(which), choice)]
}

/// Mostly what somebody is asked goes to another.
fn reassign(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    let from = now.asked(person(PEOPLE[which % 5]), which);
    let (by, authority) = match which % 3 {
        0 => (from.clone(), Authority::Assignee),
        1 => (by, Authority::Administrator),
        _ => (by, Authority::Assignee),
    };
    let to = person(INVOLVED[(which * 5 + 1) % INVOLVED.len()]);
    let reason = reason();
    vec![Command::Reassign {
        by,
        authority,
        from,
        to,
        reason,
    }]
}

/// By one of those who may go ahead, or by anybody.
fn ahead(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    let review = now.story.now().review();
    let offered: Vec<_> = review.into_iter().flat_map(|review| &review.pull_up).collect();
    let by = one_of(&offered, which / 2).map_or(by.clone(), |who| {
        if which.is_multiple_of(2) {
            by
        } else {
            (*who).clone()
        }
    });
    vec![Command::PullUp {
        by,
        token: now.token(which),
        comment: None,
        marks: marks(),
    }]
}

/// Somebody who has something to look at, and what; or else those given.
fn shown(now: &Moment, other: (PersonId, StepKey), which: usize) -> (PersonId, StepKey) {
    let notices = now.story.now().notices.iter();
    let open = notices.flat_map(|notice| notice.open().map(|who| (who.clone(), notice.step.clone())));
    let open: Vec<_> = open.collect();
    one_of(&open, which).cloned().unwrap_or(other)
}

fn acknowledge(by: PersonId, step: StepKey) -> Vec<Command> {
    vec![Command::Acknowledge {
        by,
        step: Some(step),
        comment: None,
        marks: marks(),
    }]
}

/// An objection that waits, or one that nobody made.
fn settle(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    let waiting = |notice: &Notice| {
        let objectors = notice.objections().next().cloned();
        objectors.map(|person| (notice.step.clone(), person))
    };
    let found = now.story.now().notices.iter().find_map(waiting);
    let (step, person) = found.unwrap_or((now.step(which), by.clone()));
    let reason = reason();
    vec![Command::SettleObjection {
        by,
        step,
        person,
        reason,
    }]
}

fn edit(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    let State::InApproval(review) = &now.story.now().state else {
        return Vec::new();
    };
    let licence = ["E3", "E5"][which % 2];
    let values = form(Some(licence));
    let kept = review.case.route.position(&review.asking.step).unwrap() + 1;
    let organisation = company();
    let request = Request {
        applicant: &person("applicant"),
        unit: None,
        values: &values,
        plan: &BTreeMap::new(),
        base: crate::fixture::today(),
        organisation: &organisation,
    };
    let route = resolve_rest(&now.story.definition, &request, &review.case.route, kept);
    let Ok(route) = route else {
        return Vec::new();
    };
    vec![Command::Edit {
        by: now.asked(by, which),
        token: now.token(which),
        values,
        plan: plan(licence),
        route,
        comment: None,
        marks: marks(),
    }]
}

/// One more is asked at a step, or nobody is.
fn change_route(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    let Some(mut route) = now.story.now().route().cloned() else {
        return Vec::new();
    };
    let at = which % route.steps.len().max(1);
    let Some(step) = route.steps.get_mut(at).filter(|step| step.is_asked()) else {
        return Vec::new();
    };
    if which.is_multiple_of(4) {
        *step = RouteStep::skipping(step.key.clone(), SkipReason::NoApprover);
    } else {
        step.assignees.insert(person(["c", "d", "e"][which % 3]));
    }
    let reason = reason();
    vec![Command::ChangeRoute { by, route, reason }]
}

/// Somebody names a deputy.
fn stand_in(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    let delegation = Delegation {
        of: by,
        to: person(INVOLVED[which % INVOLVED.len()]),
        from: at(0),
        until: None,
        workflows: None,
    };
    let register = Register {
        delegations: vec![delegation],
    };
    let story = now.story;
    let command = represent(story.now(), &story.definition, &register, at(story.clock));
    command.into_iter().collect()
}
