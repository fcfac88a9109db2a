//! What a search found is applied for by the service and decided by people like anything else.

use serde_json::json;
use workflow::application::{Actor, Choice, SendBackTo, Source, Submission};
use workflow::route::Route;
use workflow::{Command, Event, RefusalCode};

use crate::fixture::{Story, accept_in, at, definition, person, plan, submission, values};

fn found() -> Source {
    Source::Search {
        found: "team".to_owned(),
        at: at(0),
        round: 1,
    }
}

fn searched() -> Story {
    let mut story = Story::under(definition());
    let submission = Submission {
        source: found(),
        ..submission()
    };
    story.tell(Command::Submit(Box::new(submission))).unwrap();
    story
}

#[test]
fn l12_nobody_wrote_it_and_it_needs_approval_all_the_same() {
    let mut story = searched();
    let (_, submitted) = &story.events[0];
    assert_eq!(submitted.actor(), Actor::Service);
    assert_eq!(story.now().source.inbox_item(), None);
    let unasked = Command::Accept {
        plan: plan("hanako"),
        route: Route::default(),
    };
    assert_eq!(story.tell(unasked).unwrap_err().code, RefusalCode::RouteMismatch);
    story.tell(accept_in(&definition())).unwrap();
    assert_eq!(story.code(), "IA");
}

#[test]
fn l12_whoever_stands_as_applicant_mends_what_came_back_and_the_rounds_are_counted() {
    let mut story = searched();
    story.tell(accept_in(&definition())).unwrap();
    let (_, asked) = story.asked();
    story
        .vote(&asked[0], Choice::SendBack(SendBackTo::Applicant {}))
        .unwrap();
    let again = |source| Command::Resubmit {
        by: person("applicant"),
        source,
        values: values(),
    };
    assert_eq!(
        story.tell(again(found())).unwrap_err().code,
        RefusalCode::WrongRound
    );
    story.tell(again(found().next())).unwrap();
    assert_eq!((story.code(), story.now().round()), ("SU", 2));
}

#[test]
fn l12_the_journal_keeps_what_was_found_and_when() {
    let source = found();
    let written = serde_json::to_value(&source).unwrap();
    assert_eq!(written, json!({ "found": "team", "at": at(0), "round": 1 }));
    assert_eq!(serde_json::from_value::<Source>(written).unwrap(), source);
    let shown = [&source, &source.next()].map(ToString::to_string);
    let second = at(0).as_second();
    assert_eq!(
        shown,
        [
            format!("search.team.{second}.1"),
            format!("search.team.{second}.2")
        ]
    );
    let (_, submitted) = &searched().events[0];
    let kept = serde_json::to_value(submitted).unwrap();
    assert_eq!(
        serde_json::from_value::<Event>(kept).ok().as_ref(),
        Some(submitted)
    );
}
