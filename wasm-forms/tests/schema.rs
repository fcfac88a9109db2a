//! What a schema may say, and how its author is told.

use forms::{Schema, SchemaError};
use serde_json::{Value, json};

fn user_create() -> Value {
    let label = |ja: &str, en: &str| json!({"ja": ja, "en": en});
    json!({"sections": [{"key": "person", "title": label("対象者", "Person"), "fields": [
        {"key": "employeeNumber", "label": label("社員番号", "Employee number"), "required": true,
         "input": {"type": "text", "rule": {"name": "digits", "length": 6}}},
        {"key": "kind", "label": label("雇用区分", "Employment"), "required": true,
         "input": {"type": "choice", "options": [
            {"value": "permanent", "label": label("正社員", "Permanent")},
            {"value": "temporary", "label": label("派遣", "Temporary")}]}},
        {"key": "endDate", "label": label("終了日", "End date"), "required": true,
         "visibleWhen": "kind = \"temporary\"",
         "input": {"type": "date", "earliest": 1, "latest": 365}},
        {"key": "upnLocal", "label": label("ユーザー名", "User name"), "availability": "upn",
         "input": {"type": "text", "rule": {"name": "upnLocal"}}}
    ]}]})
}

fn with(path: &str, value: Value) -> Value {
    let mut schema = user_create();
    *schema.pointer_mut(path).expect("a path of the example") = value;
    schema
}

#[test]
fn json_survives_a_round_trip_unchanged_in_meaning() {
    let schema = Schema::parse(&user_create().to_string()).unwrap();
    let again = Schema::parse(&serde_json::to_string(&schema).unwrap()).unwrap();
    assert_eq!(schema, again);
}

#[test]
fn fields_the_directory_must_answer_for_can_be_found() {
    let schema = Schema::parse(&user_create().to_string()).unwrap();
    let keys: Vec<&str> = schema
        .asked_of_directory()
        .map(|(field, _)| field.key.as_str())
        .collect();
    assert_eq!(keys, ["upnLocal"]);
}

/// Each case: where the example is changed, to what, and what its author is then told.
fn is_refused(cases: &[(&str, Value, &str)]) {
    for (path, value, expected) in cases {
        let error = Schema::parse(&with(path, value.clone()).to_string()).expect_err(path);
        assert!(
            matches!(error, SchemaError::Sense { .. } | SchemaError::Condition { .. }),
            "{error}"
        );
        assert!(
            error.to_string().contains(expected),
            "{error} should say {expected}"
        );
    }
}

#[test]
fn a_senseless_field_is_refused_with_its_place() {
    is_refused(&[
        ("/sections/0/fields", json!([]), "sections: a form needs a field"),
        (
            "/sections/0/fields/0/key",
            json!("Kind"),
            "sections[0].fields[0].key",
        ),
        (
            "/sections/0/fields/0/key",
            json!("kind"),
            "fields[1].key: used by an earlier field",
        ),
        (
            "/sections/0/fields/0/label/en",
            json!(" "),
            "sections[0].fields[0].label",
        ),
        (
            "/sections/0/fields/3/input/rule/name",
            json!("mail"),
            "fields[3].availability",
        ),
        (
            "/sections/0/fields/2/visibleWhen",
            json!("not empty(upnLocal)"),
            "fields[2].visibleWhen: character 11: upnLocal is not known here; use one of: employeeNumber, kind",
        ),
        (
            "/sections/0/fields/2/visibleWhen",
            json!("empty(kind) or 2026-04-01 <= today"),
            "may not depend on today",
        ),
        (
            "/sections/0/fields/2/visibleWhen",
            json!("kind in (\"temporary\", \"x\")"),
            "character 23: kind does not offer \"x\"",
        ),
    ]);
}

#[test]
fn a_senseless_input_is_refused_with_its_place() {
    let input = "/sections/0/fields/0/input";
    is_refused(&[
        (
            "/sections/0/fields/0/input/rule/length",
            json!(0),
            "fields[0].input: digits",
        ),
        (
            "/sections/0/fields/2/input/earliest",
            json!(400),
            "earliest must not be after latest",
        ),
        (
            "/sections/0/fields/1/input/options/0/value",
            json!("temporary"),
            "offers a value twice",
        ),
        (
            "/sections/0/fields/1/input/options",
            json!({"master": ""}),
            "needs the master's name",
        ),
        (
            input,
            json!({"type": "number", "min": 2, "max": 1}),
            "min must not be above max",
        ),
        (
            input,
            json!({"type": "people", "maxItems": 0}),
            "maxItems must be 1 to 200",
        ),
    ]);
}

#[test]
fn an_unknown_member_is_refused_by_name() {
    let mut schema = user_create();
    schema["sections"][0]["fields"][0]["reqired"] = json!(true);
    let error = Schema::parse(&schema.to_string()).unwrap_err().to_string();
    assert!(error.contains("reqired"), "{error}");
    let rule = with(
        "/sections/0/fields/0/input/rule",
        json!({"name": "katakana", "length": 3}),
    );
    assert!(Schema::parse(&rule.to_string()).is_err());
}

#[test]
fn an_unreadable_condition_inside_of_an_option_is_told_with_its_place() {
    let option = "/sections/0/fields/1/input/options/0";
    let label = json!({"ja": "正社員", "en": "Permanent"});
    let schema = with(
        option,
        json!({"value": "permanent", "label": label, "when": "kind =="}),
    );
    let error = Schema::parse(&schema.to_string()).unwrap_err().to_string();
    assert!(error.contains("character 7"), "{error}");
}
