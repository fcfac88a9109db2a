//! A definition is tried with whoever is different, also where there are too many people to try everybody.

use std::collections::BTreeSet;

use crate::deadlocks::{checked, company, stop};
use crate::fixture::{and, approval, person, step};
use serde_json::{Value, json};
use workflow::route::{Organisation, Person};

/// A crowd in which one person is different: nobody is above him, or he alone is asked.
fn crowd(of: usize) -> Organisation {
    let mut company = company();
    for number in 0..of {
        let clerk = Person {
            manager: Some(person("manager")),
            enabled: true,
            ..Person::default()
        };
        company.people.insert(person(&format!("clerk{number:05}")), clerk);
    }
    company
}

/// Conditions of which there are more than everybody can be tried with.
fn many_conditions() -> Value {
    let texts = ["lastName", "firstName", "reason", "post", "upnLocal"];
    let when: Vec<String> = texts
        .iter()
        .map(|field| format!("{field} = \"x\" or {field} = \"y\""))
        .collect();
    json!(when.join(" or "))
}

#[test]
fn whoever_is_asked_or_has_nobody_above_is_tried_also_where_not_everybody_can_be() {
    let company = crowd(3000);
    let first = and(
        approval("first", &["b", "d"], json!({})),
        json!({ "when": many_conditions() }),
    );
    let good = json!({ "steps": [first, approval("two", &["clerk00007", "clerk01501"], json!({}))], "nobody": stop() });
    let coverage = checked(&good, &company).unwrap();
    assert!(coverage.applicants < company.people.len(), "{coverage:?}");
    let alone = json!({ "steps": [first, approval("two", &["clerk00007", "clerk01501"], json!({ "quorum": { "of": "n", "n": 2 } }))] });
    let error = checked(&alone, &company).unwrap_err();
    assert!(error.problem.contains("for applicant clerk"), "{error}");
    let managers = json!([{ "from": "manager" }]);
    let managed = step("two", json!({ "approval": { "assignees": managers } }));
    let error = checked(&json!({ "steps": [first, managed], "nobody": stop() }), &company).unwrap_err();
    let told: BTreeSet<&str> = error.problem.split(' ').collect();
    assert!(
        ["a", "b", "admin"].iter().any(|top| told.contains(top)),
        "{error}"
    );
}
