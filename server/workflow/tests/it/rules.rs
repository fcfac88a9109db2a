//! What becomes of people on a route: left out, lifted, asked once, replaced; and why (W10, W25, W26).

use crate::fixture::{self, approval, person, route_of, step, today, values, with};
use crate::sources::{asks, company, named};
use serde_json::{Value, json};
use workflow::route::{
    Because, LeftOut, Organisation, Post, Request, Route, RouteProblem, SkipReason, Why, drift, resolve_rest,
};
use workflow::{Definition, GroupId};

fn resolve(policy: Value, applicant: &str, company: &Organisation) -> Result<Route, RouteProblem> {
    let route = route_of(&with(policy), (applicant, company), &values(), &[]);
    route.map_err(|error| error.problem)
}

#[test]
fn w10_where_nobody_is_left_the_definition_says_what_follows() {
    let steps = json!([
        asks(json!({ "from": "unit", "post": "部長", "parents": 0 })),
        approval("two", &["e"], json!({})),
    ]);
    let cases = [
        (json!({ "then": "administrators" }), Ok(vec!["admin"])),
        (json!({ "then": "people", "people": ["b"] }), Ok(vec!["b"])),
        (json!({ "then": "group", "group": "g" }), Ok(vec!["b", "c"])),
        (json!({ "then": "liftToParentUnit" }), Ok(vec!["director"])),
        (json!({ "then": "skip" }), Ok(vec![])),
        (json!({ "then": "stop" }), Err(RouteProblem::Nobody)),
    ];
    for (nobody, expected) in cases {
        let found = resolve(
            json!({ "steps": steps, "nobody": nobody }),
            "applicant",
            &company(),
        );
        let people = found.map(|route| {
            route.steps[0]
                .assignees
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        });
        assert_eq!(
            people,
            expected.map(|names| names.into_iter().map(str::to_owned).collect()),
            "{nobody}"
        );
    }
    let skipped = resolve(
        json!({ "steps": steps, "nobody": { "then": "skip" } }),
        "applicant",
        &company(),
    )
    .unwrap();
    assert_eq!(skipped.steps[0].skipped, Some(SkipReason::NoApprover));
}

