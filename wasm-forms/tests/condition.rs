//! What a condition says, and how its author is told what is wrong with it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use forms::condition::{Condition, FORM, Fact, Facts, MAX_DEPTH, MAX_LENGTH, Name, Type, Vocabulary};
use forms::{Date, Schema};
use serde_json::json;

fn vocabulary() -> Vocabulary {
    let label = json!({"ja": "項目", "en": "Field"});
    let schema = json!({"sections": [{"key": "s", "title": label, "fields": [
        {"key": "kind", "label": label, "input": {"type": "choice", "options": [
            {"value": "permanent", "label": label}, {"value": "guest", "label": label}]}},
        {"key": "amount", "label": label, "input": {"type": "number", "min": 0, "max": 1_000_000}},
        {"key": "startDate", "label": label, "input": {"type": "date"}},
        {"key": "endDate", "label": label, "input": {"type": "date"}},
        {"key": "manager", "label": label, "input": {"type": "person"}},
        {"key": "groups", "label": label, "input": {"type": "choices", "options": {"master": "groups"}}},
        {"key": "today", "label": label, "input": {"type": "text"}},
    ]}]});
    Vocabulary::of(&Schema::parse(&schema.to_string()).expect("a good schema"))
        .with("plan", [("deletes", Type::Number), ("urgent", Type::Boolean)])
        .with("applicant", [("department", Type::Text), ("rank", Type::Number)])
}

