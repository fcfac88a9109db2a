//! Definitions are read as a whole or refused with a place and a remedy.

use crate::fixture::{USER_CREATE, definition};
use serde_json::{Value, json};
use workflow::Definition;

#[test]
fn the_shipped_definition_of_a_new_user_is_good() {
    let definition = definition();
    assert_eq!(definition.key.as_str(), "user-create");
    assert_eq!(definition.steps.len(), 2);
    let today = jiff::civil::date(2026, 4, 1);
    assert_eq!(definition.numbering.number(today, 42), "USR-2026-00042");
}

#[test]
fn a_definition_survives_writing_and_reading() {
    let text = serde_json::to_string(&definition()).unwrap();
    assert_eq!(Definition::parse(&text).unwrap(), definition());
}

/// Pointer, what is put there, and the path of the complaint.
fn mistakes() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/version", json!(0), "version"),
        ("/key", json!("User Create"), "key"),
        ("/title/ja", json!(" "), "title"),
        ("/numbering/prefix", json!(""), "numbering.prefix"),
        (
            "/execution/plan/licence",
            json!("noSuchField"),
            "execution.plan.licence",
        ),
        (
            "/execution/plan/properties/surname",
            json!("{noSuchField}"),
            "execution.plan.properties.surname",
        ),
        ("/form/sections", json!([]), "form"),
    ]
}

fn mistakes_in_steps() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/steps", json!([]), "steps"),
        ("/steps/1/key", json!("manager"), "steps[1].key"),
        ("/steps/1/key", json!("end"), "steps[1].key"),
        (
            "/steps/1/kind/approval/quorum",
            json!({"of": "n", "n": 0}),
            "steps[1].kind.approval.quorum",
        ),
        (
            "/steps/1/kind/approval/quorum",
            json!({"of": "percent", "percent": 101}),
            "steps[1].kind.approval.quorum",
        ),
        (
            "/steps/0/kind/approval/quorum",
            json!({"of": "n", "n": 2}),
            "steps[0].kind.approval.quorum",
        ),
        (
            "/steps/0/kind/approval/assignees/0",
            json!({"from": "people", "people": []}),
            "steps[0].kind.approval.assignees[0]",
        ),
        (
            "/steps/0/kind/approval/assignees/0",
            json!({"from": "previousManager"}),
            "steps[0].kind.approval.assignees[0]",
        ),
        (
            "/steps/0/kind/approval/assignees/0",
            json!({"from": "field", "field": "noSuchField"}),
            "steps[0].kind.approval.assignees[0]",
        ),
    ]
}

#[test]
fn a_bad_definition_is_refused_where_it_is_bad() {
    for (pointer, bad, path) in mistakes().into_iter().chain(mistakes_in_steps()) {
        let mut definition: Value = serde_json::from_str(USER_CREATE).unwrap();
        *definition.pointer_mut(pointer).unwrap() = bad;
        let error = Definition::parse(&definition.to_string()).unwrap_err();
        assert_eq!(error.path, path, "{error}");
        assert!(!error.remedy.is_empty());
    }
}

#[test]
fn an_unknown_member_is_refused_rather_than_ignored() {
    let mut definition: Value = serde_json::from_str(USER_CREATE).unwrap();
    definition["steps"][0]["kind"]["approval"]["veto"] = json!(true);
    let error = Definition::parse(&definition.to_string()).unwrap_err();
    assert!(error.problem.contains("veto"), "{error}");
}
