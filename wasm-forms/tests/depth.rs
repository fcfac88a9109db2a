//! Forms that depend on what was answered, and rows.

use std::collections::BTreeMap;

use forms::{
    Code, Context, Language, Master, Schema, Start, Values, defaults, filled, normalise, summary, validate,
    visible,
};
use serde_json::{Value, json};

fn label(en: &str) -> Value {
    json!({"ja": format!("{en}。"), "en": en})
}

fn option(value: &str) -> Value {
    json!({"value": value, "label": label(value)})
}

/// A form for several guests.
fn json_form() -> Value {
    json!({
        "sections": [
            {"key": "a", "title": label("What"), "fields": [
                {"key": "kind", "label": label("Kind"), "required": true, "default": "\"guest\"", "input": {"type": "choice",
                    "options": [option("staff"), option("guest")]}},
                {"key": "department", "label": label("Department"), "default": "applicant.department",
                    "input": {"type": "text"}},
                {"key": "centre", "label": label("Cost centre"), "input": {"type": "choice", "options": {
                    "master": "centres", "where": {"department": "department"}, "fill": {"owner": "owner"}}}},
                {"key": "owner", "label": label("Owner"), "input": {"type": "text"},
                    "requiredWhen": "kind = \"guest\" and endDate > today + 30"},
                {"key": "startDate", "label": label("From"), "default": "today + 7", "input": {"type": "date"}},
                {"key": "endDate", "label": label("To"), "input": {"type": "date"}},
            ]},
            {"key": "b", "title": label("Guests"), "visibleWhen": "kind = \"guest\"", "fields": [
                {"key": "people", "label": label("Guests"), "required": true, "input": {"type": "rows", "minRows": 1,
                    "maxRows": 3, "fields": [
                        {"key": "name", "label": label("Name"), "required": true, "input": {"type": "text"}},
                        {"key": "local", "label": label("User name"), "availability": "upn",
                            "input": {"type": "text", "rule": {"name": "upnLocal"}}},
                        {"key": "access", "label": label("Access"), "input": {"type": "choice", "options": [
                            option("read"),
                            {"value": "write", "label": label("Write"), "when": "not empty(row.local) and department = \"IT\""}]}},
                        {"key": "why", "label": label("Why"), "visibleWhen": "row.access = \"write\"", "required": true,
                            "input": {"type": "text"}},
                    ]}},
            ]},
        ],
        "rules": [{"when": "endDate < startDate", "message": label("Ends before it begins"), "field": "endDate"}],
    })
}

fn form() -> Schema {
    Schema::parse(&json_form().to_string()).expect("a good schema")
}

fn masters() -> BTreeMap<String, Master> {
    let body = json!({"options": [
        {"value": "c1", "label": label("One"), "department": "IT", "owner": "sato@contoso.com"},
        {"value": "c2", "label": label("Two"), "department": ["HR", "IT"]},
        {"value": "c3", "label": label("Three"), "department": "HR", "owner": "ito@contoso.com"},
        {"value": "c4", "label": label("Nobody's")},
    ]});
    BTreeMap::from([(
        "centres".to_owned(),
        serde_json::from_value(body).expect("a master"),
    )])
}

fn context() -> Context {
    Context {
        today: "2026-11-24".parse().expect("a date"),
        masters: masters(),
        naming: forms::HouseNaming::default(),
    }
}

fn values(value: &Value) -> Values {
    serde_json::from_value(value.clone()).expect("an object")
}

fn told(entered: &Value) -> Vec<(String, Code)> {
    let schema = form();
    let kept = normalise(&schema, &values(entered));
    assert_eq!(normalise(&schema, &kept), kept, "normal stays normal");
    let issues = validate(&schema, &kept, &context());
    issues
        .into_iter()
        .map(|issue| (issue.field, issue.code))
        .collect()
}

fn is_told(entered: &Value, expected: &[(&str, Code)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(field, code)| ((*field).to_owned(), *code))
        .collect();
    assert_eq!(told(entered), expected, "{entered}");
}

