//! Definitions that ask nobody for some answers: whatever a form takes is tried before they are offered, and nothing
//! that it does not take.

use crate::deadlocks::company;
use crate::fixture::{USER_CREATE, and, answers, approval, route_of, step, today};
use proptest::prelude::*;
use serde_json::{Value, json};
use workflow::publish::check_routes;
use workflow::{Definition, DefinitionError};

/// The shipped form with a further field; where `when` holds for its answer, an empty group is asked.
fn asking_nobody(when: &str, input: &Value) -> Definition {
    let people = json!([{ "from": "group", "group": "empty" }]);
    let nobody = and(
        step("two", json!({ "approval": { "assignees": people } })),
        json!({ "when": when }),
    );
    let mut whole: Value = serde_json::from_str(USER_CREATE).unwrap();
    whole["steps"] = json!([approval("one", &["b", "d"], json!({})), nobody]);
    whole["nobody"] = json!({ "then": "stop" });
    let mut field = json!({ "key": "system", "label": { "ja": "システム", "en": "System" } });
    field["input"] = input.clone();
    whole["form"]["sections"][0]["fields"]
        .as_array_mut()
        .unwrap()
        .push(field);
    Definition::parse(&whole.to_string()).unwrap_or_else(|error| panic!("{when}: {error}"))
}

fn published(definition: &Definition) -> Result<(), DefinitionError> {
    let coverage = check_routes(definition, &company(), today())?;
    assert!(coverage.is_complete);
    Ok(())
}

fn rows(least: u32, most: u32) -> Value {
    let name = json!({ "key": "name", "label": { "ja": "名前", "en": "Name" }, "input": { "type": "text" } });
    json!({ "type": "rows", "fields": [name], "minRows": least, "maxRows": most })
}

fn choices(most: u32) -> Value {
    let option = |value: &&str| json!({ "value": value, "label": { "ja": value, "en": value } });
    let options: Vec<Value> = OPTIONS.iter().map(option).collect();
    json!({ "type": "choices", "options": options, "maxItems": most })
}

const OPTIONS: [&str; 4] = ["A", "B", "C", "D"];

fn days(earliest: i32, latest: i32) -> Value {
    json!({ "type": "date", "earliest": earliest, "latest": latest })
}

fn number() -> Value {
    json!({ "type": "number", "min": 0, "max": 20 })
}

fn text() -> Value {
    json!({ "type": "text" })
}

#[test]
fn the_one_answer_for_which_nobody_is_asked_is_found() {
    let two_of_three = "system contains \"A\" and system contains \"B\" and not system contains \"C\"";
    let cases = [
        ("count(system) > 10", rows(0, 20), "count(system) = 11"),
        ("empty(system)", rows(0, 20), ": nobody"),
        (two_of_three, choices(4), "system = [\"A\",\"B\"]"),
        (
            "count(system) = 3 and not system contains \"A\"",
            choices(3),
            "system = [\"B\",\"C\",\"D\"]",
        ),
        (
            "system contains \"x\" and system contains \"y\"",
            text(),
            "system = \"xy\"",
        ),
        (
            "system contains \"x\" and system != \"x\"",
            text(),
            "system = \"x",
        ),
        ("system + 3 = 10", number(), "system = 7"),
        ("system - 30 = today", days(0, 60), "system = \"2027-02-14\""),
        ("system + plan.deletes = 27", number(), "plan.deletes = "),
        ("system != lastName", text(), "system = "),
    ];
    for (when, input, told) in cases {
        let error = published(&asking_nobody(when, &input)).expect_err(when);
        assert_eq!(error.path, "steps[1]", "{when}: {error}");
        assert!(error.problem.contains(told), "{when}: {error}");
    }
}

#[test]
fn answers_that_the_form_does_not_take_are_not_tried() {
    let cases = [
        ("count(system) > 10", rows(0, 10)),
        ("system contains \"A\" and system contains \"B\"", choices(1)),
        ("count(system) > 3", choices(3)),
        ("system + 3 = 24", number()),
        ("system < today", days(0, 60)),
        ("system > today + 60", days(0, 60)),
    ];
    for (when, input) in cases {
        published(&asking_nobody(when, &input)).unwrap_or_else(|error| panic!("{when}: {error}"));
    }
}

