//! Whom we tell of what stands beside the approval: circulations, post-reviews, objections, going ahead, work by hand,
//! and changes of form and route.

use jiff::Timestamp;
use workflow::application::NoticeKind;
use workflow::{Event, PersonId, State, StepKey};

use super::follow_ups::Scene;
use super::mails::{Letter, asked, at_step, attention, newcomers, title};
use crate::mail::Kind;
use crate::publish::{moment, words};

/// None for other events.
pub(super) fn letters(scene: &Scene, event: &Event) -> Option<Vec<Letter>> {
    Some(match event {
        Event::Circulated {
            step,
            kind,
            people,
            due,
        } => {
            let kind = match kind {
                NoticeKind::Circulation => Kind::Circulated,
                NoticeKind::PostReview => Kind::PostReview,
            };
            vec![shown(
                scene,
                Letter::new(kind, people.iter().cloned()),
                (step, *due),
            )]
        }
        Event::Objected { comment, .. } => vec![attention(scene, comment.clone())],
        Event::ObjectionSettled {
            by,
            step,
            person,
            reason,
        } => {
            let letter = Letter::new(Kind::Settled, [person.clone()]).by(by, reason);
            vec![shown(scene, letter, (step, None))]
        }
        Event::PullUpOffered { to } => vec![at_step(scene, Letter::new(Kind::PullUp, to.iter().cloned()))],
        Event::PulledUp { .. } => pulled_up(scene, event),
        Event::WorkOpened { opening } => {
            let letter = Letter::new(Kind::Work, workers(scene));
            vec![shown(scene, letter, (&opening.step, opening.due))]
        }
        Event::Edited { by, comment, .. } => {
            let comment = comment.as_deref().unwrap_or_default();
            vec![asked(scene, Kind::Decide), changed(scene, event, (by, comment))]
        }
        Event::RouteChanged { by, reason, .. } => {
            vec![newcomers(scene), changed(scene, event, (by, reason))]
        }
        _ => return None,
    })
}

/// Those passed over look afterwards; whoever else is asked at the step that was reached decides with him.
fn pulled_up(scene: &Scene, event: &Event) -> Vec<Letter> {
    let Event::PulledUp {
        by,
        comment,
        jumped,
        reviewers,
        review_due,
        ..
    } = event
    else {
        return Vec::new();
    };
    let review = Letter::new(Kind::PostReview, reviewers.iter().cloned());
    let review = review.by(by, comment.as_deref().unwrap_or_default());
    let review = jumped
        .first()
        .map(|step| shown(scene, review, (step, *review_due)));
    // Where his approval was enough, the step after tells those who are asked there.
    let passes = |event: &Event| matches!(event, Event::StepPassed { .. });
    let others = (!scene.events.iter().any(passes)).then(|| newcomers(scene));
    review.into_iter().chain(others).collect()
}

fn shown(scene: &Scene, mut letter: Letter, (step, due): (&StepKey, Option<Timestamp>)) -> Letter {
    letter.facts.step = title(scene, step);
    letter.facts.due = due.map(moment).unwrap_or_default();
    letter
}

fn workers(scene: &Scene) -> Vec<PersonId> {
    match &scene.after.state {
        State::ManualWork(_) => scene.after.deciders().into_iter().cloned().collect(),
        _ => Vec::new(),
    }
}

/// To the applicant.
fn changed(scene: &Scene, event: &Event, (by, comment): (&PersonId, &str)) -> Letter {
    let letter = Letter::new(Kind::Changed, [scene.after.applicant.clone()]).by(by, comment);
    let mut letter = at_step(scene, letter);
    words(event, scene.language).clone_into(&mut letter.facts.decision);
    letter
}
