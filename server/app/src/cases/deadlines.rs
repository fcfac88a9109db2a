//! Whom we tell when time passes: reminders, and what a passed deadline leads to.

use jiff::Timestamp;
use workflow::application::Elapsed;
use workflow::{Application, Event, PersonId, State, StepKey};

use super::follow_ups::Scene;
use super::mails::{Letter, at_step, newcomers, title};
use crate::mail::Kind;
use crate::publish::{moment, words};

pub(super) fn letters(scene: &Scene, event: &Event) -> Vec<Letter> {
    match event {
        Event::Scheduled { at } => vec![scheduled(scene, *at)],
        Event::ExpiryReminded { .. } => vec![expiring(scene)],
        Event::Reminded { .. } => vec![reminder(scene)],
        Event::NoticeLate { step } => vec![late_notice(scene, step)],
        Event::DeadlinePassed { elapsed } => passed(scene, event, elapsed),
        _ => Vec::new(),
    }
}

/// It is approved, and waits for its day.
fn scheduled(scene: &Scene, at: Timestamp) -> Letter {
    let mut letter = Letter::new(Kind::Scheduled, [scene.after.applicant.clone()]);
    letter.facts.at = moment(at);
    letter
}

/// What was given ends soon, unless it is renewed.
fn expiring(scene: &Scene) -> Letter {
    let mut letter = Letter::new(Kind::Expiring, [scene.after.applicant.clone()]);
    let expiry = scene.after.expiry.as_ref();
    letter.facts.at = expiry.map(|expiry| moment(expiry.at)).unwrap_or_default();
    letter
}

fn reminder(scene: &Scene) -> Letter {
    let mut letter = at_step(scene, Letter::new(Kind::Reminder, deciders(scene.after)));
    letter.facts.due = due(scene.after).map(moment).unwrap_or_default();
    letter
}

/// To those who have not looked at it yet.
fn late_notice(scene: &Scene, step: &StepKey) -> Letter {
    let late = scene.after.notices.iter().filter(|notice| notice.step == *step);
    let open = late.clone().flat_map(|notice| notice.open().cloned());
    let mut letter = Letter::new(Kind::Reminder, open);
    letter.facts.step = title(scene, step);
    letter.facts.due = late
        .filter_map(|notice| notice.due)
        .max()
        .map(moment)
        .unwrap_or_default();
    letter
}

fn passed(scene: &Scene, event: &Event, elapsed: &Elapsed) -> Vec<Letter> {
    let before = scene.before.unwrap_or(scene.after);
    let applicant = scene.after.applicant.clone();
    let mut told = deciders(before);
    let mut letters = Vec::new();
    match elapsed {
        Elapsed::Remind {} | Elapsed::Approve {} => {}
        Elapsed::Escalate { .. } => letters.push(newcomers(scene)),
        Elapsed::Reject {} | Elapsed::Expire {} => told.push(applicant),
        Elapsed::SendBack {} => {
            let mut letter = Letter::new(Kind::SentBack, [applicant]);
            words(event, scene.language).clone_into(&mut letter.facts.comment);
            letters.push(letter);
        }
    }
    let mut overdue = Letter::new(Kind::Overdue, told);
    overdue.facts.step = before
        .asking()
        .map(|asking| title(scene, &asking.step))
        .unwrap_or_default();
    overdue.facts.due = due(before).map(moment).unwrap_or_default();
    words(event, scene.language).clone_into(&mut overdue.facts.decision);
    letters.push(overdue);
    letters
}

fn deciders(application: &Application) -> Vec<PersonId> {
    application.deciders().into_iter().cloned().collect()
}

/// Until when it waits for somebody.
pub(crate) fn due(application: &Application) -> Option<Timestamp> {
    match &application.state {
        State::InApproval(review) => review.due,
        State::ManualWork(working) => working.due,
        _ => None,
    }
}
