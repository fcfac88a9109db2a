//! One way to write a value.

use forms::{Context, Language, Schema, Values, normalise, summary, validate};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn schema() -> Schema {
    let label = json!({"ja": "項目", "en": "Field"});
    let field = |key: &str, input: Value| json!({"key": key, "label": label, "input": input});
    let options =
        json!([{"value": "a", "label": {"ja": "甲", "en": "First"}}, {"value": "b", "label": label}]);
    let mut hidden = field("hidden", json!({"type": "text", "rule": {"name": "mail"}}));
    hidden["visibleWhen"] = json!("choice = \"a\"");
    let fields = json!([
        field("text", json!({"type": "text"})),
        field("kana", json!({"type": "text", "rule": {"name": "katakana"}})),
        field("upn", json!({"type": "text", "rule": {"name": "upnLocal"}})),
        field("lines", json!({"type": "lines"})),
        field("date", json!({"type": "date", "earliest": -3})),
        field("choice", json!({"type": "choice", "options": options})),
        field("choices", json!({"type": "choices", "options": options})),
        field("person", json!({"type": "person"})),
        field("people", json!({"type": "people"})),
        field("number", json!({"type": "number", "min": 0, "max": 9})),
        hidden,
    ]);
    let schema = json!({"sections": [{"key": "s", "title": label, "fields": fields}]});
    Schema::parse(&schema.to_string()).expect("a good schema")
}

fn normalised(key: &str, entered: &str) -> Value {
    let values: Values = serde_json::from_value(json!({key: entered})).expect("an object");
    normalise(&schema(), &values)
        .get(key)
        .cloned()
        .unwrap_or(Value::Null)
}

#[test]
fn widths_and_kana_are_written_one_way() {
    let cases = [
        ("text", "　ＡＢＣ　１２３（株） ", "ABC 123（株）"),
        ("text", "ｶﾞｷﾞｸﾞﾊﾟｳﾞｯｰ･｢｣", "ガギグパヴッー・「」"),
        ("text", "か\u{3099}は\u{309A}う\u{3099}", "がぱゔ"),
        ("kana", "さとう はなこ", "サトウ ハナコ"),
        ("kana", "ｦｱﾝ", "ヲアン"),
        ("upn", "ｈａｎａｋｏ．ｓａｔｏ＿１", "hanako.sato_1"),
        ("lines", "一行目  \r\n（ＡＢＣ）\r\n\n", "一行目\n（ＡＢＣ）"),
        ("date", "２０２６－１２－０１", "2026-12-01"),
    ];
    for (key, entered, expected) in cases {
        assert_eq!(normalised(key, entered), expected, "{key}: {entered}");
    }
    assert_eq!(normalised("text", " 　"), Value::Null);
}

#[test]
fn a_summary_shows_labels_in_the_readers_language() {
    let values: Values = serde_json::from_value(json!({
        "choices": ["a"], "person": {"upn": "sato@contoso.com", "name": "佐藤 花子"}, "number": 3, "text": "",
    }))
    .unwrap();
    let lines = summary(
        &schema(),
        &values,
        &std::collections::BTreeMap::new(),
        Language::Ja,
    );
    let shown: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| (line.key.as_str(), line.value.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("choices", "甲"),
            ("person", "佐藤 花子 (sato@contoso.com)"),
            ("number", "3")
        ]
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        "[ａ-ｚ０-９ｦ-ﾟぁ-ヺ\u{3099}\u{309A}゛゜ \u{3000}\r\n]{0,12}",
        Just("a".to_owned())
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop_oneof!["upn|name|id", any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_values() -> impl Strategy<Value = Values> {
    let key = prop_oneof![
        "text|kana|upn|lines|date|choice|choices|person|people|number|hidden",
        any::<String>()
    ];
    prop::collection::btree_map(key, any_json(), 0..8)
        .prop_map(|map| Values::new(map.into_iter().collect::<Map<String, Value>>()))
}

proptest! {
    #[test]
    fn no_values_make_validation_panic_and_normalising_twice_is_normalising_once(values in any_values()) {
        let schema = schema();
        let context = Context { today: "2026-11-24".parse().unwrap(), masters: std::collections::BTreeMap::new(), naming: forms::HouseNaming::default() };
        validate(&schema, &values, &context);
        let once = normalise(&schema, &values);
        prop_assert_eq!(&normalise(&schema, &once), &once);
        for issue in validate(&schema, &once, &context) {
            prop_assert!(issue.field.is_empty() || issue.field.chars().count() <= 40);
        }
    }

    #[test]
    fn no_json_makes_schema_parsing_panic(json in any_json()) {
        let _ = Schema::parse(&json.to_string());
    }

    #[test]
    fn a_date_is_read_as_it_is_written(year in 1u16..=9999, month in 0u8..14, day in 0u8..33) {
        if let Ok(date) = forms::Date::new(year, month, day) {
            prop_assert_eq!(date.to_string().parse::<forms::Date>(), Ok(date));
        }
    }
}

#[test]
fn days_are_counted_across_leap_years_and_centuries() {
    let days = |from: &str, to: &str| {
        to.parse::<forms::Date>()
            .unwrap()
            .days_since(from.parse().unwrap())
    };
    assert_eq!(days("2026-11-24", "2026-11-25"), 1);
    assert_eq!(days("2028-02-28", "2028-03-01"), 2);
    assert_eq!(days("1900-02-28", "1900-03-01"), 1);
    assert_eq!(days("2000-01-01", "2026-11-24"), 9824);
    assert_eq!(days("2027-01-01", "2026-12-31"), -1);
}
