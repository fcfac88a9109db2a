//! 有効期限: what was carried out stands until a day of the form; before that its applicant is told, and may renew it.

use std::collections::BTreeSet;

use crate::fixture::{Story, answers, approval, person, plan, route, source, submission};
use crate::states::finish;
use jiff::Timestamp;
use serde_json::{Value, json};
use workflow::application::{
    Actor, Choice, Link, LinkKind, SendBackTo, Source, Submission, due_actions, next_due,
};
use workflow::route::Route;
use workflow::{ApplicationId, Command, Definition, Event, RefusalCode};

/// Stories begin on Friday, 2027-01-15. In Japan this is the last second of the day.
const UNTIL: &str = "2027-03-01";
const END: &str = "2027-03-01T14:59:59Z";

fn definition(end: Value) -> Definition {
    let mut definition: Value = serde_json::from_str(crate::fixture::USER_CREATE).unwrap();
    definition["steps"] = json!([approval("one", &["a"], json!({}))]);
    definition["execution"]["end"] = end;
    Definition::parse(&definition.to_string()).unwrap()
}

fn with_end() -> Definition {
    definition(json!({ "field": "startDate" }))
}

fn answered(day: Option<&str>) -> forms::Values {
    let mut values = json!({ "lastName": "佐藤", "firstName": "花子" });
    if let Some(day) = day {
        values["startDate"] = json!(day);
    }
    answers(values)
}

/// Approved and carried out, with this day.
fn carried_out(definition: Definition, day: Option<&str>, link: Option<Link>) -> Story {
    let values = answered(day);
    let accept = Command::Accept {
        plan: plan("hanako"),
        route: route(&definition, &values),
    };
    let mut story = Story::under(definition);
    let submission = Submission {
        values,
        link,
        source: source(1),
        ..submission()
    };
    story.tell(Command::Submit(Box::new(submission))).unwrap();
    story.tell(accept).unwrap();
    story.approve("a");
    for command in [Command::StartExecution, finish("user"), finish("licence")] {
        story.tell(command).unwrap();
    }
    story
}

fn due(story: &Story) -> Option<String> {
    next_due(story.now(), story.terms()).map(|at| at.to_string())
}

fn let_come(story: &mut Story, moment: &str) {
    let moment: Timestamp = moment.parse().unwrap();
    // A command takes a minute.
    story.clock = moment.as_second() - 1_800_000_000 - 60;
}

/// Everything that is due at a moment.
fn met(story: &mut Story, moment: &str) -> Vec<Command> {
    let now: Timestamp = moment.parse().unwrap();
    let due = due_actions(story.now(), story.terms(), now);
    for command in &due {
        let_come(story, moment);
        story.tell(command.clone()).unwrap();
    }
    due
}

fn days(days: &[u16]) -> Command {
    Command::RemindOfExpiry {
        days: days.iter().copied().collect::<BTreeSet<_>>(),
    }
}

fn moved(at: Option<&str>) -> Command {
    Command::MoveExpiry {
        by: ApplicationId::new("a-2"),
        number: "USR-2027-00002".to_owned(),
        at: at.map(|at| at.parse().unwrap()),
    }
}

#[test]
fn x03_the_applicant_is_told_30_7_and_1_days_before_the_end_and_then_it_ends_once() {
    let mut story = carried_out(with_end(), Some(UNTIL), None);
    for (moment, expected) in [
        ("2027-01-29T15:00:00Z", days(&[30])),
        ("2027-02-21T15:00:00Z", days(&[7])),
        ("2027-02-27T15:00:00Z", days(&[1])),
        (END, Command::MeetExpiry),
    ] {
        assert_eq!(due(&story).as_deref(), Some(moment));
        assert_eq!(met(&mut story, moment), [expected]);
    }
    assert_eq!((due(&story), story.code()), (None, "CO"));
    assert_eq!(
        story.tell(Command::MeetExpiry).unwrap_err().code,
        RefusalCode::NotNow
    );
    assert_eq!(story.now().expiry_ahead(), None);
}

#[test]
fn x03_reminders_that_were_missed_are_one_and_those_of_days_past_are_none() {
    let mut story = carried_out(with_end(), Some(UNTIL), None);
    assert_eq!(met(&mut story, "2027-02-25T00:00:00Z"), [days(&[30, 7])]);
    // Six days: nobody is reminded of thirty or seven.
    let story = carried_out(with_end(), Some("2027-01-20"), None);
    assert_eq!(due(&story).as_deref(), Some("2027-01-18T15:00:00Z"));
}

#[test]
fn x03_without_a_day_it_stands_for_good() {
    let story = carried_out(with_end(), None, None);
    assert_eq!((due(&story), story.now().expiry.clone()), (None, None));
}

#[test]
fn x03_nothing_ends_before_it_is_carried_out() {
    let mut story = carried_out(with_end(), Some(UNTIL), None);
    let early = story.tell(days(&[30])).unwrap_err();
    assert_eq!(early.code, RefusalCode::NotDue);
    assert_eq!(
        story.tell(Command::MeetExpiry).unwrap_err().code,
        RefusalCode::NotDue
    );
}

#[test]
fn x03_a_renewal_moves_the_end_and_reminds_anew_but_not_of_what_is_over() {
    let mut story = carried_out(with_end(), Some(UNTIL), None);
    met(&mut story, "2027-02-25T00:00:00Z");
    story.tell(moved(Some("2027-06-30T14:59:59Z"))).unwrap();
    assert_eq!(due(&story).as_deref(), Some("2027-05-30T15:00:00Z"));
    // Nobody has looked yet, but the day is over.
    let_come(&mut story, "2027-06-30T14:59:59Z");
    let late = story.tell(moved(Some("2027-12-31T14:59:59Z"))).unwrap_err();
    assert_eq!(late.code, RefusalCode::TooLate);
    met(&mut story, "2027-06-30T14:59:59Z");
    let late = story.tell(moved(Some("2027-12-31T14:59:59Z"))).unwrap_err();
    assert_eq!(late.code, RefusalCode::NotNow);
}

