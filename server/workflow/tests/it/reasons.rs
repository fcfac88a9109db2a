//! What is found out before a definition is published: routes that end at nobody, and its own test cases.

use crate::fixture::{and, approval, definition, organisation, person, step, today, with};
use serde_json::{Value, json};
use workflow::publish::{Finding, check_routes, run_cases};

#[test]
fn the_shipped_definition_asks_somebody_whatever_is_answered() {
    let alone = check_routes(&definition(), &organisation(), today()).unwrap_err();
    assert!(
        alone.problem.contains("admin"),
        "the only administrator has no manager: {alone}"
    );
    let mut organisation = organisation();
    organisation.administrators.insert(person("director"));
    let coverage = check_routes(&definition(), &organisation, today()).unwrap();
    assert!(coverage.is_complete);
}

fn nobody(steps: &Value) -> String {
    let definition = with(json!({ "steps": steps, "nobody": { "then": "stop" } }));
    let error = check_routes(&definition, &organisation(), today()).unwrap_err();
    format!("{}: {}", error.path, error.problem)
}

#[test]
fn a_route_that_ends_at_nobody_is_told_with_the_answers_that_lead_there() {
    let empty = |when: &str| {
        let unit = json!({ "approval": { "assignees": [{ "from": "unit", "unit": "無人部" }] } });
        json!([
            approval("one", &["a", "b"], json!({})),
            and(step("two", unit), json!({ "when": when }))
        ])
    };
    for (when, told) in [
        ("licence = \"E5\"", "licence = \"E5\""),
        ("plan.deletes > 10", "plan.deletes = 11"),
        ("startDate >= 2027-04-01", "startDate = \"2027-04-01\""),
        ("groups contains \"g1\"", "groups = [\"g1\"]"),
        (
            "department = \"人事部\" and plan.deletes > 3 and not empty(reason)",
            "department = \"人事部\"",
        ),
    ] {
        let error = nobody(&empty(when));
        assert!(error.starts_with("steps[1]: "), "{error}");
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn conditions_that_exclude_each_other_are_not_tried_together() {
    let unit = json!({ "approval": { "assignees": [{ "from": "unit", "unit": "無人部" }] } });
    let impossible = and(
        step("two", unit),
        json!({ "when": "plan.deletes > 10 and plan.deletes < 5" }),
    );
    let definition = with(
        json!({ "steps": [approval("one", &["a", "b"], json!({})), impossible], "nobody": { "then": "stop" } }),
    );
    check_routes(&definition, &organisation(), today()).unwrap();
}

#[test]
fn a_quorum_that_the_organisation_cannot_reach_is_told() {
    let unit = json!({ "approval": { "assignees": [{ "from": "unit", "unit": "営業部" }], "quorum": { "of": "n", "n": 3 } } });
    let error = nobody(&json!([step("one", unit)]));
    assert!(error.contains("3 approvals are needed"), "{error}");
}

#[test]
fn a_definitions_own_cases_come_out_as_written_or_show_where_they_differ() {
    let cases = json!([
        { "name": "営業部", "applicant": "applicant",
          "expect": [{ "step": "manager", "people": ["manager"] }, { "step": "it", "people": ["it1", "it2", "it3"] }] },
        { "name": "違う人", "applicant": "applicant",
          "expect": [{ "step": "manager", "people": ["manager"] }, { "step": "it", "people": ["it1"] }] },
        { "name": "足りない", "applicant": "applicant", "organisation": { "people": { "applicant": { "enabled": true, "manager": "m" },
          "m": { "enabled": true } } }, "expect": [] },
    ]);
    let definition = with(json!({ "cases": cases }));
    let results = run_cases(&definition, &organisation(), today());
    assert_eq!(results[0].finding, Finding::AsExpected);
    let Finding::Differs { at, found } = &results[1].finding else {
        panic!()
    };
    assert_eq!((*at, found[1].people.contains(&person("it3"))), (1, true));
    assert!(matches!(&results[2].finding, Finding::Fails(error) if error.step.as_str() == "it"));
}
