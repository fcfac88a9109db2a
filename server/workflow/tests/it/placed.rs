//! 実行 as a step: where among the steps the plan is carried out, and what may stand around it.

use crate::fixture::{Story, and, approval, flow, step, values, with};
use crate::states::{finish, work};
use serde_json::{Value, json};
use workflow::application::StepState;
use workflow::definition::Stage;
use workflow::{Choice, Command, Definition, StepKey};

fn by_hand(key: &str, more: Value) -> Value {
    let workers = json!([{ "from": "people", "people": ["d"] }]);
    step(
        key,
        json!({ "manualWork": and(json!({ "workers": workers }), more) }),
    )
}

fn run() -> Value {
    step("run", json!({ "execution": {} }))
}

fn around() -> Definition {
    flow([
        approval("one", &["a"], json!({})),
        by_hand("before", json!({})),
        run(),
        by_hand("after", json!({})),
    ])
}

fn standing(story: &Story) -> StepState {
    let steps = story.now().steps(&story.definition);
    let run = StepKey::new("run");
    let at = story.definition.position(&run).unwrap();
    steps[at].1
}

#[test]
fn t19_t21_work_by_hand_is_done_where_it_stands_around_the_execution() {
    let mut story = Story::accepted(around());
    assert_eq!(standing(&story), StepState::Waiting);
    story.approve("a");
    story.tell(Command::StartExecution).unwrap();
    assert_eq!((story.code(), story.asked().0.as_str()), ("MW", "before"));
    assert_eq!(standing(&story), StepState::Waiting);
    story.tell(work(&story)).unwrap();
    assert_eq!((story.code(), standing(&story)), ("EX", StepState::Active));
    story.tell(finish("user")).unwrap();
    story.tell(finish("licence")).unwrap();
    assert_eq!((story.code(), story.asked().0.as_str()), ("MW", "after"));
    assert_eq!(standing(&story), StepState::Passed);
    story.tell(work(&story)).unwrap();
    assert_eq!((story.code(), standing(&story)), ("CO", StepState::Passed));
}

#[test]
fn what_is_rejected_never_comes_to_the_execution() {
    let mut story = Story::accepted(around());
    story.vote("a", Choice::Reject).unwrap();
    assert_eq!(standing(&story), StepState::Waiting);
}

#[test]
fn t06_whoever_finishes_the_approval_skips_no_execution() {
    let definition = flow([
        approval("one", &["a"], json!({ "final": true })),
        approval("two", &["b"], json!({})),
        run(),
        by_hand("after", json!({})),
    ]);
    let mut story = Story::accepted(definition);
    story.vote("a", Choice::Finish).unwrap();
    story.tell(Command::StartExecution).unwrap();
    assert_eq!((story.code(), standing(&story)), ("EX", StepState::Active));
}

#[test]
fn it_is_the_place_or_the_stage_that_says_when_work_is_done() {
    let stage = |definition: &Definition, key: &str| definition.stage(&StepKey::new(key));
    let placed = around();
    assert_eq!(stage(&placed, "before"), Some(Stage::BeforeExecution));
    assert_eq!(stage(&placed, "after"), Some(Stage::AfterExecution));
    assert_eq!(stage(&placed, "one"), None);
    let told = flow([
        approval("one", &["a"], json!({})),
        by_hand("work", json!({ "stage": "beforeExecution" })),
    ]);
    assert_eq!(stage(&told, "work"), Some(Stage::BeforeExecution));
    let route = crate::fixture::route(&placed, &values());
    assert!(route.fits(&placed));
    assert!(!route.steps[2].is_asked() && route.steps[2].skipped.is_none());
}

fn refused(steps: Value) -> (String, String) {
    let mut definition: Value = serde_json::to_value(with(json!({}))).unwrap();
    definition["steps"] = steps;
    let error = Definition::parse(&definition.to_string()).unwrap_err();
    (error.path, error.problem)
}

#[test]
fn an_execution_that_comes_before_a_decision_or_is_passed_by_is_refused_with_its_path() {
    let one = || approval("one", &["a"], json!({}));
    let seen = json!({ "circulation": { "readers": [{ "from": "people", "people": ["e"] }] } });
    let e5 = json!([{ "when": "licence = \"E5\"", "to": "end" }]);
    let cases = [
        (json!([run(), one()]), "steps[1]", "behind the execution"),
        (
            json!([one(), run(), step("seen", seen)]),
            "steps[2]",
            "behind the execution",
        ),
        (
            json!([one(), run(), and(run(), json!({ "key": "again" }))]),
            "steps[2]",
            "twice",
        ),
        (
            json!([one(), and(run(), json!({ "when": "empty(licence)" }))]),
            "steps[1].when",
            "cannot be left out",
        ),
        (
            json!([and(one(), json!({ "next": e5 })), run()]),
            "steps[0].next",
            "never comes to the execution",
        ),
        (
            json!([one(), by_hand("work", json!({}))]),
            "steps[1].kind.manualWork.stage",
            "before the execution or afterwards",
        ),
        (
            json!([
                one(),
                run(),
                by_hand("work", json!({ "stage": "beforeExecution" }))
            ]),
            "steps[2].kind.manualWork.stage",
            "other side",
        ),
    ];
    for (steps, path, told) in cases {
        let (found, problem) = refused(steps);
        assert_eq!(found, path, "{problem}");
        assert!(problem.contains(told), "{problem}");
    }
}
