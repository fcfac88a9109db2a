//! Proofs over conditions: is there a case in which no route is taken?

use forms::condition::{Cases, Condition, Fact, Facts, Type, Vocabulary};
use forms::{Date, Schema};
use proptest::prelude::*;
use serde_json::json;

fn vocabulary() -> Vocabulary {
    let label = json!({"ja": "項目", "en": "Field"});
    let schema = json!({"sections": [{"key": "s", "title": label, "fields": [
        {"key": "kind", "label": label, "required": true, "input": {"type": "choice", "options": [
            {"value": "staff", "label": label}, {"value": "guest", "label": label}]}},
        {"key": "amount", "label": label, "required": true, "input": {"type": "number", "min": 0, "max": 1_000_000}},
        {"key": "end", "label": label, "required": true, "input": {"type": "date"}},
        {"key": "groups", "label": label, "input": {"type": "choices", "options": {"master": "groups"}}},
        {"key": "note", "label": label, "input": {"type": "text"}},
    ]}]});
    let schema = Schema::parse(&schema.to_string()).expect("a good schema");
    Vocabulary::of(&schema).with("plan", [("urgent", Type::Boolean)])
}

fn cases(conditions: &[Condition]) -> Cases {
    for condition in conditions {
        condition.check(&vocabulary()).expect("a good condition");
    }
    Cases::of(conditions, &vocabulary(), "2026-11-24".parse().expect("a date")).expect("few cases")
}

/// A case in which none of the conditions holds.
fn gap(conditions: &[&str]) -> Option<String> {
    let conditions: Vec<Condition> = conditions
        .iter()
        .map(|text| Condition::parse(text).expect(text))
        .collect();
    let cases = cases(&conditions);
    assert!(cases.is_exact());
    let gap = cases
        .iter()
        .find(|case| !conditions.iter().any(|condition| condition.holds(case)));
    gap.map(|case| case.to_string())
}

#[test]
fn a_gap_between_routes_is_found_and_only_where_there_is_one() {
    assert_eq!(gap(&["amount >= 100000", "amount < 100000"]), None);
    assert_eq!(
        gap(&["amount > 100000", "100000 > amount"]).as_deref(),
        Some("amount = 100000")
    );
    // The field's own bounds count, and so does that it must be filled in.
    assert_eq!(gap(&["amount >= 0"]), None);
    assert_eq!(gap(&[r#"kind = "staff""#, r#"kind in ("guest")"#]), None);
    assert_eq!(
        gap(&[r#"kind = "staff" or amount < 5"#]).as_deref(),
        Some(r#"amount = 5, kind = "guest""#)
    );
    assert_eq!(gap(&["end - today > 30", "end <= today + 30"]), None);
    assert_eq!(
        gap(&["end - today > 30", "end < today + 30"]).as_deref(),
        Some("end = 2026-12-24")
    );
    assert_eq!(
        gap(&["plan.urgent", "plan.urgent = false"]).as_deref(),
        Some("plan.urgent is empty")
    );
    assert_eq!(gap(&["count(groups) > 3", "count(groups) <= 3"]), None);
    assert_eq!(
        gap(&[r#"groups contains "a""#, "count(groups) < 2"]).as_deref(),
        Some("groups = ……0 + ……1")
    );
    assert_eq!(
        gap(&[r#"note = "x""#, r#"note != "x""#]).as_deref(),
        Some("note is empty")
    );
    assert_eq!(gap(&[r#"note = "x""#, r#"note != "x""#, "empty(note)"]), None);
}

#[test]
fn where_values_are_compared_with_each_other_a_search_is_all_that_is_promised() {
    for text in [
        "end > end + amount",
        r#"note contains "x""#,
        r#"lower(note) = "x""#,
    ] {
        assert!(
            !cases(&[Condition::parse(text).expect(text)]).is_exact(),
            "{text}"
        );
    }
    let wide: Vec<String> = (0..9)
        .map(|at| format!("plan.n{at} in (10, 20, 30, 40)"))
        .collect();
    let wide = Condition::parse(&wide.join(" and ")).expect("a condition");
    let names: Vec<String> = (0..9).map(|at| format!("n{at}")).collect();
    let vocabulary =
        Vocabulary::default().with("plan", names.iter().map(|name| (name.as_str(), Type::Number)));
    assert!(Cases::of([&wide], &vocabulary, "2026-11-24".parse().expect("a date")).is_err());
}

/// One number, whatever it is called.
struct Amount(i64);
impl Facts for Amount {
    fn value(&self, _: &str, _: &str) -> Fact<'_> {
        self.0.into()
    }
    fn today(&self) -> Date {
        Date::new(2026, 11, 24).expect("a date")
    }
}

proptest! {
    /// Whatever number is entered, some case is answered alike.
    #[test]
    fn any_fact_is_answered_like_a_case(
        bounds in prop::collection::vec(
            (prop::sample::select(&["<", "<=", ">", ">=", "=", "!="][..]), 0_i64..50, -20_i64..20, any::<bool>()),
            1..4,
        ),
        amount in 0_i64..100,
    ) {
        let conditions: Vec<Condition> = bounds
            .iter()
            .map(|(operator, bound, shift, turned)| {
                let text = if *turned {
                    format!("{bound} {operator} {shift} - amount")
                } else {
                    format!("amount + {shift} {operator} {bound}")
                };
                Condition::parse(&text).expect("a condition")
            })
            .collect();
        let cases = cases(&conditions);
        let answers = |facts: &dyn Facts| conditions.iter().map(|one| one.holds(facts)).collect::<Vec<_>>();
        let wanted = answers(&Amount(amount));
        prop_assert!(cases.iter().any(|case| answers(&case) == wanted));
    }
}
