//! The published JSON Schema of definitions and the definitions that we read are the same: samples that use every
//! member and every word pass both, and whatever one of them refuses, so does the other.

use std::collections::BTreeSet;

use crate::fixture::USER_CREATE;
use crate::json_schema::{SCHEMA, Schema};
use crate::samples::{full, samples};
use serde_json::{Value, json};
use workflow::Definition;

fn judged(definition: &Value) -> (Result<(), String>, bool) {
    let parsed = Definition::parse(&definition.to_string())
        .map(|_| ())
        .map_err(|error| error.to_string());
    (parsed, Schema::published().admits(definition))
}

#[test]
fn definitions_that_use_everything_pass_both_as_written_and_as_written_back() {
    for sample in samples()
        .into_iter()
        .chain([serde_json::from_str(USER_CREATE).unwrap()])
    {
        assert_eq!(judged(&sample), (Ok(()), true));
        let read = Definition::parse(&sample.to_string()).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(judged(&written), (Ok(()), true), "{written:#}");
    }
}

/// Every place of a sample, as a JSON pointer.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                places(value, &format!("{at}/{}", escaped(key)), all);
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{number}"), all);
            }
        }
        _ => {}
    }
}

/// Whatever is not ours to describe: the form, and objects with members of the author's choice.
fn is_open(place: &str) -> bool {
    let open = [
        "/form",
        "/values",
        "/plan/deletes",
        "/masters",
        "/keys",
        "/execution/plan/properties",
    ];
    open.iter().any(|part| place.contains(part))
        || (place.ends_with("/plan") && !place.ends_with("/execution/plan"))
        || ["/people", "/units", "/groups", "/owners"]
            .iter()
            .any(|map| place.ends_with(&format!("organisation{map}")))
}

#[test]
fn an_unknown_member_is_refused_everywhere_by_both() {
    for sample in samples() {
        let mut all = Vec::new();
        places(&sample, "", &mut all);
        for place in all.into_iter().filter(|place| !is_open(place)) {
            let mut bad = sample.clone();
            let Some(Value::Object(members)) = bad.pointer_mut(&place) else {
                continue;
            };
            members.insert("zzz".to_owned(), json!(1));
            let (parsed, admitted) = judged(&bad);
            assert!(parsed.is_err() && !admitted, "{place}: {parsed:?} {admitted}");
        }
    }
}

#[test]
fn a_member_that_one_demands_the_other_demands_too() {
    for sample in samples() {
        let mut all = Vec::new();
        places(&sample, "", &mut all);
        for place in all
            .into_iter()
            .filter(|place| !is_open(place) && !place.is_empty())
        {
            let (parent, key) = place.rsplit_once('/').unwrap();
            let mut bad = sample.clone();
            let Some(Value::Object(members)) = bad.pointer_mut(parent) else {
                continue;
            };
            members.remove(key);
            let (parsed, admitted) = judged(&bad);
            // What a definition demands beyond its shape, a schema cannot say.
            let about_shape = parsed
                .as_ref()
                .err()
                .is_some_and(|error| error.starts_with("line "));
            assert_eq!(about_shape, !admitted, "{place}: {parsed:?} {admitted}");
        }
    }
}

/// Every word that the schema lists.
fn words_of_the_schema() -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut words = BTreeSet::new();
    let mut all = Vec::new();
    places(&schema, "", &mut all);
    for place in all {
        match schema.pointer(&place) {
            Some(Value::Array(found)) if place.ends_with("/enum") => {
                words.extend(found.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            Some(Value::String(found)) if place.ends_with("/const") => {
                words.insert(found.clone());
            }
            _ => {}
        }
    }
    words
}

/// Words, and where each of them stands in the sample.
const PLAIN: [(&str, &[&str]); 14] = [
    ("/steps/5/kind/manualWork/proof", &["file", "words"]),
    ("/applyFor", &["nobody", "deputies", "anyone"]),
    ("/steps/1/kind/approval/mode", &["veto", "opinion"]),
    ("/steps/1/kind/approval/reject", &["threshold", "first"]),
    (
        "/steps/1/kind/approval/sendBack",
        &["applicantOrEarlier", "applicant", "none"],
    ),
    (
        "/steps/1/kind/approval/hold",
        &["allowed", "stopsClock", "forbidden"],
    ),
    (
        "/steps/4/kind/automatic/outcomes/0/then",
        &["pass", "finish", "reject", "return"],
    ),
    (
        "/steps/5/kind/manualWork/stage",
        &["beforeExecution", "afterExecution"],
    ),
    ("/numbering/at", &["submission", "approval"]),
    ("/pullBack", &["untilFirstDecision", "untilLastStep", "never"]),
    ("/withdraw", &["untilExecution", "untilApproved", "never"]),
    ("/selfRule", &["forbid", "skip", "allow"]),
    ("/samePerson", &["askEach", "first", "last"]),
    (
        "/cases/0/expect/1/skipped",
        &["noApprover", "samePerson", "applicant", "rule", "pullUp"],
    ),
];
/// The same of words in a member of their own.
const TAGGED: [(&str, &str, &[&str]); 3] = [
    ("/steps/1/kind/approval/quorum", "of", &["all", "any"]),
    (
        "/steps/1/kind/approval/atDeadline",
        "do",
        &["remind", "approve", "reject", "sendBack", "expire"],
    ),
    (
        "/nobody",
        "then",
        &["administrators", "liftToParentUnit", "skip", "stop"],
    ),
];
/// The samples' own.
const IN_SAMPLE: [&str; 28] = [
    "people",
    "group",
    "unit",
    "manager",
    "field",
    "master",
    "owner",
    "previousManager",
    "choose",
    "n",
    "percent",
    "escalate",
    "createUser",
    "changeUser",
    "createGroup",
    "changeGroup",
    "createList",
    "changeList",
    "createMailbox",
    "changeMailbox",
    "createContact",
    "changeContact",
    "customAction",
    "distribution",
    "security",
    "microsoft365",
    "block",
    "all",
];

#[test]
fn every_word_of_the_schema_is_one_that_we_read() {
    let mut tried: BTreeSet<String> = IN_SAMPLE.map(str::to_owned).into();
    let plain = PLAIN.iter().flat_map(|(place, words)| {
        let valued = move |word: &&'static str| (*place, *word, json!(word));
        words.iter().map(valued)
    });
    let tagged = TAGGED.iter().flat_map(|(place, tag, words)| {
        let valued = move |word: &&'static str| (*place, *word, json!({ *tag: word }));
        words.iter().map(valued)
    });
    for (place, word, value) in plain.chain(tagged) {
        let mut sample = full();
        *sample.pointer_mut(place).unwrap() = value;
        assert_eq!(judged(&sample), (Ok(()), true), "{place} {word}");
        tried.insert(word.to_owned());
    }
    let words = words_of_the_schema();
    assert_eq!(
        words.difference(&tried).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    let mut odd = full();
    odd["selfRule"] = json!("sometimes");
    assert!(matches!(judged(&odd), (Err(_), false)));
}
