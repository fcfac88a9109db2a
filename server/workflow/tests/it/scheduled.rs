//! 実行予定: what was approved is carried out from a day of the form on, and not before.

use crate::fixture::{Story, answers, approval, plan, route, source, submission};
use crate::states::{cancel, finish, withdraw};
use jiff::Timestamp;
use serde_json::{Value, json};
use workflow::{Command, Definition, Event, RefusalCode, State};

/// 2027-01-15T08:00:00Z is the beginning of stories, a Friday; in Japan it is five in the afternoon.
const TODAY: &str = "2027-01-15";

fn definition(start: &Value) -> Definition {
    let mut definition: Value = serde_json::from_str(crate::fixture::USER_CREATE).unwrap();
    definition["steps"] = json!([approval("one", &["a"], json!({}))]);
    definition["execution"]["start"] = start.clone();
    Definition::parse(&definition.to_string()).unwrap()
}

/// Accepted, with this start date.
fn accepted(start: &Value, day: Option<&str>) -> Story {
    let definition = definition(start);
    let mut values = json!({ "lastName": "佐藤", "firstName": "花子" });
    if let Some(day) = day {
        values["startDate"] = json!(day);
    }
    let values = answers(values);
    let accept = Command::Accept {
        plan: plan("hanako"),
        route: route(&definition, &values),
    };
    let mut story = Story::under(definition);
    let submission = workflow::application::Submission {
        values,
        source: source(1),
        ..submission()
    };
    story.tell(Command::Submit(Box::new(submission))).unwrap();
    story.tell(accept).unwrap();
    story
}

fn approved(start: &Value, day: Option<&str>) -> Story {
    let mut story = accepted(start, day);
    story.approve("a");
    story
}

fn starts(story: &Story) -> Option<String> {
    match &story.now().state {
        State::Approved { starts, .. } => starts.map(|at| at.to_string()),
        _ => panic!("not approved"),
    }
}

fn let_come(story: &mut Story, moment: &str) {
    let moment: Timestamp = moment.parse().unwrap();
    // A command takes a minute.
    story.clock = moment.as_second() - 1_800_000_000 - 60;
}

#[test]
fn x02_the_moment_is_counted_from_the_day_on_the_companys_clocks() {
    for (more, expected) in [
        (json!({}), "2027-01-31T15:00:00Z"),
        (json!({ "days": 1 }), "2027-02-01T15:00:00Z"),
        (json!({ "days": -3, "time": "07:30" }), "2027-01-28T22:30:00Z"),
    ] {
        let start = crate::fixture::and(json!({ "field": "startDate" }), more);
        let story = approved(&start, Some("2027-02-01"));
        assert_eq!(starts(&story).as_deref(), Some(expected), "{start}");
        assert!(
            story
                .events
                .iter()
                .any(|(_, event)| matches!(event, Event::Scheduled { .. }))
        );
    }
}

#[test]
fn x02_a_day_that_has_passed_or_is_not_named_means_at_once() {
    let start = json!({ "field": "startDate" });
    for day in [Some(TODAY), Some("2027-01-01"), None] {
        let mut story = approved(&start, day);
        assert_eq!(starts(&story), None, "{day:?}");
        story.tell(Command::StartExecution).unwrap();
        assert_eq!(story.code(), "EX");
    }
}

#[test]
fn x02_before_its_day_nothing_starts_and_it_can_be_given_up() {
    let start = json!({ "field": "startDate" });
    let mut story = approved(&start, Some("2027-02-01"));
    let_come(&mut story, "2027-01-31T14:59:00Z");
    let early = story.tell(Command::StartExecution).unwrap_err();
    assert_eq!((early.code, story.code()), (RefusalCode::NotDue, "AP"));
    let_come(&mut story, "2027-01-31T15:00:00Z");
    story.tell(Command::StartExecution).unwrap();
    for step in ["user", "licence"] {
        story.tell(finish(step)).unwrap();
    }
    assert_eq!(story.code(), "CO");
    for (command, code) in [(withdraw(), "WD"), (cancel(), "CA")] {
        let mut story = approved(&start, Some("2027-02-01"));
        story.tell(command).unwrap();
        assert_eq!(story.code(), code);
    }
}

#[test]
fn x02_what_would_be_done_otherwise_on_the_day_is_asked_again_and_then_done_at_once() {
    let mut story = approved(&json!({ "field": "startDate" }), Some("2027-02-01"));
    let_come(&mut story, "2027-02-01T00:00:00Z");
    story.tell(Command::PlanChanged { plan: plan("other") }).unwrap();
    assert_eq!(story.code(), "IA");
    story.approve("a");
    assert_eq!(starts(&story), None);
    story.tell(Command::StartExecution).unwrap();
}

#[test]
fn x02_a_definition_names_a_day_of_its_form() {
    let refused = |start: Value| {
        let mut definition: Value = serde_json::from_str(crate::fixture::USER_CREATE).unwrap();
        definition["execution"]["start"] = start;
        Definition::parse(&definition.to_string())
            .unwrap_err()
            .to_string()
    };
    for (start, told) in [
        (json!({ "field": "nothing" }), "the form has no field \"nothing\""),
        (json!({ "field": "lastName" }), "not a day"),
        (
            json!({ "field": "startDate", "days": 400 }),
            "execution.start.days",
        ),
        (json!({ "field": "startDate", "time": "7:30" }), "HH:MM"),
    ] {
        let said = refused(start);
        assert!(said.contains(told), "{said}");
    }
}
