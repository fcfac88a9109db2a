//! Events that leave the state as it is: numbers, deputies, circulation and post-review.

use jiff::Timestamp;

use crate::application::{Application, Event, Notice, NoticeItem, NoticeKind, NoticeState, expiry};
use crate::ids::{PersonId, StepKey};

/// Whether an event is one of them.
pub(super) fn changes(event: &Event) -> bool {
    matches!(
        event,
        Event::NotCounted { .. }
            | Event::Numbered { .. }
            | Event::Represented { .. }
            | Event::Circulated { .. }
            | Event::Acknowledged { .. }
            | Event::Objected { .. }
            | Event::ObjectionSettled { .. }
            | Event::NoticeLate { .. }
            | Event::ExpirySet { .. }
            | Event::ExpiryReminded { .. }
            | Event::ExpiryReached {}
            | Event::ExpiryMoved { .. }
    )
}

pub(super) fn change(application: &mut Application, event: &Event, at: Timestamp) -> Option<()> {
    match event {
        Event::NotCounted { .. } => (!application.is_closed()).then_some(()),
        Event::Numbered { number } => {
            let former = std::mem::replace(&mut application.number, number.clone());
            application.provisional = Some(former);
            Some(())
        }
        Event::Represented { deputies } => {
            application.represented.clone_from(deputies);
            Some(())
        }
        Event::Circulated {
            step,
            kind,
            people,
            due,
        } => {
            let notice = notice((step, *kind), people, application.round(), *due);
            application.notices.push(notice);
            Some(())
        }
        Event::NoticeLate { step } => {
            let mut late = application.notices.iter_mut().filter(|notice| {
                notice.step == *step && !notice.is_late && notice.due.is_some_and(|due| due <= at)
            });
            late.next().map(|notice| notice.is_late = true)
        }
        Event::ExpirySet { .. }
        | Event::ExpiryReminded { .. }
        | Event::ExpiryReached {}
        | Event::ExpiryMoved { .. } => expiry::change(application, event, at),
        event => said(application, event, at),
    }
}

pub(super) fn notice<'a>(
    (step, kind): (&StepKey, NoticeKind),
    people: impl IntoIterator<Item = &'a PersonId>,
    round: u32,
    due: Option<Timestamp>,
) -> Notice {
    let item = |person: &PersonId| NoticeItem {
        person: person.clone(),
        state: NoticeState::Open,
    };
    Notice {
        step: step.clone(),
        round,
        kind,
        items: people.into_iter().map(item).collect(),
        due,
        is_late: false,
    }
}

/// What somebody says to what he was shown.
fn said(application: &mut Application, event: &Event, at: Timestamp) -> Option<()> {
    let (step, person, into) = match event {
        Event::Acknowledged {
            by,
            step,
            on_behalf_of,
            ..
        } => {
            let deputy = on_behalf_of.as_ref().map(|_| by.clone());
            let seen = NoticeState::Seen { at, by: deputy };
            (step, on_behalf_of.as_ref().unwrap_or(by), seen)
        }
        Event::Objected {
            by,
            step,
            comment,
            on_behalf_of,
            ..
        } => {
            let comment = comment.clone();
            let objected = NoticeState::Objected { at, comment };
            (step, on_behalf_of.as_ref().unwrap_or(by), objected)
        }
        Event::ObjectionSettled { by, step, person, .. } => {
            let mut notices = application
                .notices
                .iter_mut()
                .filter(|notice| notice.step == *step);
            return notices.any(|notice| notice.settle(person, by)).then_some(());
        }
        _ => return None,
    };
    let mut notices = application
        .notices
        .iter_mut()
        .rev()
        .filter(|notice| notice.step == *step);
    notices
        .any(|notice| notice.turn(person, into.clone()))
        .then_some(())
}