#[test]
fn x03_what_was_undone_before_has_no_end() {
    let mut story = carried_out(with_end(), Some(UNTIL), None);
    story.tell(moved(None)).unwrap();
    assert_eq!(due(&story), None);
}

#[test]
fn x03_another_form_that_names_no_day_has_no_end() {
    let definition = with_end();
    let accept = |day, what| Command::Accept {
        plan: plan(what),
        route: route(&with_end(), &answered(day)),
    };
    let mut story = Story::under(definition);
    let submission = Submission {
        values: answered(Some(UNTIL)),
        ..submission()
    };
    story.tell(Command::Submit(Box::new(submission))).unwrap();
    story.tell(accept(Some(UNTIL), "hanako")).unwrap();
    story.approve("a");
    assert!(story.now().expiry.is_some());
    // Asked again, and mended.
    let plan = plan("another");
    story.tell(Command::PlanChanged { plan }).unwrap();
    story
        .vote("a", Choice::SendBack(SendBackTo::Applicant {}))
        .unwrap();
    let again = Command::Resubmit {
        by: person("applicant"),
        source: source(2),
        values: answered(None),
    };
    story.tell(again).unwrap();
    story.tell(accept(None, "hanako")).unwrap();
    story.approve("a");
    assert_eq!((story.code(), &story.now().expiry), ("AP", &None));
}

#[test]
fn x03_what_follows_another_application_has_no_end_of_its_own() {
    for kind in [LinkKind::Renew, LinkKind::Reverse] {
        let original = ApplicationId::new("a-0");
        let story = carried_out(with_end(), Some(UNTIL), Some(Link { original, kind }));
        assert_eq!(due(&story), None);
    }
}

/// What the service asks for at the end.
fn ending(definition: Definition) -> Story {
    let ended = ApplicationId::new("a-1");
    let link = Link {
        original: ended.clone(),
        kind: LinkKind::Reverse,
    };
    let submission = Submission {
        values: answered(Some(UNTIL)),
        application: ApplicationId::new("a-9"),
        link: Some(link),
        source: Source::End { ended },
        ..submission()
    };
    let mut story = Story::under(definition);
    story.tell(Command::Submit(Box::new(submission))).unwrap();
    story
}

#[test]
fn x03_the_end_was_approved_with_the_rest_so_nobody_is_asked_and_nobody_can_stop_it() {
    let mut story = ending(with_end());
    let (_, submitted) = &story.events[0];
    assert_eq!(submitted.actor(), Actor::Service);
    let accept = |route| Command::Accept {
        plan: plan("hanako"),
        route,
    };
    let asking = route(&story.definition, &answered(Some(UNTIL)));
    assert_eq!(
        story.tell(accept(asking)).unwrap_err().code,
        RefusalCode::RouteMismatch
    );
    story.tell(accept(Route::default())).unwrap();
    assert_eq!(story.code(), "AP");
    let stopped = story.tell(crate::states::withdraw()).unwrap_err();
    assert_eq!(stopped.code, RefusalCode::NotAllowed);
    story.tell(Command::StartExecution).unwrap();
    assert_eq!(story.code(), "EX");
}

#[test]
fn x03_nobody_but_the_service_gets_by_without_approval() {
    let definition = with_end();
    let mut story = Story::under(definition);
    story.tell(crate::fixture::submit()).unwrap();
    let accept = Command::Accept {
        plan: plan("hanako"),
        route: Route::default(),
    };
    assert_eq!(story.tell(accept).unwrap_err().code, RefusalCode::RouteMismatch);
}

#[test]
fn x03_journals_of_rows_read_as_they_always_did() {
    let row = source(2);
    assert_eq!(
        serde_json::to_value(&row).unwrap(),
        json!({ "inboxItem": 7, "round": 2 })
    );
    let end = Source::End {
        ended: ApplicationId::new("a-1"),
    };
    for source in [row, end] {
        let again = serde_json::from_value(serde_json::to_value(&source).unwrap());
        assert_eq!(again.ok(), Some(source));
    }
    let story = carried_out(with_end(), Some(UNTIL), None);
    let (_, submitted) = &story.events[0];
    let written = serde_json::to_value(submitted).unwrap();
    assert_eq!(
        (&written["type"], &written["source"]["round"]),
        (&json!("submitted"), &json!(1))
    );
    assert_eq!(
        serde_json::from_value::<Event>(written).ok().as_ref(),
        Some(submitted)
    );
}

#[test]
fn x03_a_definition_names_a_day_of_its_form_and_days_before() {
    let refused = |end: Value| {
        let mut definition: Value = serde_json::from_str(crate::fixture::USER_CREATE).unwrap();
        definition["execution"]["end"] = end;
        Definition::parse(&definition.to_string())
            .unwrap_err()
            .to_string()
    };
    for (end, told) in [
        (json!({ "field": "nothing" }), "the form has no field \"nothing\""),
        (json!({ "field": "lastName" }), "not a day"),
        (
            json!({ "field": "startDate", "remind": [0] }),
            "execution.end.remind",
        ),
        (
            json!({ "field": "startDate", "remind": [7, 7] }),
            "execution.end.remind",
        ),
        (
            json!({ "field": "startDate", "renewal": ["nothing"] }),
            "the form has no field",
        ),
    ] {
        let said = refused(end);
        assert!(said.contains(told), "{said}");
    }
}
