//! Laws of the condition language, for any condition and any facts.

use std::borrow::Cow;

use forms::Date;
use forms::condition::{Condition, Fact, Facts};
use proptest::prelude::*;

/// Any text that reads as a value or a condition, with more brackets and spaces than it needs.
fn any_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z][a-zA-Z0-9]{0,3}",
        "(form|plan|row)\\.(today|not|in|x|y)",
        "-?[0-9]{1,15}",
        "20[0-9]{2}-1[0-2]-[0-2][1-8]",
        Just("today".to_owned()),
        Just("true".to_owned()),
        any::<String>().prop_map(|text| quoted(&text.chars().take(5).collect::<String>())),
    ];
    leaf.prop_recursive(5, 24, 3, |inner| {
        let list = prop::collection::vec("[0-9]{1,3}|\"[a-z]?\"", 1..3).prop_map(|items| items.join(","));
        let operator = prop::sample::select(&["=", "!=", "<", "<=", ">", ">=", " in ", " contains "][..]);
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(&[" and ", " or ", "+", " - "][..]),
                inner.clone()
            )
                .prop_map(|(left, operator, right)| format!("{left}{operator}{right}")),
            (inner.clone(), operator, inner.clone())
                .prop_map(|(left, operator, right)| format!("({left}){operator}({right})")),
            (inner.clone(), list).prop_map(|(left, list)| format!("({left}) in ( {list} )")),
            inner.clone().prop_map(|inner| format!("not {inner}")),
            inner.clone().prop_map(|inner| format!("( {inner})")),
            (prop::sample::select(&["empty", "count", "lower"][..]), inner)
                .prop_map(|(function, inner)| format!("{function} ({inner})")),
        ]
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A fact for every name, of a type that nobody promised.
#[derive(Debug)]
struct Anything(Vec<Fact<'static>>, Date);

impl Facts for Anything {
    fn value(&self, root: &str, key: &str) -> Fact<'_> {
        let sum: usize = root.bytes().chain(key.bytes()).map(usize::from).sum();
        self.0[sum % self.0.len()].clone()
    }

    fn today(&self) -> Date {
        self.1
    }
}

fn any_date() -> impl Strategy<Value = Date> {
    (1_u16..=9999, 1_u8..=12, 1_u8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a date"))
}

fn any_fact() -> impl Strategy<Value = Fact<'static>> {
    prop_oneof![
        Just(Fact::Absent),
        "[a-z]?".prop_map(|text| Fact::Text(Cow::Owned(text))),
        prop_oneof![any::<i64>(), -2_i64..2].prop_map(Fact::Number),
        any::<bool>().prop_map(Fact::Boolean),
        any_date().prop_map(Fact::Date),
        prop::collection::vec("[a-z]?".prop_map(Cow::Owned), 0..3).prop_map(Fact::List),
        (0_usize..3).prop_map(Fact::Rows),
    ]
}

proptest! {
    #[test]
    fn written_back_it_is_the_same_condition(text in any_text()) {
        let Ok(condition) = Condition::parse(&text) else { return Ok(()) };
        let canonical = condition.to_string();
        let again = Condition::parse(&canonical).expect("canonical text is readable");
        prop_assert_eq!(&again, &condition);
        prop_assert_eq!(again.to_string(), canonical);
    }

    #[test]
    fn any_facts_get_an_answer(text in any_text(), facts in prop::collection::vec(any_fact(), 1..9), today in any_date()) {
        if let Ok(condition) = Condition::parse(&text) {
            let facts = Anything(facts, today);
            let negated = Condition::parse(&format!("not ({condition})"));
            if let Ok(negated) = negated {
                prop_assert_eq!(condition.holds(&facts), !negated.holds(&facts));
            }
        }
    }

    #[test]
    fn any_string_is_read_or_refused(text in any::<String>()) {
        let _ = Condition::parse(&text);
    }

    #[test]
    fn any_heap_of_words_is_read_or_refused(
        words in prop::collection::vec(
            prop::sample::select(&["(", ")", ",", "not", "and", "or", "in", "=", "-", "+", "a", "5", "\"", "x.y", "empty"][..]),
            0..200,
        )
    ) {
        if let Ok(condition) = Condition::parse(&words.join(" ")) {
            prop_assert_eq!(Condition::parse(&condition.to_string()), Ok(condition));
        }
    }

    #[test]
    fn days_are_added_as_they_are_counted(date in any_date(), days in -4_000_000_i64..4_000_000) {
        if let Some(later) = date.plus_days(days) {
            prop_assert_eq!(later.days_since(date), days);
        } else {
            let first = Date::new(1, 1, 1).unwrap().days_since(date);
            let last = Date::new(9999, 12, 31).unwrap().days_since(date);
            prop_assert!(days < first || days > last);
        }
    }
}
