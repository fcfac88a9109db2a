//! Names are judged by the rules of the workflow's field and of the house.

use forms::{Context, Schema, Values, normalise, validate};
use serde_json::{Value, json};

fn label(text: &str) -> Value {
    json!({"ja": text, "en": text})
}

fn form(naming: &Value) -> Result<Schema, String> {
    let name = json!({"key": "name", "label": label("名前"), "naming": naming, "input": {"type": "text", "rule": {"name": "displayName"}}});
    let fields = json!([
        {"key": "department", "label": label("部署"), "input": {"type": "text"}},
        {"key": "started", "label": label("開始"), "input": {"type": "date"}},
        name,
        {"key": "alias", "label": label("別名"), "availability": "alias", "input": {"type": "text", "rule": {"name": "mailNickname"}}},
        {"key": "outside", "label": label("社外"), "availability": "address", "input": {"type": "text", "rule": {"name": "mail"}}},
        {"key": "reason", "label": label("理由"), "input": {"type": "text"}},
    ]);
    let schema = json!({"sections": [{"key": "s", "title": label("申請"), "fields": fields}]});
    Schema::parse(&schema.to_string()).map_err(|error| error.to_string())
}

fn house(naming: &Value) -> Context {
    serde_json::from_value(json!({"today": "2026-11-26", "naming": naming})).expect("a context")
}

/// Code, field and text of everything that is wrong.
fn told(schema: &Schema, values: &Value, house: &Context) -> Vec<(String, String, String)> {
    let values = normalise(schema, &Values::parse(&values.to_string()).expect("values"));
    let issues = validate(schema, &values, house);
    let code = |code| {
        let word = serde_json::to_value(code).expect("a word");
        word.as_str().expect("a word").to_owned()
    };
    issues
        .into_iter()
        .map(|issue| {
            let text = issue.args.get("text").and_then(Value::as_str).unwrap_or_default();
            (code(issue.code), issue.field, text.to_owned())
        })
        .collect()
}

fn one(code: &str, field: &str, text: &str) -> Vec<(String, String, String)> {
    vec![(code.to_owned(), field.to_owned(), text.to_owned())]
}

#[test]
fn r21_a_name_begins_and_ends_with_answers_of_the_form() {
    let schema = form(&json!({"begins": "GRP-{department}-", "ends": "（公開）"})).unwrap();
    let none = house(&json!({}));
    let of = |name: &str| told(&schema, &json!({"department": "営業部", "name": name}), &none);
    assert_eq!(of("GRP-営業部-新製品（公開）"), []);
    assert_eq!(
        of("ＧＲＰ-営業部-新製品（公開）"),
        [],
        "widths are made the same first"
    );
    for name in [
        "新製品（公開）",
        "GRP-開発部-新製品（公開）",
        "GRP-営業部-（公開）",
    ] {
        assert_eq!(of(name), one("name_begins", "name", "GRP-営業部-"), "{name}");
    }
    assert_eq!(of("GRP-営業部-新製品"), one("name_ends", "name", "（公開）"));
    assert_eq!(
        told(&schema, &json!({"name": "GRP-営業部-新製品（公開）"}), &none),
        one("name_begins", "name", "GRP--"),
        "what was not answered stands for nothing"
    );
}

#[test]
fn r21_the_ending_alone_is_no_name() {
    let schema = form(&json!({"ends": "（公開）"})).unwrap();
    let of = |name: &str| told(&schema, &json!({ "name": name }), &house(&json!({})));
    assert_eq!(of("新製品（公開）"), []);
    for name in ["（公開）", "新製品"] {
        assert_eq!(of(name), one("name_ends", "name", "（公開）"), "{name}");
    }
}

#[test]
fn r21_blocked_words_are_found_whatever_their_width_case_and_kana() {
    let words = json!({"blocked": ["ひみつ", "社外秘"], "blockedWords": ["CEO", "カイ", "給与"]});
    let (schema, none) = (form(&words).unwrap(), house(&json!({})));
    let of = |name: &str| told(&schema, &json!({"name": name}), &none);
    for (name, word) in [
        ("ヒミツの部屋", "ひみつ"),
        ("ﾋﾐﾂ部屋", "ひみつ"),
        ("極秘社外秘資料", "社外秘"),
        ("ceo", "CEO"),
        ("The ＣＥＯ club", "CEO"),
        ("営業CEO室", "CEO"),
        ("𝐂𝐄𝐎 の会", "CEO"),
        ("Ⓒⓔⓞ", "CEO"),
        ("かい 議事録", "カイ"),
        ("CEOs and CEO", "CEO"),
        ("給与-2026", "給与"),
    ] {
        assert_eq!(of(name), one("name_blocked", "name", word), "{name}");
    }
    for name in ["CEOs", "oceano", "カイギ", "給与課", "ひつじ"] {
        assert_eq!(of(name), [], "{name}");
    }
}

#[test]
fn r21_rules_of_the_house_hold_for_all_names_that_we_give_and_for_nothing_else() {
    let schema = form(&json!({})).unwrap();
    let house = house(&json!({
        "all": {"blocked": ["役員"], "blockedWords": ["ceo"]},
        "alias": {"characters": "a-z0-9-", "reserved": ["postmaster", "ssl-admin"]},
    }));
    let of = |field: &str, text: &str| told(&schema, &json!({ field: text }), &house);
    assert_eq!(of("name", "役員会"), one("name_blocked", "name", "役員"));
    assert_eq!(of("name", "postmaster"), [], "it is no address");
    assert_eq!(of("alias", "SSL-Admin").len(), 1);
    assert_eq!(
        of("alias", "ssl-admin"),
        one("name_reserved", "alias", "ssl-admin")
    );
    assert_eq!(of("alias", "ssl-admin-2"), []);
    assert_eq!(
        of("alias", "sales_x"),
        one("name_characters", "alias", "_ (a-z0-9-)")
    );
    assert_eq!(of("alias", "the-ceo"), one("name_blocked", "alias", "ceo"));
    assert_eq!(of("outside", "ceo@fabrikam.example"), [], "another house's name");
    assert_eq!(of("reason", "役員とCEO"), [], "no name");
}

#[test]
fn r21_the_rules_of_the_workflow_come_on_top_of_those_of_the_house() {
    let schema = form(&json!({"characters": "ぁ-んァ-ヶー一-龠", "reserved": ["本社"]})).unwrap();
    let house = house(&json!({"all": {"blocked": ["役員"]}}));
    let of = |name: &str| told(&schema, &json!({ "name": name }), &house);
    assert_eq!(of("営業チーム"), []);
    assert_eq!(
        of("営業-1"),
        one("name_characters", "name", "- (ぁ-んァ-ヶー一-龠)")
    );
    assert_eq!(of("本社"), one("name_reserved", "name", "本社"));
    assert_eq!(of("本社役員"), one("name_blocked", "name", "役員"));
}

#[test]
fn r21_a_pattern_names_fields_that_are_there() {
    for (begins, good) in [
        ("{department}-", true),
        ("{nobody}-", false),
        ("{name}-", false),
        ("{started}-", false),
        ("{department", false),
        ("{", false),
    ] {
        let told = form(&json!({ "begins": begins }));
        assert_eq!(told.is_ok(), good, "{begins}: {told:?}");
    }
    assert!(form(&json!({"prefix": "x"})).is_err(), "no such rule");
}