#[test]
fn f06_a_section_is_asked_only_when_its_condition_holds() {
    is_told(&json!({"kind": "staff"}), &[]);
    is_told(&json!({"kind": "guest"}), &[("people", Code::Required)]);
    let schema = form();
    let entered = values(&json!({"kind": "staff", "people": [{"name": "A"}]}));
    assert_eq!(
        validate(&schema, &entered, &context())[0].code,
        Code::NotApplicable
    );
    assert_eq!(normalise(&schema, &entered), values(&json!({"kind": "staff"})));
    assert!(visible(&schema, &entered).all(|field| field.key.as_str() != "people"));
}

#[test]
fn a_field_can_be_required_by_others_and_a_rule_speaks_across_them() {
    let guest = |end: &str| json!({"kind": "guest", "people": [{"name": "A"}], "startDate": "2026-11-30", "endDate": end});
    is_told(&guest("2026-12-24"), &[]);
    is_told(&guest("2026-12-25"), &[("owner", Code::Required)]);
    is_told(&guest("2026-11-29"), &[("endDate", Code::RuleBroken)]);
    is_told(&guest("2026-11-31"), &[("endDate", Code::NotDate)]);
    let issue = &validate(&form(), &values(&guest("2026-11-29")), &context())[0];
    assert_eq!(issue.args["ja"], "Ends before it begins。");
}

#[test]
fn each_row_is_judged_and_its_issues_name_it() {
    let rows = |rows: Value| json!({"kind": "guest", "department": "IT", "people": rows});
    is_told(
        &rows(
            json!([{"name": "A", "local": "a", "access": "write", "why": "x"}, {"name": "B", "access": "read"}]),
        ),
        &[],
    );
    is_told(
        &rows(json!([{"name": "A"}, {}, {"local": "é", "role": "admin"}])),
        &[
            ("people[1].name", Code::Required),
            ("people[2].name", Code::Required),
            ("people[2].local", Code::NotUpnLocal),
            ("people[2].role", Code::UnknownField),
        ],
    );
    is_told(
        &rows(json!([{"name": "A", "local": "a"}, {"name": "B", "local": "Ａ"}])),
        &[("people[1].local", Code::Duplicate)],
    );
    is_told(
        &rows(json!([{"name": "A", "access": "write", "why": "x"}])),
        &[("people[0].access", Code::UnknownChoice)],
    );
    is_told(
        &rows(json!([{"name": "A", "local": "a", "access": "write"}])),
        &[("people[0].why", Code::Required)],
    );
    is_told(
        &rows(json!([{"name": "A"}, 5])),
        &[("people[1]", Code::WrongType)],
    );
    is_told(&rows(json!(5)), &[("people", Code::WrongType)]);
    is_told(
        &rows(json!(vec![json!({"name": "A"}); 4])),
        &[("people", Code::TooManyItems)],
    );
}

#[test]
fn f10_a_summary_tells_of_many_rows_how_many_there_are() {
    let people: Vec<Value> = (1..=25)
        .map(|number| json!({"name": format!("P{number}")}))
        .collect();
    let values = json!({"kind": "guest", "people": people});
    let values: Values = serde_json::from_value(values).unwrap();
    let lines = summary(&form(), &values, &masters(), Language::Ja);
    let rows = &lines.last().unwrap().value;
    assert_eq!(rows.lines().count(), 4, "{rows}");
    assert!(rows.starts_with("1. ") && rows.ends_with("… 他 22 行"), "{rows}");
}

#[test]
fn rows_are_written_one_way_and_keep_their_places() {
    let entered = json!({"kind": "guest", "people": [
        {"name": " Ａ ", "why": "hidden"}, {"name": ""}, {"name": "B", "local": ""}]});
    let kept = normalise(&form(), &values(&entered));
    assert_eq!(
        kept,
        values(&json!({"kind": "guest", "people": [{"name": "A"}, {}, {"name": "B"}]}))
    );
    let lines = summary(&form(), &kept, &masters(), Language::En);
    assert_eq!(lines[1].value, "1. Name A\n2. \n3. Name B");
}

