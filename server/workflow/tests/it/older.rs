//! What was written before stays readable: members that came later have their meaning of then.

use crate::fixture::{Story, at, submit};
use serde_json::{Value, json};
use workflow::application::ItemState;
use workflow::{Application, Code, Event, PersonId, State, replay};

const TOKEN: &str = "0707070707070707070707070707070707070707070707070707070707070707";

fn opening(step: &str, asking: u32) -> Value {
    json!({ "step": step, "asking": asking, "token": TOKEN, "due": null })
}

fn lines() -> Vec<Event> {
    let submitted = Story::of([submit()]).last().clone();
    let steps = json!([
        { "key": "manager", "assignees": ["manager"], "note": "replaced" },
        { "key": "it", "assignees": ["it1", "it2"] },
    ]);
    let plan = json!({ "steps": [], "body": {}, "hash": TOKEN });
    let older = json!([
        { "type": "accepted", "plan": plan, "route": { "steps": steps }, "opening": opening("manager", 1) },
        { "type": "held", "by": "manager", "comment": null },
        { "type": "released", "by": "manager" },
        { "type": "decided", "by": "manager", "verdict": "approve", "token": TOKEN, "comment": null },
        { "type": "stepPassed", "opening": opening("it", 2) },
    ]);
    let older: Vec<Event> = serde_json::from_value(older).unwrap();
    [submitted].into_iter().chain(older).collect()
}

#[test]
fn an_older_journal_tells_the_same_story() {
    let lines = lines();
    let told = replay(lines.iter().map(|event| (at(0), event))).unwrap().unwrap();
    assert_eq!(told.code(), Code::IA);
    let decided = told.past[0].item(&PersonId::new("manager")).unwrap();
    assert!(matches!(decided.state, ItemState::Done { by: None, .. }));
}

#[test]
fn an_older_state_is_read_as_it_was() {
    let lines = lines();
    let told = replay(lines.iter().map(|event| (at(0), event))).unwrap().unwrap();
    let mut older = serde_json::to_value(&told).unwrap();
    for member in ["provisional", "drafter", "link", "notices", "represented"] {
        assert!(
            older.get(member).is_none(),
            "{member} is written only where it says something"
        );
    }
    let review = &mut older["state"];
    review.as_object_mut().unwrap().remove("heldAt");
    let read: Application = serde_json::from_value(older).unwrap();
    assert_eq!(read, told);
    assert!(matches!(read.state, State::InApproval(_)));
}