struct Known(BTreeMap<Name, Fact<'static>>);

impl Facts for Known {
    fn value(&self, root: &str, key: &str) -> Fact<'_> {
        self.0.get(&Name::new(root, key)).cloned().unwrap_or(Fact::Absent)
    }

    fn today(&self) -> Date {
        day("2026-11-24")
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn facts() -> Known {
    let groups = ["a", "b", "all-staff", "c"].map(Cow::Borrowed).to_vec();
    Known(BTreeMap::from([
        (Name::new(FORM, "kind"), "guest".into()),
        (Name::new(FORM, "amount"), 100_000.into()),
        (Name::new(FORM, "startDate"), day("2026-12-08").into()),
        (Name::new(FORM, "groups"), Fact::List(groups)),
        (Name::new(FORM, "today"), "x".into()),
        (Name::new("plan", "deletes"), 11.into()),
        (Name::new("plan", "urgent"), true.into()),
        (Name::new("applicant", "department"), "営業部".into()),
        (Name::new("applicant", "rank"), i64::MAX.into()),
    ]))
}

fn holds(text: &str) -> bool {
    let condition = Condition::parse(text).expect(text);
    condition.check(&vocabulary()).expect(text);
    condition.holds(&facts())
}

#[test]
fn conditions_hold_or_not() {
    for text in [
        r#"plan.deletes > 10 and applicant.department = "営業部""#,
        r#"kind in ("permanent", "guest")"#,
        r#"not kind in ("permanent")"#,
        "form.amount >= 100000 or applicant.rank < 3",
        "startDate >= today + 14",
        "not startDate >= today + 15",
        "startDate - today = 14 and today + 14 - 2026-12-08 = 0",
        "startDate = 14 + today and startDate > 2026-12-07 and startDate < 2026-12-09",
        "amount - 1 - 1 = 99998 and amount - (1 - 1) = 100000 and amount > -5",
        "count(groups) > 3 and count(groups) <= 4",
        r#"groups contains "all-staff" and "all-staff" in groups"#,
        r#"applicant.department contains "営業" and lower("ÀB") = "àb""#,
        "plan.urgent and plan.urgent != false and (amount = 100000) = true",
        r#"form.today = "x""#,
        r#"kind = "permanent" and kind = "guest" or plan.urgent"#,
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        r#"kind = "permanent""#,
        r#"kind = "permanent" and (kind = "guest" or plan.urgent)"#,
        "amount < 100000",
        r#"groups contains "all""#,
        "not plan.urgent or false",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn what_is_absent_makes_its_comparison_false_and_can_be_asked_for() {
    for text in [
        "endDate < today",
        "endDate >= today",
        "endDate = endDate",
        "endDate != today",
        "endDate + 1 > today",
        r#"manager != "sato@contoso.com""#,
        r#"manager contains """#,
        "not empty(manager)",
        "empty(startDate)",
        // Beyond what a number holds, and beyond the calendar.
        "applicant.rank + 1 > 0",
        "today + 999999999 > today",
        "today - applicant.rank < today",
    ] {
        assert!(!holds(text), "{text}");
    }
    for text in [
        "empty(manager)",
        "not endDate = today",
        "empty(endDate + 1)",
        r#"empty("")"#,
    ] {
        assert!(holds(text), "{text}");
    }
    let nothing = Known(BTreeMap::new());
    let none = Condition::parse("count(groups) = 0").unwrap();
    assert!(none.holds(&nothing));
}

#[test]
fn a_mistake_is_told_with_its_place_and_remedy() {
    for (text, place, remedy) in [
        ("", 1, "a name or a value"),
        ("amount >", 9, "a name or a value"),
        ("amount ＞ 5", 8, "half-width"),
        ("amount == 5", 9, "a name or a value"),
        ("amount = 5 5", 12, "an operator or the end"),
        ("amount = 5km", 11, "names and operators"),
        ("amount = 1.5", 11, "names and operators"),
        ("amount = 1234567890123456", 10, "15 digits"),
        (r#"kind = "guest"#, 8, "double quote"),
        (r#"kind = "a\n""#, 10, "backslash"),
        ("startDate > 2026-02-30", 13, "YYYY-MM-DD"),
        ("kind in (amount)", 10, "a text, a number or a date"),
        ("(amount > 5", 12, "write ) here"),
        ("size(groups) > 1", 5, "empty, count and lower"),
        ("-amount > 1", 2, "a number"),
    ] {
        let error = Condition::parse(text).expect_err(text);
        assert_eq!(error.position, place, "{text}: {error}");
        assert!(error.to_string().contains(remedy), "{text}: {error}");
    }
}

#[test]
fn a_name_or_a_type_that_does_not_fit_is_told_with_its_place_and_remedy() {
    for (text, place, remedy) in [
        ("amont > 5", 1, "use one of: amount, endDate, groups"),
        ("plan.adds > 5", 1, "use one of: plan.deletes, plan.urgent"),
        ("secret.key = 1", 1, "nothing is known"),
        ("amount", 1, "compare it with something"),
        ("amount > 5 and kind", 16, "compare it with something"),
        (r#"amount > "5""#, 8, "without quotes"),
        (r#"startDate > "2026-04-01""#, 11, "without quotes: 2026-04-01"),
        ("startDate > 5", 11, "two numbers or two dates"),
        (r#"kind < "b""#, 6, "have an order"),
        (r#"groups = "a""#, 8, "contains or count"),
        ("amount contains \"1\"", 8, "without quotes"),
        (r#"kind in ("guest", 5)"#, 19, "without quotes"),
        ("today + startDate > today", 9, "add numbers"),
        ("count(kind) > 1", 7, "give count a list"),
        ("lower(amount) = \"a\"", 7, "give lower a text"),
        (r#"kind = "Gast""#, 8, "the value of an option"),
        (r#"kind in ("guest", "Gast")"#, 19, "the value of an option"),
    ] {
        let error = Condition::parse(text)
            .expect(text)
            .check(&vocabulary())
            .expect_err(text);
        assert_eq!(error.position, place, "{text}: {error}");
        assert!(error.to_string().contains(remedy), "{text}: {error}");
    }
}

#[test]
fn hostile_texts_are_refused_before_they_cost_anything() {
    for (open, close) in [("(", ")"), ("not ", ""), ("empty(", ")")] {
        let nested = |depth: usize| format!("{}true{}", open.repeat(depth), close.repeat(depth));
        Condition::parse(&nested(MAX_DEPTH)).expect("as deep as is allowed");
        let error = Condition::parse(&nested(MAX_DEPTH + 1)).expect_err("too deep");
        assert!(error.to_string().contains("nested too deep"), "{error}");
    }
    let long = |parts: usize| vec!["a=1"; parts].join(" or ");
    Condition::parse(&long(80)).expect("long");
    // Short enough as it is written, but not with the spaces it is written back with.
    assert!(long(125).len() < MAX_LENGTH);
    for text in [long(125), long(1_000_000), "(".repeat(10_000_000)] {
        let error = Condition::parse(&text).expect_err("too long");
        assert!(error.to_string().contains("too"), "{error}");
    }
}

#[test]
fn what_a_condition_looks_at_is_known() {
    let condition =
        Condition::parse("amount > 1 and (plan.deletes = 0 or not empty(form.amount + 1))").unwrap();
    let names: Vec<String> = condition.names().into_iter().map(Name::to_string).collect();
    assert_eq!(names, ["amount", "plan.deletes"]);
    assert!(!condition.looks_at_today());
    assert!(Condition::parse("startDate > today").unwrap().looks_at_today());
}

#[test]
fn in_json_a_condition_is_its_text() {
    let read: Condition = serde_json::from_value(json!("form.amount>=5 and(not  empty( manager ))")).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(written, json!("amount >= 5 and not empty(manager)"));
    let error = serde_json::from_value::<Condition>(json!("amount >")).unwrap_err();
    assert!(error.to_string().contains("character 9"), "{error}");
}
