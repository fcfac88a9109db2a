//! What is judged of whole forms, from one file that the browser's tests read too: server and browser say the same.

use forms::{Context, Schema, Values, normalise, required, validate, visible};
use serde_json::{Value, json};

const JUDGED: &str = include_str!("judged.json");

/// As the browser's door puts it.
fn verdict(form: &Value, entered: &Value) -> Value {
    let schema = Schema::parse(&form["schema"].to_string()).expect("a good schema");
    let masters = &form["masters"];
    let mut context = json!({ "today": form["today"], "masters": masters });
    if let Some(naming) = masters.pointer("/naming/naming") {
        context["naming"] = naming.clone();
    }
    let context: Context = serde_json::from_value(context).expect("a context");
    let entered: Values = serde_json::from_value(entered.clone()).expect("an object");
    let values = normalise(&schema, &entered);
    let visible: Vec<&str> = visible(&schema, &values)
        .map(|field| field.key.as_str())
        .collect();
    let required = required(&schema, &values, &context);
    let required: Vec<&str> = required.iter().map(|field| field.key.as_str()).collect();
    let issues = validate(&schema, &values, &context);
    json!({ "values": values, "visible": visible, "required": required, "issues": issues })
}

#[test]
fn f05_f5_each_form_is_judged_as_the_file_says() {
    let forms: Vec<Value> = serde_json::from_str(JUDGED).expect("JSON");
    let mut judged = 0;
    for form in &forms {
        for case in form["cases"].as_array().expect("cases") {
            let (entered, expected) = (&case["entered"], &case["verdict"]);
            assert_eq!(verdict(form, entered), *expected, "{}: {entered}", form["name"]);
            judged += 1;
        }
    }
    assert!(judged > 50, "{judged}");
}