/// An input, what conditions can ask of its answer, and every answer that makes a difference.
fn domains() -> Vec<(Value, Vec<String>, Vec<Value>)> {
    let compared = |what: &str, least: i64, most: i64| -> Vec<String> {
        let signs = ["=", "!=", "<", "<=", ">", ">="];
        let all = signs
            .iter()
            .flat_map(|sign| (least..=most).map(move |value| format!("{sign} {value}")));
        all.map(|rest| format!("{what} {rest}")).collect()
    };
    let empty = "empty(system)".to_owned();
    let numbers = [compared("system", -2, 22), compared("system + 4", 2, 8)].concat();
    let mut of_rows = compared("count(system)", 0, 9);
    of_rows.push(empty.clone());
    let parts = OPTIONS
        .iter()
        .map(|option| format!("system contains \"{option}\""));
    let of_choices = parts
        .chain(compared("count(system)", 0, 5))
        .chain([empty.clone()])
        .collect();
    let of_days = (0..=14).flat_map(|days| {
        let signs = ["<", "=", ">="];
        let later = signs.map(|sign| format!("system - {days} {sign} today"));
        later
            .into_iter()
            .chain(signs.map(|sign| format!("system + {days} {sign} today")))
    });
    let of_texts = ["x", "y"]
        .into_iter()
        .flat_map(|text| ["=", "!=", "contains"].map(|sign| format!("system {sign} \"{text}\"")));
    let subset = |set: usize| -> Value {
        let chosen = OPTIONS.iter().enumerate().filter(|(at, _)| (set >> at) & 1 == 1);
        chosen.map(|(_, option)| json!(option)).collect()
    };
    let day = |days: i64| json!(today().plus_days(days).unwrap());
    let row = |count: usize| -> Value { vec![json!({ "name": "x" }); count].into() };
    let texts = ["x", "y", "xy", "x-", "y-", "-"].map(|text| json!(text));
    vec![
        (number(), numbers, (0..=20).map(Value::from).collect()),
        (rows(2, 7), of_rows, (2..=7).map(row).collect()),
        (
            choices(3),
            of_choices,
            (1..16)
                .map(subset)
                .filter(|set| set.as_array().is_some_and(|set| set.len() <= 3))
                .collect(),
        ),
        (days(-5, 10), of_days.collect(), (-5..=10).map(day).collect()),
        (text(), of_texts.chain([empty]).collect(), texts.to_vec()),
    ]
}

fn any_condition(atoms: Vec<String>) -> impl Strategy<Value = String> {
    let atom = (prop::sample::select(atoms), any::<bool>()).prop_map(|(atom, is_not)| {
        if is_not { format!("not ({atom})") } else { atom }
    });
    let whole = prop::collection::vec((atom, prop::sample::select(vec!["and", "or"])), 1..5);
    whole.prop_map(|parts| {
        let mut parts = parts.into_iter();
        let first = parts.next().map(|(atom, _)| atom).unwrap_or_default();
        parts.fold(first, |whole, (atom, word)| format!("({whole}) {word} {atom}"))
    })
}

fn any_case() -> impl Strategy<Value = (Value, String, Vec<Value>)> {
    prop::sample::select(domains())
        .prop_flat_map(|(input, atoms, domain)| (Just(input), any_condition(atoms), Just(domain)))
}

/// Whether somebody is asked when this is answered; null: nothing.
fn asks_somebody(definition: &Definition, answer: &Value) -> bool {
    let values = answers(json!({ "lastName": "佐藤", "firstName": "花子", "system": answer }));
    route_of(definition, ("applicant", &company()), &values, &[]).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_definition_is_offered_exactly_if_every_answer_asks_somebody((input, when, domain) in any_case()) {
        let definition = asking_nobody(&when, &input);
        let domain = [vec![Value::Null], domain].concat();
        let without = domain.iter().find(|answer| !asks_somebody(&definition, answer));
        let refused = published(&definition).err();
        prop_assert_eq!(refused.is_some(), without.is_some(), "{}: {:?} {:?}", when, refused, without);
    }
}
