//! What an applicant is told.

use forms::{Code, Context, Schema, Values, normalise, validate, visible};
use serde_json::{Value, json};

fn form(input: &Value, required: bool) -> Schema {
    let label = json!({"ja": "項目", "en": "Field"});
    let schema = json!({"sections": [{"key": "s", "title": label, "fields": [
        {"key": "kind", "label": label, "input": {"type": "choice", "options": [
            {"value": "a", "label": label}, {"value": "b", "label": label}]}},
        {"key": "x", "label": label, "required": required, "input": input},
        {"key": "whenB", "label": label, "required": true, "input": {"type": "text"},
         "visibleWhen": "kind = \"b\""},
    ]}]});
    Schema::parse(&schema.to_string()).expect("a good schema")
}

fn context() -> Context {
    let label = json!({"ja": "E5", "en": "E5"});
    serde_json::from_value(json!({
        "today": "2026-11-24",
        "masters": {"licences": {"options": [{"value": "E5", "label": label, "sku": "SPE_E5"}], "synced": 1}},
    }))
    .expect("a context")
}

fn values(value: &Value) -> Values {
    serde_json::from_value(value.clone()).expect("an object")
}

fn codes(schema: &Schema, entered: &Value) -> Vec<(String, Code)> {
    let kept = normalise(schema, &values(entered));
    validate(schema, &kept, &context())
        .into_iter()
        .map(|issue| (issue.field, issue.code))
        .collect()
}

fn verdict(input: &Value, entered: &Value) -> Option<Code> {
    codes(&form(input, true), &json!({"x": entered}))
        .first()
        .map(|(_, code)| *code)
}

fn each_is_judged(cases: &[(&Value, Value, Option<Code>)]) {
    for (input, entered, expected) in cases {
        assert_eq!(verdict(input, entered), *expected, "{input} given {entered}");
    }
}

#[test]
fn a_line_of_text_is_accepted_or_told_what_is_wrong() {
    let text = json!({"type": "text", "minLength": 2, "maxLength": 4});
    let rule = |name: &str| json!({"type": "text", "rule": {"name": name}});
    let digits = json!({"type": "text", "rule": {"name": "digits", "length": 6}});
    each_is_judged(&[
        (&text, json!("髙﨑さん"), None),
        (&text, json!("x"), Some(Code::TooShort)),
        (&text, json!("xxxxx"), Some(Code::TooLong)),
        (&text, json!("a\u{202E}b"), Some(Code::InvisibleCharacters)),
        (&text, json!("a\nb"), Some(Code::InvisibleCharacters)),
        (&text, json!(12), Some(Code::WrongType)),
        (&text, json!("   "), Some(Code::Required)),
        (&digits, json!("００１２３４"), None),
        (&digits, json!("12345"), Some(Code::NotDigits)),
        (&digits, json!("٠٠١٢٣٤"), Some(Code::NotDigits)),
        (&rule("katakana"), json!("ｻﾄｳ　はなこ"), None),
        (&rule("katakana"), json!("佐藤"), Some(Code::NotKatakana)),
        (&rule("upnLocal"), json!("hanako.sato_1'!#^~-"), None),
        (&rule("upnLocal"), json!("hanako..sato"), Some(Code::NotUpnLocal)),
        (&rule("upnLocal"), json!("佐藤"), Some(Code::NotUpnLocal)),
        (&rule("upnLocal"), json!("josé"), Some(Code::NotUpnLocal)),
        (&rule("upnLocal"), json!("a@b"), Some(Code::NotUpnLocal)),
        (&rule("upnLocal"), json!("a".repeat(64)), None),
        (&rule("upnLocal"), json!("a".repeat(65)), Some(Code::TooLong)),
        (&rule("displayName"), json!("佐藤 花子（営業部）"), None),
        (
            &rule("displayName"),
            json!("<b>佐藤</b>"),
            Some(Code::NotDisplayName),
        ),
        (&rule("mailNickname"), json!("sales-team"), None),
        (
            &rule("mailNickname"),
            json!("sales team"),
            Some(Code::NotMailNickname),
        ),
        (&rule("mail"), json!("sato@contoso.com"), None),
        (&rule("mail"), json!("sato@contoso"), Some(Code::NotMail)),
    ]);
}

