//! Who is asked.

use crate::fixture::{definition, organisation, person};
use crate::fixture::{route_of, values};
use workflow::route::{Because, Organisation, Route, RouteError, RouteProblem};

fn resolved(applicant: &str, organisation: &Organisation) -> Result<Route, RouteError> {
    route_of(&definition(), (applicant, organisation), &values(), &[])
}

/// Applicant, change to the organisation, those asked at the two steps.
type Case = (
    &'static str,
    fn(&mut Organisation),
    &'static [&'static str],
    &'static [&'static str],
);

fn disable(organisation: &mut Organisation, name: &str) {
    organisation.people.get_mut(&person(name)).unwrap().enabled = false;
}

#[test]
fn each_step_asks_the_right_people() {
    let it = &["it1", "it2", "it3"];
    let cases: [Case; 5] = [
        ("applicant", |_| {}, &["manager"], it),
        ("applicant", |o| disable(o, "manager"), &["director"], it),
        // Nobody above: the administrators are asked.
        ("director", |_| {}, &["admin"], it),
        // Nobody decides on his own application.
        ("it2", |_| {}, &["director"], &["it1", "it3"]),
        (
            "applicant",
            |o| o.people.get_mut(&person("applicant")).unwrap().manager = Some(person("applicant")),
            &["admin"],
            it,
        ),
    ];
    for (applicant, change, first, second) in cases {
        let mut organisation = organisation();
        change(&mut organisation);
        let route = resolved(applicant, &organisation).unwrap();
        let asked: Vec<Vec<&str>> = route
            .steps
            .iter()
            .map(|step| step.assignees.iter().map(workflow::PersonId::as_str).collect())
            .collect();
        assert_eq!(asked, [first, second], "{applicant}");
    }
}

#[test]
fn the_fall_back_is_told() {
    let route = resolved("director", &organisation()).unwrap();
    assert_eq!(route.steps[0].trace.asked[0].because, Because::Administrators);
}

#[test]
fn too_few_people_for_the_quorum_is_an_error_that_says_so() {
    let mut organisation = organisation();
    disable(&mut organisation, "it1");
    disable(&mut organisation, "it2");
    let error = resolved("applicant", &organisation).unwrap_err();
    assert_eq!(error.problem, RouteProblem::TooFew { needed: 2, asked: 1 });
}

#[test]
fn a_circle_of_managers_ends_at_the_administrators() {
    let mut organisation = organisation();
    disable(&mut organisation, "manager");
    organisation.people.get_mut(&person("manager")).unwrap().manager = Some(person("applicant"));
    let route = resolved("applicant", &organisation).unwrap();
    assert_eq!(route.steps[0].assignees, [person("admin")].into());
}
