//! Random definitions.

use crate::fixture::{flow, step};
use proptest::prelude::*;
use serde_json::{Value, json};
use workflow::Definition;

/// An approval with random rules.
fn any_approval() -> impl Strategy<Value = Value> {
    let people = prop::sample::subsequence(vec!["a", "b", "c", "d"], 1..=3);
    let quorum = prop_oneof![
        Just(json!({ "of": "all" })),
        Just(json!({ "of": "any" })),
        Just(json!({ "of": "n", "n": 1 })),
        (1u32..=100).prop_map(|percent| json!({ "of": "percent", "percent": percent })),
    ];
    let mode = prop::sample::select(vec!["veto", "opinion"]);
    let reject = prop::sample::select(vec!["first", "threshold"]);
    let deadline = prop::sample::select(vec![
        "remind", "approve", "reject", "sendBack", "expire", "escalate",
    ]);
    let hold = prop::sample::select(vec!["allowed", "stopsClock", "forbidden"]);
    (people, quorum, mode, reject, deadline, hold, any::<(bool, bool, bool)>()).prop_map(
        |(people, quorum, mode, reject, deadline, hold, (is_final, pulls, replaces))| {
            let action = if deadline == "escalate" {
                json!({ "do": "escalate", "to": [{ "from": "people", "people": ["e", "d"] }], "replace": replaces })
            } else {
                json!({ "do": deadline })
            };
            let mut approval = json!({
                "assignees": [{ "from": "people", "people": people }], "quorum": quorum, "mode": mode,
                "reject": reject, "final": is_final, "due": { "calendarDays": 3 }, "atDeadline": action,
                "reminders": [{ "before": { "calendarDays": 1 } }], "hold": hold, "editable": ["licence"],
            });
            if pulls {
                approval["pullUp"] = json!({ "after": { "calendarDays": 1 }, "reviewWithin": { "calendarDays": 2 } });
            }
            json!({ "approval": approval })
        },
    )
}

fn any_kind() -> impl Strategy<Value = Value> {
    let named = json!([{ "from": "people", "people": ["c", "e"] }]);
    let (readers, reviewers, workers) = (named.clone(), named.clone(), named);
    let then = prop::sample::select(vec!["pass", "finish", "reject", "return"]);
    prop_oneof![
        6 => any_approval(),
        1 => Just(json!({ "circulation": { "readers": readers, "due": { "calendarDays": 1 } } })),
        1 => Just(json!({ "postReview": { "reviewers": reviewers } })),
        1 => then.prop_map(|then| json!({ "automatic": { "outcomes": [{ "when": "licence = \"E5\"", "then": then }] } })),
        1 => prop::sample::select(vec!["beforeExecution", "afterExecution"])
            .prop_map(move |stage| json!({ "manualWork": { "workers": workers, "stage": stage } })),
    ]
}

pub(crate) fn any_definition() -> impl Strategy<Value = Definition> {
    let rules = (
        prop::sample::select(vec!["untilFirstDecision", "untilLastStep", "never"]),
        prop::sample::select(vec!["askEach", "first", "last"]),
    );
    (
        any_approval(),
        prop::collection::vec((any_kind(), 0u8..4), 0..5),
        rules,
    )
        .prop_map(|(first, kinds, rules)| {
            let first = step("s0", first);
            let others = kinds.into_iter().enumerate().map(|(at, (kind, when))| {
                let mut step = step(&format!("s{}", at + 1), kind);
                if when == 0 {
                    step["when"] = json!("empty(licence)");
                }
                step
            });
            let mut definition = flow([first].into_iter().chain(others));
            definition.pull_back = serde_json::from_value(json!(rules.0)).unwrap();
            definition.same_person = serde_json::from_value(json!(rules.1)).unwrap();
            definition
        })
}
