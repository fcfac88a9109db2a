//! What is judged of whole forms, from one file that the browser's tests read too: server and browser say the same.

use std::collections::BTreeSet;

use forms::{Context, Schema, Values, normalise, required, validate, visible};
use serde_json::{Value, json};

const JUDGED: &str = include_str!("judged.json");
const CODES: &str = include_str!("../src/issue.rs");
const OF_THE_SERVER: &str = "From here on only the server can tell";
/// Normalising drops what is not asked; a form too big would fill this file; the server alone reads files of rows.
const NOT_HERE: [&str; 3] = ["NotApplicable", "FormTooBig", "RowsAltered"];
const INPUTS: [&str; 9] = [
    "text", "lines", "date", "choice", "choices", "person", "people", "number", "rows",
];
const RULES: [&str; 6] = [
    "digits",
    "katakana",
    "upnLocal",
    "displayName",
    "mailNickname",
    "mail",
];

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

/// The codes with which a form is judged in the browser too.
fn codes() -> BTreeSet<String> {
    let (_, variants) = CODES.split_once("pub enum Code {").expect("the codes");
    let (ours, _) = variants.split_once(OF_THE_SERVER).expect("the server's own");
    let names = ours.lines().filter_map(|line| line.trim().strip_suffix(','));
    let ours = names.filter(|name| !NOT_HERE.contains(name));
    ours.map(snake_case).collect()
}

fn snake_case(name: &str) -> String {
    let mut code = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(letter.to_ascii_lowercase());
    }
    code
}

#[test]
fn f5_every_input_every_rule_and_every_code_is_in_the_file() {
    let forms: Vec<Value> = serde_json::from_str(JUDGED).expect("JSON");
    let cases = forms
        .iter()
        .flat_map(|form| form["cases"].as_array().expect("cases"));
    let issues = cases.flat_map(|case| case["verdict"]["issues"].as_array().expect("issues"));
    let told: BTreeSet<&str> = issues.filter_map(|issue| issue["code"].as_str()).collect();
    let missing: Vec<String> = codes()
        .into_iter()
        .filter(|code| !told.contains(code.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    for input in INPUTS {
        assert!(JUDGED.contains(&format!(r#""type": "{input}""#)), "{input}");
    }
    for rule in RULES {
        assert!(JUDGED.contains(&format!(r#""name": "{rule}""#)), "{rule}");
    }
}