#[test]
fn w25_nobody_decides_on_his_own_application_unless_the_definition_lets_him() {
    let steps = json!([
        asks(json!({ "from": "people", "people": ["manager"] })),
        approval("two", &["manager", "e"], json!({})),
    ]);
    let asked = |rule: &str| {
        let route = resolve(json!({ "steps": steps, "selfRule": rule }), "manager", &company()).unwrap();
        let names = |at: usize| {
            route.steps[at]
                .assignees
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        (names(0), route.steps[0].skipped, names(1))
    };
    let e = vec!["e".to_owned()];
    assert_eq!(asked("forbid"), (vec!["director".to_owned()], None, e.clone()));
    assert_eq!(asked("skip"), (vec![], Some(SkipReason::Applicant), e));
    let allowed = vec!["e".to_owned(), "manager".to_owned()];
    assert_eq!(asked("allow"), (vec!["manager".to_owned()], None, allowed));
}

#[test]
fn w25_a_head_of_a_unit_is_lifted_to_the_same_post_above() {
    let mut company = company();
    company.people.get_mut(&person("it2")).unwrap().posts[0].unit = "営業部".to_owned();
    let source = json!({ "from": "unit", "post": "部長" });
    assert_eq!(named(source, "it2", &company, &values()), ["director"]);
}

#[test]
fn w26_whoever_stands_twice_is_asked_as_often_as_the_definition_says() {
    let steps = json!([
        approval("one", &["a"], json!({})),
        approval("two", &["a", "b"], json!({})),
        approval("three", &["a"], json!({})),
    ]);
    let asked = |rule: &str| {
        let route = resolve(
            json!({ "steps": steps, "samePerson": rule }),
            "applicant",
            &company(),
        )
        .unwrap();
        fixture::asked(&route)
    };
    assert_eq!(asked("askEach"), ["a", "a,b", "a"]);
    assert_eq!(asked("first"), ["a", "b", "SamePerson"]);
    assert_eq!(asked("last"), ["SamePerson", "b", "a"]);
}

#[test]
fn w26_whoever_is_asked_elsewhere_counts_in_the_quorum() {
    let steps = json!([
        approval("one", &["a"], json!({})),
        approval(
            "two",
            &["a", "b", "c"],
            json!({ "quorum": { "of": "n", "n": 2 } })
        ),
    ]);
    let mut story = crate::fixture::Story::accepted(with(json!({ "steps": steps, "samePerson": "first" })));
    story.approve("a");
    assert_eq!(story.asked().1, ["b", "c"]);
    story.approve("c");
    assert_eq!(story.code(), "AP");
}

#[test]
fn a_route_tells_why_each_person_is_on_it_and_why_others_are_not() {
    let mut company = company();
    company.people.get_mut(&person("b")).unwrap().enabled = false;
    let steps = json!([approval("one", &["applicant", "b", "c"], json!({}))]);
    let route = resolve(json!({ "steps": steps }), "applicant", &company).unwrap();
    let trace = &route.steps[0].trace;
    let from = "people".to_owned();
    assert_eq!(trace.asked[0].because, Because::Source { lane: 0, from });
    let left = |name: &str, why| LeftOut {
        person: person(name),
        why,
    };
    assert_eq!(
        trace.left_out,
        [left("applicant", Why::Applicant), left("b", Why::Away)]
    );
    let text = serde_json::to_string(&route).unwrap();
    assert_eq!(serde_json::from_str::<Route>(&text).unwrap(), route);
}

#[test]
fn what_a_source_cannot_find_is_an_error_that_says_what_is_missing() {
    let master = json!({ "from": "master", "table": "nosuch", "keys": {}, "person": "p" });
    let error = resolve(json!({ "steps": [asks(master)] }), "applicant", &company()).unwrap_err();
    assert_eq!(error, RouteProblem::NoSuchTable("nosuch".to_owned()));
    let group = json!({ "from": "group", "group": "nosuch" });
    let error = resolve(json!({ "steps": [asks(group)] }), "applicant", &company()).unwrap_err();
    assert_eq!(error, RouteProblem::NoSuchGroup(GroupId::new("nosuch")));
}

fn request<'a>(
    applicant: &'a workflow::PersonId,
    values: &'a forms::Values,
    plan: &'a std::collections::BTreeMap<String, u64>,
    organisation: &'a Organisation,
) -> Request<'a> {
    Request {
        applicant,
        unit: None,
        values,
        plan,
        base: today(),
        organisation,
    }
}

#[test]
fn a_running_route_is_kept_as_far_as_it_went_and_found_anew_from_there() {
    let head = step(
        "two",
        json!({ "approval": { "assignees": [{ "from": "unit", "post": "課長" }] } }),
    );
    let definition: Definition = with(json!({ "steps": [approval("one", &["a"], json!({})), head] }));
    let mut company = company();
    let route = route_of(&definition, ("applicant", &company), &values(), &[]).unwrap();
    let (applicant, values, plan) = (person("applicant"), values(), std::collections::BTreeMap::new());
    company.people.get_mut(&person("manager")).unwrap().posts.clear();
    let post = Post::main("営業部", Some("課長".to_owned()));
    company.people.get_mut(&person("e")).unwrap().posts = vec![post];
    let request = request(&applicant, &values, &plan, &company);
    let found = drift(&definition, &request, &route, 0).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].former.clone(), found[0].successors.clone()),
        ([person("manager")].into(), [person("e")].into())
    );
    let rest = resolve_rest(&definition, &request, &route, 1).unwrap();
    assert_eq!(rest.steps[0], route.steps[0]);
    assert_eq!(rest.steps[1].assignees, [person("e")].into());
    assert!(drift(&definition, &request, &route, 2).unwrap().is_empty());
}