#[test]
fn a_master_offers_what_fits_the_answers_and_fills_others() {
    let asked = |department: Value, centre: &str| json!({"kind": "staff", "department": department, "centre": centre});
    is_told(&asked(json!("IT"), "c1"), &[]);
    is_told(&asked(json!("HR"), "c2"), &[]);
    for (department, centre) in [
        (json!("IT"), "c3"),
        (json!("IT"), "c4"),
        (json!(null), "c1"),
        (json!("IT"), "c9"),
    ] {
        is_told(&asked(department, centre), &[("centre", Code::UnknownChoice)]);
    }
    let schema = form();
    let centre = schema.field("centre").expect("a field");
    assert_eq!(
        filled(centre, "c1", &context()),
        values(&json!({"owner": "sato@contoso.com"}))
    );
    assert_eq!(filled(centre, "c2", &context()), values(&json!({"owner": null})));
}

#[test]
fn a_form_begins_with_what_is_known() {
    let mut start = Start {
        today: "2026-12-28".parse().expect("a date"),
        applicant: BTreeMap::from([("department".to_owned(), "IT".to_owned())]),
    };
    let known = defaults(form().fields(), &start);
    assert_eq!(
        known,
        values(&json!({"kind": "guest", "department": "IT", "startDate": "2027-01-04"}))
    );
    start.applicant.clear();
    let known = defaults(form().fields(), &start);
    assert_eq!(
        known,
        values(&json!({"kind": "guest", "startDate": "2027-01-04"}))
    );
}

/// Each case: where the form is changed, to what, and what its author is told.
fn is_refused(cases: &[(&str, Value, &str)]) {
    for (path, value, expected) in cases {
        let mut schema = json_form();
        *schema.pointer_mut(path).expect(path) = value.clone();
        let error = Schema::parse(&schema.to_string()).expect_err(path).to_string();
        assert!(error.contains(expected), "{error} should say {expected}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    is_refused(&[
        (
            "/rules/0/when",
            json!("endDate < 5"),
            "rules[0].when: character 9",
        ),
        ("/rules/0/field", json!("end"), "rules[0].field: names no field"),
        (
            "/sections/1/visibleWhen",
            json!("empty(people)"),
            "sections[1].visibleWhen",
        ),
        (
            "/sections/0/fields/1/default",
            json!("today"),
            "fields[1].default: character 1: this is a date; give it a text",
        ),
        ("/sections/0/fields/1/default", json!("kind"), "fields[1].default"),
        (
            "/sections/0/fields/3/requiredWhen",
            json!("row.name = \"a\""),
            "fields[3].requiredWhen",
        ),
        (
            "/sections/0/fields/2/input/options/where/department",
            json!("people"),
            "options.where",
        ),
        (
            "/sections/0/fields/2/input/options/fill",
            json!({"name": "x"}),
            "options.fill: names no other field",
        ),
        (
            "/sections/1/fields/0/input/maxRows",
            json!(1001),
            "maxRows must be 1 to 1000",
        ),
    ]);
}

#[test]
fn what_makes_no_sense_in_a_row_is_refused_with_its_place() {
    is_refused(&[
        (
            "/sections/1/fields/0/input/fields/3/visibleWhen",
            json!("row.why = \"x\""),
            "input.fields[3].visibleWhen",
        ),
        (
            "/sections/1/fields/0/input/fields/2/input/options/1/when",
            json!("row.x"),
            "fields[2].input.options[1].when",
        ),
        (
            "/sections/1/fields/0/input/fields/3/key",
            json!("name"),
            "fields[3].key: used by an earlier field",
        ),
        (
            "/sections/1/fields/0/input/fields/0/input",
            json!({"type": "rows", "fields": []}),
            "rows cannot have rows",
        ),
    ]);
}
