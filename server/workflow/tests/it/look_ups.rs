//! Definitions whose people are looked up by an answer: whatever can be answered is tried, and nothing that cannot.

use crate::deadlocks::company;
use crate::fixture::{USER_CREATE, and, approval, person, step, today};
use serde_json::{Value, json};
use workflow::publish::check_routes;
use workflow::route::Organisation;
use workflow::{Definition, DefinitionError};

/// A table of systems, and the owners of two objects. Everybody has somebody above, who decides in his place.
fn company_with_tables() -> Organisation {
    let mut company = company();
    let rows = json!([{ "system": "会計", "class": "1", "owner": "c" }, { "system": "販売", "class": "2", "owner": "e" }]);
    let rows = serde_json::from_value(rows).unwrap();
    company.masters.insert("systems".to_owned(), rows);
    for object in ["会計", "販売"] {
        company.owners.insert(object.to_owned(), [person("c")].into());
    }
    for (one, who) in &mut company.people {
        let above = if one.as_str() == "a" { "b" } else { "a" };
        who.manager = Some(person(above));
    }
    company
}

/// One approval by whom this source names, in a form with a field `system` of this input.
fn asking(source: Value, input: &Value) -> Result<(), DefinitionError> {
    let sources = Value::Array(vec![source]);
    let steps = json!([step("one", json!({ "approval": { "assignees": sources } }))]);
    publish(json!({ "steps": steps, "nobody": { "then": "stop" } }), input)
}

fn publish(definition: Value, input: &Value) -> Result<(), DefinitionError> {
    let mut whole: Value = serde_json::from_str(USER_CREATE).unwrap();
    whole = and(whole, definition);
    let mut field =
        json!({ "key": "system", "label": { "ja": "システム", "en": "System" }, "required": true });
    field["input"] = input.clone();
    let fields = whole["form"]["sections"][0]["fields"].as_array_mut().unwrap();
    fields.push(field);
    let definition = Definition::parse(&whole.to_string())?;
    check_routes(&definition, &company_with_tables(), today()).map(|_| ())
}

fn text() -> Value {
    json!({ "type": "text" })
}

fn options(values: &[&str]) -> Value {
    let option = |value: &&str| json!({ "value": value, "label": { "ja": value, "en": value } });
    json!({ "type": "choice", "options": values.iter().map(option).collect::<Vec<_>>() })
}

fn number(least: i64, greatest: i64) -> Value {
    json!({ "type": "number", "min": least, "max": greatest })
}

fn by(column: &str) -> Value {
    let mut source = json!({ "from": "master", "table": "systems", "person": "owner" });
    source["keys"] = json!({ column: "system" });
    source
}

fn owner() -> Value {
    json!({ "from": "owner", "of": "system" })
}

fn chosen() -> Value {
    json!({ "from": "field", "field": "system" })
}

/// What cannot be found, by what, what the form takes, and a word of the problem.
type Hopeless = (&'static str, Value, Value, &'static str);

fn in_no_row() -> Vec<Hopeless> {
    let from_master = json!({ "type": "choice", "options": { "master": "systems" } });
    let (day, somebody) = (json!({ "type": "date" }), json!({ "type": "person" }));
    let (system, class) = (|| by("system"), || by("class"));
    let other = options(&["会計", "人事"]);
    vec![
        ("any text", system(), text(), "system = \"—\""),
        ("another option", system(), other, "system = \"人事\""),
        // Its entries change without the definition, and are not those of the table.
        ("an entry of a master", system(), from_master, "system = \"—\""),
        ("another number", class(), number(1, 3), "system = 3"),
        ("any day", class(), day, "system = \"2027-01-15\""),
        ("another person", system(), somebody, "system = {\"upn\":\"—\"}"),
    ]
}

fn owned_by_nobody() -> Vec<Hopeless> {
    let other = options(&["会計", "人事"]);
    vec![
        ("any object", owner(), text(), "system = \"—\""),
        ("another object", owner(), other, "system = \"人事\""),
    ]
}

#[test]
fn a_look_up_that_can_find_nobody_is_refused_with_the_answer_that_finds_nobody() {
    for (what, source, input, told) in in_no_row().into_iter().chain(owned_by_nobody()) {
        let error = asking(source, &input).expect_err(what);
        assert_eq!(error.path, "steps[0]", "{what}: {error}");
        let told = format!("for applicant a with {told}: nobody can be asked");
        assert!(error.problem.starts_with(&told), "{what}: {error}");
    }
}

/// The shipped form does not ask for a post in any case.
#[test]
fn people_of_a_field_that_need_not_be_answered_are_nobody() {
    let source = json!({ "from": "field", "field": "post" });
    let error = asking(source, &text()).unwrap_err();
    assert!(error.problem.starts_with("for applicant a: nobody"), "{error}");
}

#[test]
fn a_look_up_that_finds_somebody_whatever_can_be_answered_is_taken() {
    let good = [
        ("every option in a row", by("system"), options(&["会計", "販売"])),
        ("every number in a row", by("class"), number(1, 2)),
        ("every option with an owner", owner(), options(&["会計", "販売"])),
        ("somebody chosen", chosen(), json!({ "type": "person" })),
    ];
    for (what, source, input) in good {
        asking(source, &input).unwrap_or_else(|error| panic!("{what}: {error}"));
    }
}

/// A row that no answer reaches cannot be where a route ends.
#[test]
fn what_cannot_be_answered_is_not_tried() {
    let one = approval("one", &["b", "d"], json!({}));
    let two = step(
        "two",
        json!({ "approval": { "assignees": [{ "from": "choose", "choices": [
        { "when": "system = \"会計\"", "sources": [{ "from": "people", "people": ["a", "c"] }] },
        { "when": "system = \"販売\"", "sources": [{ "from": "people", "people": ["a", "e"] }] } ] }] } }),
    );
    let steps = |two: Value| json!({ "steps": [one, two], "nobody": { "then": "stop" } });
    publish(steps(two.clone()), &options(&["会計", "販売"])).unwrap();
    let error = publish(steps(two), &options(&["会計", "販売", "人事"])).unwrap_err();
    assert!(error.problem.contains("with system = \"人事\""), "{error}");
    let nobody_there = |limit: i64| {
        let people = json!([{ "from": "group", "group": "empty" }]);
        let two = step("two", json!({ "approval": { "assignees": people } }));
        let two = and(two, json!({ "when": format!("system > {limit}") }));
        publish(steps(two), &number(1, 5))
    };
    nobody_there(5).unwrap();
    let error = nobody_there(4).unwrap_err();
    assert!(error.problem.contains("with system = 5"), "{error}");
}

/// The cells of a CSV file are texts, what the plan counts are numbers: the row of each count is tried.
#[test]
fn rows_by_a_count_of_the_plan_are_tried_with_that_count() {
    let source = json!({ "from": "master", "table": "systems", "keys": { "class": "plan.deletes" }, "person": "owner" });
    let two = json!({ "approval": { "assignees": [source], "quorum": { "of": "n", "n": 2 } } });
    // Where no row fits, the two administrators are asked, so only a row can be too few.
    let definition = json!({ "steps": [step("one", two)], "selfRule": "allow" });
    let error = publish(definition, &text()).unwrap_err();
    assert!(error.problem.contains("with plan.deletes = 1"), "{error}");
    assert!(
        error.problem.contains("2 approvals are needed but only 1"),
        "{error}"
    );
}
