//! Work on what a directory on premises masters: asked for where there is any, and never promised in vain.

use crate::fixture::{Story, and, approval, flow, organisation, plan, route_of, step, submit, values, with};
use crate::states::work;
use serde_json::{Value, json};
use workflow::{Command, Definition, Plan};

fn by_hand(more: Value) -> Value {
    let workers = json!([{ "from": "people", "people": ["d"] }]);
    let work = step(
        "byHand",
        json!({ "manualWork": { "workers": workers, "stage": "afterExecution" } }),
    );
    and(and(work, json!({ "when": "plan.byHand > 0" })), more)
}

fn definition() -> Definition {
    flow([approval("one", &["a"], json!({})), by_hand(json!({}))])
}

/// Approved, where so many steps are people's and these are ours.
fn approved(count: u64, plan: Plan) -> Story {
    let definition = definition();
    assert!(definition.works_by_hand());
    let asked = ("applicant", &organisation());
    let route = route_of(&definition, asked, &values(), &[("byHand", count)]).unwrap();
    let mut story = Story::under(definition);
    story.tell(submit()).unwrap();
    story.tell(Command::Accept { plan, route }).unwrap();
    story.approve("a");
    story.tell(Command::StartExecution).unwrap();
    story
}

#[test]
fn r18_what_people_do_alone_is_asked_for_at_once_and_ends_it() {
    let nothing = Plan::seal(Vec::new(), json!({ "byHand": "all" }));
    let mut story = approved(2, nothing);
    assert_eq!((story.code(), story.asked().0.as_str()), ("MW", "byHand"));
    story.tell(work(&story)).unwrap();
    assert_eq!(story.code(), "CO");
}

#[test]
fn r18_nobody_is_asked_where_nothing_is_done_by_hand() {
    let mut story = approved(0, plan("hanako"));
    assert_eq!(story.code(), "EX");
    story.tell(crate::states::finish("user")).unwrap();
    story.tell(crate::states::finish("licence")).unwrap();
    assert_eq!(story.code(), "CO");
}

#[test]
fn r18_work_by_hand_that_might_be_passed_by_is_refused_with_its_path() {
    let one = || approval("one", &["a"], json!({}));
    let skips = json!([{ "when": "licence = \"E5\"", "to": "end" }]);
    let mut early = by_hand(json!({}));
    early["kind"]["manualWork"]["stage"] = json!("beforeExecution");
    let cases = [
        (
            json!([one(), by_hand(json!({ "when": "plan.byHand > 3" }))]),
            "steps[1].when",
            "depends on something else",
        ),
        (json!([one(), early]), "steps[1]", "before the execution"),
        (
            json!([and(one(), json!({ "next": skips })), by_hand(json!({}))]),
            "steps[1]",
            "never comes to this work",
        ),
    ];
    for (steps, path, told) in cases {
        let mut body: Value = serde_json::to_value(with(json!({}))).unwrap();
        body["steps"] = steps;
        let error = Definition::parse(&body.to_string()).unwrap_err();
        assert_eq!(error.path, path, "{error}");
        assert!(error.problem.contains(told), "{error}");
    }
}

#[test]
fn r18_an_approval_may_depend_on_work_by_hand_and_promises_none() {
    let two = and(
        approval("two", &["b"], json!({})),
        json!({ "when": "plan.byHand > 0" }),
    );
    assert!(!flow([approval("one", &["a"], json!({})), two]).works_by_hand());
}
