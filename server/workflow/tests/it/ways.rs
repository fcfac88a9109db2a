//! Which way an application takes (W5, W34): conditions, branches, joins; and what is refused before anybody applies.

use crate::fixture::{
    Story, USER_CREATE, and, answers, approval, flow, organisation, route_of, step, values,
};
use serde_json::{Value, json};
use workflow::Definition;
use workflow::application::StepState;
use workflow::route::{Route, RouteProblem, SkipReason};

fn way(route: &Route) -> Vec<String> {
    let word = |step: &workflow::route::RouteStep| match step.skipped {
        Some(why) => format!("{} {why:?}", step.key),
        None => step.key.to_string(),
    };
    route.steps.iter().map(word).collect()
}

fn branching() -> Definition {
    let to = |when: &str, to: &str| json!({ "when": when, "to": to });
    flow([
        and(
            approval("one", &["a"], json!({})),
            json!({ "next": [to("licence = \"E5\"", "three"), to("plan.deletes > 10", "end")] }),
        ),
        and(
            approval("two", &["b"], json!({})),
            json!({ "next": [{ "to": "four" }] }),
        ),
        approval("three", &["c"], json!({})),
        and(
            approval("four", &["d"], json!({})),
            json!({ "when": "applicant.department = \"営業部\"" }),
        ),
    ])
}

#[test]
fn w05_the_first_branch_that_holds_leads_on_and_ways_join_again() {
    let licence = answers(json!({ "licence": "E5" }));
    let cases: [(&forms::Values, u64, &str, &[&str]); 4] = [
        (&values(), 0, "applicant", &["one", "two", "four"]),
        (&licence, 0, "applicant", &["one", "three", "four"]),
        (&values(), 11, "applicant", &["one"]),
        (&licence, 11, "it1", &["one", "three", "four Rule"]),
    ];
    for (values, deletes, applicant, expected) in cases {
        let plan = [("deletes", deletes)];
        let route = route_of(&branching(), (applicant, &organisation()), values, &plan).unwrap();
        assert_eq!(way(&route), expected, "{deletes} {applicant}");
        assert!(route.fits(&branching()));
    }
}

/// More rows are asked of more people.
#[test]
fn w05_f10_rows_of_a_form_are_counted_by_its_conditions() {
    let name = json!({ "key": "name", "label": { "ja": "名前", "en": "Name" }, "input": { "type": "text" } });
    let rows = json!({ "type": "rows", "fields": [name], "maxRows": 50 });
    let field = json!({ "key": "people", "label": { "ja": "人", "en": "People" }, "input": rows });
    let mut whole: Value = serde_json::from_str(USER_CREATE).unwrap();
    let fields = whole["form"]["sections"][0]["fields"].as_array_mut().unwrap();
    fields.push(field);
    let many = and(
        approval("many", &["b"], json!({})),
        json!({ "when": "count(people) > 2" }),
    );
    let none = and(
        approval("none", &["c"], json!({})),
        json!({ "when": "empty(people)" }),
    );
    whole["steps"] = json!([approval("one", &["a"], json!({})), many, none]);
    let definition = Definition::parse(&whole.to_string()).unwrap();
    for (rows, expected) in [
        (0, ["one", "many Rule", "none"]),
        (2, ["one", "many Rule", "none Rule"]),
        (3, ["one", "many", "none Rule"]),
    ] {
        let values = answers(json!({ "people": vec![json!({ "name": "x" }); rows] }));
        let route = route_of(&definition, ("applicant", &organisation()), &values, &[]).unwrap();
        assert_eq!(way(&route), expected, "{rows}");
    }
}

#[test]
fn w34_low_risk_is_approved_by_rule_and_the_rest_is_skipped() {
    let outcomes = json!([{ "when": "empty(licence)", "then": "finish" }, { "when": "licence = \"E9\"", "then": "reject" }]);
    let definition = flow([
        step("rule", json!({ "automatic": { "outcomes": outcomes } })),
        approval("one", &["a"], json!({})),
    ]);
    let cases: [(&str, &[&str]); 3] = [
        ("", &["rule", "one Rule"]),
        ("E5", &["rule", "one"]),
        ("E9", &["rule"]),
    ];
    for (licence, expected) in cases {
        let values = answers(json!({ "licence": licence }));
        let route = route_of(&definition, ("applicant", &organisation()), &values, &[]).unwrap();
        assert_eq!(way(&route), expected, "{licence}");
    }
}

#[test]
fn a_route_on_which_nothing_decides_is_an_error() {
    let never = and(
        approval("one", &["a"], json!({})),
        json!({ "when": "licence = \"E5\"" }),
    );
    let error = route_of(&flow([never]), ("applicant", &organisation()), &values(), &[]).unwrap_err();
    assert_eq!(error.problem, RouteProblem::NothingDecides);
    assert_eq!(format!("{:?}", SkipReason::Rule), "Rule");
}

fn refused(steps: Value) -> (String, String) {
    let mut definition: Value = serde_json::from_str(USER_CREATE).unwrap();
    definition["steps"] = steps;
    let error = Definition::parse(&definition.to_string()).unwrap_err();
    (error.path, error.problem)
}

#[test]
fn a_way_that_goes_round_leads_nowhere_or_is_never_taken_is_refused_with_its_path() {
    let one = |next: Value| and(approval("one", &["a"], json!({})), json!({ "next": next }));
    let two = |next: Value| and(approval("two", &["b"], json!({})), json!({ "next": next }));
    let round = json!([{ "when": "empty(licence)", "to": "one" }]);
    let (path, problem) = refused(json!([one(json!([])), two(round)]));
    assert_eq!(path, "steps[1].next");
    assert!(problem.contains("one → two → one"), "{problem}");
    let (path, _) = refused(json!([one(json!([{ "to": "three" }]))]));
    assert_eq!(path, "steps[0].next[0].to");
    let (path, _) = refused(json!([one(json!([{ "to": "end" }])), two(json!([]))]));
    assert_eq!(path, "steps[1]");
}

#[test]
fn a_condition_that_names_nothing_known_is_refused_where_it_stands() {
    let one = |when: &str| json!([and(approval("one", &["a"], json!({})), json!({ "when": when }))]);
    let (path, problem) = refused(one("nosuch = 1"));
    assert_eq!(path, "steps[0].when");
    assert!(problem.contains("nosuch"), "{problem}");
    let (path, _) = refused(json!([step(
        "rule",
        json!({ "automatic": { "outcomes": [{ "when": "plan.x > 1", "then": "pass" }] } })
    )]));
    assert_eq!(path, "steps[0].kind.automatic.outcomes[0].when");
}

#[test]
fn an_action_at_a_deadline_needs_a_deadline() {
    let (path, _) = refused(json!([approval(
        "one",
        &["a"],
        json!({ "atDeadline": { "do": "expire" } })
    )]));
    assert_eq!(path, "steps[0].kind.approval.atDeadline");
    let (path, _) = refused(json!([approval(
        "one",
        &["a"],
        json!({ "reminders": [{ "before": { "calendarDays": 1 } }] })
    )]));
    assert_eq!(path, "steps[0].kind.approval.reminders");
}

#[test]
fn a_skipped_step_is_not_asked_and_says_why() {
    let never = and(
        approval("one", &["a"], json!({})),
        json!({ "when": "empty(lastName)" }),
    );
    let story = Story::accepted(flow([never, approval("two", &["b"], json!({}))]));
    assert_eq!(story.asked().0, "two");
    assert_eq!(
        story.now().steps(&story.definition)[0].1,
        StepState::Skipped(SkipReason::Rule)
    );
}
