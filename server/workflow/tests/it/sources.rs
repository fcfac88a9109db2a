//! Where the people of a step come from (W6 to W9).

use crate::fixture::{answers, approval, organisation, person, route_of, step, today, values, with};
use serde_json::{Value, json};
use workflow::GroupId;
use workflow::route::{Organisation, Post, Request, Unit};

pub(crate) fn asks(source: Value) -> Value {
    let sources = Value::Array(vec![source]);
    step("one", json!({ "approval": { "assignees": sources } }))
}

/// 本社 above 営業本部 above 営業部 and 情報システム部.
pub(crate) fn company() -> Organisation {
    let mut company = organisation();
    for (unit, parent) in [
        ("営業部", "営業本部"),
        ("営業本部", "本社"),
        ("情報システム部", "本社"),
    ] {
        let parent = Some(parent.to_owned());
        company.units.insert(unit.to_owned(), Unit { parent });
    }
    let posts = [
        ("manager", "営業部", "課長", 3),
        ("director", "営業本部", "部長", 5),
        ("a", "本社", "社長", 9),
        ("it2", "情報システム部", "部長", 5),
        ("applicant", "営業部", "担当", 1),
    ];
    for (name, unit, title, rank) in posts {
        let post = Post {
            rank,
            ..Post::main(unit, Some(title.to_owned()))
        };
        company.people.get_mut(&person(name)).unwrap().posts = vec![post];
    }
    company.groups.insert(
        GroupId::new("g"),
        workflow::route::Group {
            members: [person("b"), person("c")].into(),
        },
    );
    let rows = json!([
        { "system": "会計", "class": 1, "person": "b" },
        { "system": "会計", "class": 2, "person": { "id": "c" } },
        { "system": "会計", "class": 2, "person": ["d", "e"] },
    ]);
    company
        .masters
        .insert("systems".to_owned(), serde_json::from_value(rows).unwrap());
    company.owners.insert("object-1".to_owned(), [person("d")].into());
    company
}

pub(crate) fn named(
    source: Value,
    applicant: &str,
    company: &Organisation,
    values: &forms::Values,
) -> Vec<String> {
    let definition = with(json!({ "steps": [asks(source)] }));
    let route = route_of(&definition, (applicant, company), values, &[("deletes", 2)]).unwrap();
    route.steps[0].assignees.iter().map(ToString::to_string).collect()
}

#[test]
fn w06_w07_w08_w09_every_source_names_the_right_people() {
    let values = answers(json!({
        "manager": { "upn": "x@contoso.example", "id": "e" },
        "upnLocal": "object-1", "department": "会計",
    }));
    let table = |matches: &str| {
        json!({ "from": "master", "table": "systems", "keys": { "system": "department", "class": "plan.deletes" },
            "person": "person", "matches": matches })
    };
    let choose = json!({ "from": "choose", "choices": [
        { "when": "department = \"営業部\"", "sources": [{ "from": "people", "people": ["a"] }] },
        { "sources": [{ "from": "people", "people": ["b"] }, { "from": "people", "people": ["c"] }] },
    ] });
    let cases: [(Value, &[&str]); 15] = [
        (json!({ "from": "people", "people": ["a", "b"] }), &["a", "b"]),
        (json!({ "from": "group", "group": "G" }), &["b", "c"]),
        (json!({ "from": "unit", "post": "課長" }), &["manager"]),
        (
            json!({ "from": "unit", "post": "部長", "parents": 1 }),
            &["director"],
        ),
        (json!({ "from": "unit", "post": "部長" }), &["admin"]),
        (json!({ "from": "unit", "rank": 4, "parents": 5 }), &["director"]),
        (
            json!({ "from": "unit", "unit": "情報システム部", "post": "部長" }),
            &["it2"],
        ),
        (json!({ "from": "manager" }), &["manager"]),
        (json!({ "from": "manager", "levels": 2 }), &["director"]),
        (
            json!({ "from": "manager", "levels": 5, "untilRank": 5 }),
            &["director"],
        ),
        (json!({ "from": "field", "field": "manager" }), &["e"]),
        (table("first"), &["c"]),
        (table("all"), &["c", "d", "e"]),
        (json!({ "from": "owner", "of": "upnLocal" }), &["d"]),
        (choose, &["b", "c"]),
    ];
    for (source, expected) in cases {
        assert_eq!(
            named(source.clone(), "applicant", &company(), &values),
            expected,
            "{source}"
        );
    }
}

#[test]
fn w06_the_manager_of_those_before_is_asked_next() {
    let above = step(
        "two",
        json!({ "approval": { "assignees": [{ "from": "previousManager" }] } }),
    );
    let definition = with(json!({ "steps": [approval("one", &["it1", "it3"], json!({})), above] }));
    let route = route_of(&definition, ("applicant", &company()), &values(), &[]).unwrap();
    assert_eq!(route.steps[1].assignees, [person("it2")].into());
}

#[test]
fn whoever_holds_several_posts_applies_as_the_one_he_picks() {
    let mut company = company();
    let second = Post {
        unit: "情報システム部".to_owned(),
        ..Post::default()
    };
    company
        .people
        .get_mut(&person("applicant"))
        .unwrap()
        .posts
        .push(second);
    let definition = with(json!({ "steps": [asks(json!({ "from": "unit", "rank": 3 }))] }));
    for (unit, expected) in [(None, "manager"), (Some("情報システム部"), "it2")] {
        let request = Request {
            applicant: &person("applicant"),
            unit,
            values: &values(),
            plan: &std::collections::BTreeMap::new(),
            base: today(),
            organisation: &company,
        };
        let route = workflow::route::resolve_all(&definition, &request).unwrap();
        assert_eq!(route.steps[0].assignees, [person(expected)].into());
        assert_eq!(route.facts["applicant.department"], unit.unwrap_or("営業部"));
    }
}

#[test]
fn whoever_applies_as_what_he_is_not_is_refused() {
    let definition = with(json!({ "steps": [asks(json!({ "from": "unit", "rank": 3 }))] }));
    let request = Request {
        applicant: &person("applicant"),
        unit: Some("情報システム部"),
        values: &values(),
        plan: &std::collections::BTreeMap::new(),
        base: today(),
        organisation: &company(),
    };
    let refused = workflow::route::resolve_all(&definition, &request).unwrap_err();
    let problem = workflow::route::RouteProblem::NotHisUnit("情報システム部".to_owned());
    assert_eq!(refused.problem, problem);
}

#[test]
fn w08_cells_of_a_csv_file_are_compared_with_numbers_and_name_several_people() {
    let mut company = company();
    let rows = json!([{ "class": "1", "person": "b" }, { "class": "2", "person": "D@contoso.example; e" }]);
    let rows = serde_json::from_value(rows).unwrap();
    company.masters.insert("classes".to_owned(), rows);
    company.names.insert("d@contoso.example".to_owned(), person("d"));
    let source = json!({ "from": "master", "table": "classes", "keys": { "class": "plan.deletes" },
        "person": "person" });
    assert_eq!(named(source, "applicant", &company, &values()), ["d", "e"]);
}

#[test]
fn a_post_counts_only_on_its_days() {
    let mut company = company();
    let posts = &mut company.people.get_mut(&person("manager")).unwrap().posts;
    posts[0].until = today().plus_days(-1);
    assert_eq!(
        named(
            json!({ "from": "unit", "post": "課長" }),
            "applicant",
            &company,
            &values()
        ),
        ["admin"]
    );
}
