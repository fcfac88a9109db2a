//! Definitions of a company of thousands: everybody is tried, or somebody of whom no route can tell him.

use crate::fixture::{and, approval, organisation, person, step, today, with};
use serde_json::{Value, json};
use workflow::publish::{Coverage, check_routes, check_routes_for};
use workflow::route::{Group, Organisation, Person, Post};
use workflow::{Definition, DefinitionError, GroupId, PersonId};

const UNITS: usize = 40;
const PEOPLE_OF_A_UNIT: usize = 100;

fn one(manager: Option<&PersonId>, post: Post) -> Person {
    Person {
        manager: manager.cloned(),
        posts: vec![post],
        enabled: true,
    }
}

/// Units of a hundred people, each under a 課長, who are under one director; he and another head the company.
fn company() -> Organisation {
    let mut company = organisation();
    company.administrators.insert(person("director"));
    let director = person("director");
    for unit in 0..UNITS {
        let name = format!("第{unit}課");
        let head = person(&format!("{unit}-head"));
        let post = Post::main(name.clone(), Some("課長".to_owned()));
        company.people.insert(head.clone(), one(Some(&director), post));
        for number in 1..PEOPLE_OF_A_UNIT {
            let post = Post::main(name.clone(), None);
            let clerk = person(&format!("{unit}-{number}"));
            company.people.insert(clerk, one(Some(&head), post));
        }
    }
    company
}

/// His head of section and the director, or nobody.
fn by_the_head(more: Value) -> Definition {
    let head = json!({ "approval": { "assignees": [{ "from": "unit", "post": "課長" }] } });
    let steps = json!([step("one", head)]);
    with(and(json!({ "steps": steps, "nobody": { "then": "stop" } }), more))
}

fn checked(definition: &Definition, company: &Organisation) -> Result<Coverage, DefinitionError> {
    // Whoever belongs to no section applies for nothing here.
    let people = company.people.keys().filter(|id| id.as_str().contains('-'));
    check_routes_for(&people.cloned().collect(), definition, company, today())
}

#[test]
fn of_thousands_a_few_are_tried_and_stand_for_all() {
    let coverage = checked(&by_the_head(json!({})), &company()).unwrap();
    assert!(coverage.is_complete);
    assert_eq!(
        coverage.applicants,
        UNITS * 3,
        "each head, and two of each section"
    );
}

#[test]
fn the_one_of_thousands_for_whom_nobody_is_left_is_named() {
    let lost = |change: &dyn Fn(&mut Organisation)| {
        let mut company = company();
        change(&mut company);
        let error = checked(&by_the_head(json!({})), &company).unwrap_err();
        assert!(error.problem.contains("for applicant 17-50"), "{error}");
        assert!(error.problem.contains("nobody can be asked"), "{error}");
    };
    let other = |company: &mut Organisation, post: Post| {
        company.people.get_mut(&person("17-50")).unwrap().posts = vec![post];
    };
    lost(&|company| other(company, Post::main("新しい課", None)));
    lost(&|company| company.people.get_mut(&person("17-50")).unwrap().posts.clear());
}

/// Everybody of a section is asked for the others of it, and nobody for himself.
#[test]
fn whoever_is_asked_for_others_is_tried_himself() {
    let mut company = company();
    let members = ["17-50", "23-7"].map(person).into();
    company.groups.insert(GroupId::new("experts"), Group { members });
    let expert = json!({ "approval": { "assignees": [{ "from": "group", "group": "experts" }], "quorum": { "of": "n", "n": 2 } } });
    let steps = json!([step("one", expert)]);
    let definition = with(json!({ "steps": steps, "nobody": { "then": "stop" } }));
    let error = checked(&definition, &company).unwrap_err();
    assert!(
        error.problem.contains("2 approvals are needed but only 1"),
        "{error}"
    );
}

/// Whoever is asked only when time is up has nobody further on his own application.
#[test]
fn whoever_is_asked_at_a_deadline_is_tried_himself() {
    let further = json!([{ "from": "people", "people": ["17-50"] }]);
    let clock = json!({ "due": { "calendarDays": 1 }, "atDeadline": { "do": "escalate", "to": further } });
    let steps = json!([approval("one", &["a", "b"], clock)]);
    let definition = with(json!({ "steps": steps, "selfRule": "skip", "nobody": { "then": "stop" } }));
    let error = checked(&definition, &company()).unwrap_err();
    assert!(error.problem.contains("for applicant 17-50"), "{error}");
}

#[test]
fn where_a_route_knows_a_person_by_his_id_everybody_is_tried() {
    let unit = json!({ "approval": { "assignees": [{ "from": "unit", "unit": "無人部" }] } });
    let lost = and(step("two", unit), json!({ "when": "applicant.id = \"17-50\"" }));
    let head = json!({ "approval": { "assignees": [{ "from": "unit", "post": "課長" }] } });
    let steps = json!([step("one", head), lost]);
    let definition = with(json!({ "steps": steps, "nobody": { "then": "stop" } }));
    let error = checked(&definition, &company()).unwrap_err();
    assert!(error.problem.contains("for applicant 17-50"), "{error}");
}

/// More than a person waits for: what was left out is told.
#[test]
fn what_is_too_much_to_be_tried_is_told_as_that() {
    let ways = ["lastName", "firstName", "lastNameKana", "firstNameKana"].map(|field| {
        let options: Vec<_> = (0..30).map(|at| format!("{field} = \"{at}\"")).collect();
        options.join(" or ")
    });
    let mut steps = vec![approval("first", &["a", "b"], json!({}))];
    let further = ways.iter().enumerate().map(|(at, when)| {
        let way = approval(&format!("way{at}"), &["a", "b"], json!({}));
        and(way, json!({ "when": when }))
    });
    steps.extend(further);
    let definition = with(json!({ "steps": steps }));
    let coverage = check_routes(&definition, &organisation(), today()).unwrap();
    assert!(!coverage.is_complete);
}