#[test]
fn dates_choices_people_and_numbers_are_accepted_or_told_what_is_wrong() {
    let date = json!({"type": "date", "earliest": 1, "latest": 30});
    let licences = json!({"type": "choice", "options": {"master": "licences"}});
    let many = json!({"type": "choices", "options": {"master": "licences"}, "maxItems": 2});
    let person = json!({"type": "person"});
    let people = json!({"type": "people", "maxItems": 2});
    let sato = json!({"upn": "sato@contoso.com", "name": "佐藤 花子"});
    let number = json!({"type": "number", "min": 1, "max": 9});
    each_is_judged(&[
        (&date, json!("２０２６-11-25"), None),
        (&date, json!("2026-12-24"), None),
        (&date, json!("2026-11-24"), Some(Code::TooEarly)),
        (&date, json!("2026-12-25"), Some(Code::TooLate)),
        (&date, json!("2026-02-30"), Some(Code::NotDate)),
        (&date, json!("2026/12/01"), Some(Code::NotDate)),
        (&licences, json!("E5"), None),
        (&licences, json!("E3"), Some(Code::UnknownChoice)),
        (&many, json!(["E5"]), None),
        (&many, json!(["E5", "E5"]), Some(Code::Duplicate)),
        (&many, json!(["E5", "E5", "E5"]), Some(Code::TooManyItems)),
        (&many, json!("E5"), Some(Code::WrongType)),
        (&person, sato.clone(), None),
        (&person, json!({"upn": "sato"}), Some(Code::NotPerson)),
        (
            &person,
            json!({"upn": "sato@contoso.com", "admin": true}),
            Some(Code::NotPerson),
        ),
        (
            &person,
            json!({"upn": "sato@contoso.com", "id": "me"}),
            Some(Code::NotPerson),
        ),
        (
            &people,
            json!([sato, {"upn": "SATO@contoso.com"}]),
            Some(Code::Duplicate),
        ),
        (&number, json!(9), None),
        (&number, json!(0), Some(Code::TooSmall)),
        (&number, json!(10), Some(Code::TooLarge)),
        (&number, json!(1.5), Some(Code::WrongType)),
    ]);
}

#[test]
fn a_question_is_asked_only_when_its_condition_holds() {
    let schema = form(&json!({"type": "text"}), false);
    assert_eq!(codes(&schema, &json!({"kind": "a"})), []);
    let chosen = values(&json!({"kind": "a"}));
    let asked: Vec<&str> = visible(&schema, &chosen)
        .map(|field| field.key.as_str())
        .collect();
    assert_eq!(asked, ["kind", "x"]);
    assert_eq!(
        codes(&schema, &json!({"kind": "b"})),
        [("whenB".to_owned(), Code::Required)]
    );
    let smuggled = values(&json!({"kind": "a", "whenB": "x"}));
    let issues = validate(&schema, &smuggled, &context());
    assert_eq!(issues.first().map(|issue| issue.code), Some(Code::NotApplicable));
    assert_eq!(normalise(&schema, &smuggled), values(&json!({"kind": "a"})));
}

#[test]
fn only_known_fields_may_be_sent() {
    let schema = form(&json!({"type": "text"}), false);
    assert_eq!(
        codes(&schema, &json!({"role": "admin"})),
        [("role".to_owned(), Code::UnknownField)]
    );
}

#[test]
fn a_missing_master_is_told_rather_than_accepted() {
    let schema = form(&json!({"type": "choice", "options": {"master": "groups"}}), true);
    let issues = validate(&schema, &values(&json!({"x": "g1"})), &context());
    assert_eq!(
        serde_json::to_value(&issues).unwrap(),
        json!([{"code": "master_missing", "field": "x", "args": {"master": "groups"}}])
    );
}

#[test]
fn a_form_too_big_for_its_column_is_told_and_not_read() {
    let schema = form(&json!({"type": "lines", "maxLength": 10000}), false);
    let big = json!({"x": "x", "y": "あ".repeat(20_000)});
    assert_eq!(
        codes(&schema, &big).first().map(|(_, code)| *code),
        Some(Code::FormTooBig)
    );
    assert!(Values::parse(&big.to_string()).is_err());
}
