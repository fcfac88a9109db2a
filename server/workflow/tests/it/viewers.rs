//! 閲覧者: who else may read, as the definition says.

use crate::fixture::{accept_in, approval, person, route_of, submit, values, with};
use crate::sources::company;
use crate::story::Story;
use serde_json::{Value, json};
use workflow::{Definition, Level, PersonId, PrincipalRef, access};

fn shown_to(viewers: &Value) -> Definition {
    with(json!({ "steps": [approval("one", &["it1"], json!({}))], "viewers": viewers }))
}

fn may(story: &Story, who: &str, level: Level) -> bool {
    access(story.now()).contains(&(PrincipalRef::Person(person(who)), level))
}

#[test]
fn the_applicants_own_department_reads_it_and_other_departments_do_not() {
    let definition = shown_to(&json!([{ "from": "unit" }]));
    let route = route_of(&definition, ("applicant", &company()), &values(), &[]).unwrap();
    let named: Vec<_> = route.viewers.iter().map(PersonId::as_str).collect();
    assert_eq!(named, ["applicant", "manager"]);
    let mut gone = company();
    gone.people.get_mut(&person("manager")).unwrap().enabled = false;
    let route = route_of(&definition, ("applicant", &gone), &values(), &[]).unwrap();
    assert_eq!(
        route.viewers,
        [person("applicant")].into(),
        "whoever has left reads nothing"
    );
}

#[test]
fn viewers_read_from_acceptance_on_and_decide_nothing() {
    let definition = shown_to(&json!([{ "from": "people", "people": ["b", "it1"] }]));
    let mut story = Story::under(definition.clone());
    story.tell(submit()).unwrap();
    assert!(!may(&story, "b", Level::Read), "nobody was found yet");
    story.tell(accept_in(&definition)).unwrap();
    assert!(may(&story, "b", Level::Read) && !may(&story, "b", Level::Decide));
    assert!(
        may(&story, "it1", Level::Decide),
        "whoever is asked decides, viewer or not"
    );
}

#[test]
fn a_definition_names_viewers_who_can_be_found_before_any_step() {
    let refused = |viewers: Value| {
        let shown = shown_to(&json!([]));
        let mut text = serde_json::to_value(&shown).unwrap();
        text["viewers"] = viewers;
        Definition::parse(&text.to_string()).unwrap_err().path
    };
    assert_eq!(refused(json!([{ "from": "people", "people": [] }])), "viewers[0]");
    assert_eq!(
        refused(json!([{ "from": "unit" }, { "from": "previousManager" }])),
        "viewers[1]"
    );
}
