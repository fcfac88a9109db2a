//! What must be answered follows from what was answered.

use forms::{Context, Schema, Values, look_at_rows, required};
use serde_json::{Value, json};

fn label(en: &str) -> Value {
    json!({"ja": format!("{en}。"), "en": en})
}

fn form() -> Schema {
    let row = json!([
        {"key": "name", "label": label("Name"), "required": true, "input": {"type": "text"}},
        {"key": "access", "label": label("Access"), "input": {"type": "text"}},
        {"key": "why", "label": label("Why"), "requiredWhen": "row.access = \"write\"", "input": {"type": "text"}},
        {"key": "host", "label": label("Host"), "required": true, "visibleWhen": "row.access = \"write\"",
            "input": {"type": "text"}},
    ]);
    let fields = json!([
        {"key": "owner", "label": label("Owner"), "requiredWhen": "endDate > today + 30", "input": {"type": "text"}},
        {"key": "endDate", "label": label("To"), "required": true, "input": {"type": "date"}},
        {"key": "people", "label": label("Guests"), "input": {"type": "rows", "fields": row}},
    ]);
    let form = json!({"sections": [{"key": "a", "title": label("What"), "fields": fields}]});
    Schema::parse(&form.to_string()).expect("a good schema")
}

fn values(value: Value) -> Values {
    serde_json::from_value(value).expect("an object")
}

fn context() -> Context {
    serde_json::from_value(json!({"today": "2026-11-24"})).expect("a context")
}

#[test]
fn f06_a_field_must_be_answered_always_or_when_its_condition_holds() {
    let (schema, context) = (form(), context());
    for (end, expected) in [("2026-12-24", "endDate"), ("2026-12-25", "owner endDate")] {
        let entered = values(json!({ "endDate": end }));
        let fields = required(&schema, &entered, &context);
        let keys: Vec<_> = fields.iter().map(|field| field.key.as_str()).collect();
        assert_eq!(keys.join(" "), expected, "{end}");
    }
}

#[test]
fn f06_each_row_says_what_must_be_answered_in_it() {
    let entered = values(json!({"people": [{"access": "read"}, {"access": "write"}]}));
    let (schema, context) = (form(), context());
    let looks = look_at_rows(&schema, &entered, &context, "people", (0, 9));
    let must: Vec<_> = looks.iter().map(|look| look.required.join(" ")).collect();
    assert_eq!(must, ["name", "name why host"]);
}
