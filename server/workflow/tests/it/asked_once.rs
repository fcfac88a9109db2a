//! Whoever stands at several steps is asked once, and then at a step that cannot pass without him: no step that counts
//! him as heard is passed before he was (W26).

use std::collections::BTreeSet;

use crate::fixture::{
    self, DAY, Story, and, answers, approval, marks, organisation, person, plan, route_of, values, with,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use workflow::application::ItemState;
use workflow::route::Route;
use workflow::{Choice, Command, Definition, PersonId, RefusalCode};

fn asked(rule: &str, steps: &Value) -> Vec<String> {
    let definition = with(json!({ "steps": steps, "samePerson": rule }));
    let route = route_of(&definition, ("applicant", &organisation()), &values(), &[]).unwrap();
    fixture::asked(&route)
}

fn one_of_them() -> Value {
    json!({ "quorum": { "of": "any" } })
}

#[test]
fn w26_a_step_that_is_left_out_hears_nobody_for_another_one() {
    let [one, three] = [("one", "a"), ("three", "c")].map(|(key, who)| approval(key, &[who], json!({})));
    let either = approval("two", &["a", "c"], one_of_them());
    let steps = json!([one, either, three]);
    assert_eq!(asked("first", &steps), ["a", "SamePerson", "c"]);
    let steps = json!([three, either, one]);
    assert_eq!(asked("last", &steps), ["c", "SamePerson", "a"]);
}

/// One of two is enough, a rejection is an opinion, time or a later approver goes on, the other one finishes.
fn passes_without_him() -> Vec<Value> {
    let due = json!({ "due": { "calendarDays": 1 } });
    let others = json!([{ "from": "people", "people": ["e"] }]);
    let replaced = json!({ "atDeadline": { "do": "escalate", "to": others, "replace": true } });
    vec![
        one_of_them(),
        json!({ "mode": "opinion" }),
        and(due.clone(), json!({ "atDeadline": { "do": "approve" } })),
        and(due, replaced),
        json!({ "pullUp": { "after": { "calendarDays": 1 } } }),
        json!({ "final": true }),
    ]
}

#[test]
fn w26_nobody_is_heard_at_a_step_that_can_pass_without_him() {
    let alone = |key: &str| approval(key, &["a"], json!({}));
    for how in passes_without_him() {
        let both = approval("both", &["a", "b"], how.clone());
        assert_eq!(
            asked("first", &json!([both, alone("then")])),
            ["a,b", "a"],
            "{how}"
        );
        assert_eq!(
            asked("last", &json!([alone("then"), both])),
            ["a", "a,b"],
            "{how}"
        );
    }
    let sure = json!([approval("both", &["a", "b"], json!({})), alone("then")]);
    assert_eq!(asked("first", &sure), ["a,b", "SamePerson"]);
}

/// Whoever is asked too at the deadline answers for the step, unless all must.
#[test]
fn w26_nobody_is_heard_where_others_may_come_in_and_are_enough() {
    let others = json!([{ "from": "people", "people": ["e"] }]);
    let added = json!({ "do": "escalate", "to": others, "replace": false });
    let late = json!({ "due": { "calendarDays": 1 }, "atDeadline": added });
    let then = approval("then", &["a"], json!({}));
    for (quorum, asked_then) in [
        (json!({ "of": "any" }), "a"),
        (json!({ "of": "n", "n": 1 }), "a"),
        (json!({ "of": "percent", "percent": 60 }), "a"),
        (json!({ "of": "percent", "percent": 100 }), "SamePerson"),
        (json!({ "of": "all" }), "SamePerson"),
    ] {
        let first = approval("first", &["a"], and(late.clone(), json!({ "quorum": quorum })));
        assert_eq!(
            asked("first", &json!([first, then])),
            ["a", asked_then],
            "{quorum}"
        );
    }
}

/// Whoever finishes in between leaves nobody to be heard later.
#[test]
fn w26_nobody_is_heard_behind_a_step_that_can_end_it_all() {
    let finishing = approval("two", &["b"], json!({ "final": true }));
    let [one, three] = ["one", "three"].map(|key| approval(key, &["a"], json!({})));
    let steps = json!([one, finishing, three]);
    assert_eq!(asked("last", &steps), ["a", "b", "a"]);
    assert_eq!(asked("first", &steps), ["a", "b", "SamePerson"]);
}

fn edits_to(licence: &str, story: &Story) -> Command {
    let values = answers(json!({ "lastName": "佐藤", "firstName": "花子", "licence": licence }));
    let route = route_of(&story.definition, ("applicant", &organisation()), &values, &[]).unwrap();
    Command::Edit {
        by: person("b"),
        token: story.token().unwrap(),
        route,
        plan: plan("with a licence"),
        values,
        comment: None,
        marks: marks(),
    }
}

/// The route's first step stays as it was, though `a` is asked nowhere any more.
#[test]
fn w26_f12_no_edit_leads_past_the_step_at_which_somebody_was_to_be_heard() {
    let last = and(
        approval("three", &["a"], json!({})),
        json!({ "when": "licence != \"E5\" or empty(licence)" }),
    );
    let steps = json!([
        approval("one", &["a"], json!({})),
        approval("two", &["b"], json!({ "editable": ["licence"] })),
        last,
    ]);
    let mut story = Story::accepted(with(json!({ "steps": steps, "samePerson": "last" })));
    assert_eq!(story.asked().0, "two");
    let kept = story.now().route().unwrap().steps[..2].to_vec();
    let mut past = edits_to("E5", &story);
    let Command::Edit { route, .. } = &mut past else {
        panic!("an edit")
    };
    route.steps.splice(..2, kept);
    assert_eq!(story.tell(past).unwrap_err().code, RefusalCode::RouteMismatch);
    story.tell(edits_to("E3", &story)).unwrap();
    story.approve("b");
    story.approve("a");
    assert_eq!(story.code(), "AP");
}

fn any_step(at: usize) -> impl Strategy<Value = Value> {
    let people = prop::sample::subsequence(vec!["a", "b", "c"], 1..=3);
    let quorum = prop::sample::select(vec![
        json!({ "of": "all" }),
        json!({ "of": "any" }),
        json!({ "of": "percent", "percent": 60 }),
    ]);
    let deadline = prop::sample::select(vec!["remind", "approve", "escalate"]);
    let flags = any::<(bool, bool, bool)>();
    (people, quorum, deadline, flags).prop_map(move |(people, quorum, deadline, (ends, opines, ahead))| {
        let mut more = json!({ "quorum": quorum, "final": ends, "due": { "calendarDays": 3 } });
        more["mode"] = json!(if opines { "opinion" } else { "veto" });
        more["atDeadline"] = json!({ "do": deadline });
        if deadline == "escalate" {
            more["atDeadline"]["to"] = json!([{ "from": "people", "people": ["d"] }]);
            more["atDeadline"]["replace"] = json!(ends);
        }
        if ahead {
            more["pullUp"] = json!({ "after": { "calendarDays": 1 } });
        }
        approval(&format!("s{at}"), &people, more)
    })
}

fn any_definition() -> impl Strategy<Value = Definition> {
    let steps = (2usize..=5).prop_flat_map(|count| (0..count).map(any_step).collect::<Vec<_>>());
    let rule = prop::sample::select(vec!["first", "last"]);
    (steps, rule).prop_map(|(steps, rule)| with(json!({ "steps": steps, "samePerson": rule })))
}

/// Votes of those who are asked, by turns with days on which nobody does anything. Refusals change nothing.
fn goes_on(story: &mut Story, act: (u8, u8)) {
    let (what, who) = act;
    let (_, pending) = story.asked();
    let by = pending[usize::from(who) % pending.len()].clone();
    match what {
        0 => story.let_pass(2 * DAY),
        1 => drop(story.vote(&by, Choice::Finish)),
        2 => drop(story.vote(&by, Choice::Reject)),
        3 => goes_ahead(story),
        _ => story.approve(&by),
    }
}

fn goes_ahead(story: &mut Story) {
    let token = story.token().unwrap();
    for by in ["a", "b", "c"].map(person) {
        let ahead = Command::PullUp {
            by,
            token,
            comment: None,
            marks: marks(),
        };
        if story.tell(ahead).is_ok() {
            return;
        }
    }
}

fn approvers(story: &Story) -> BTreeSet<PersonId> {
    let items = story.now().past.iter().flat_map(|asking| &asking.items);
    let approved = items.filter(|item| {
        let by = |verdict| {
            matches!(
                verdict,
                workflow::application::Verdict::Approve | workflow::application::Verdict::Finish
            )
        };
        matches!(item.state, ItemState::Done { verdict, .. } if by(verdict))
    });
    approved.map(|item| item.person.clone()).collect()
}

/// The steps up to the last one that was asked: what comes behind it was ended by whoever might.
fn passed(story: &Story) -> Route {
    let mut route = story.now().route().unwrap().clone();
    let last = story
        .now()
        .past
        .iter()
        .filter_map(|asking| route.position(&asking.step))
        .max();
    route.steps.truncate(last.map_or(0, |at| at + 1));
    route
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn w26_whoever_counts_as_heard_has_approved_somewhere(
        definition in any_definition(),
        acts in prop::collection::vec((0u8..9, any::<u8>()), 1..40),
    ) {
        let mut story = Story::accepted(definition);
        for act in acts {
            if story.code() != "IA" {
                break;
            }
            goes_on(&mut story, act);
        }
        if story.code() == "AP" {
            let approved = approvers(&story);
            for step in passed(&story).steps {
                let unheard: Vec<_> = step.waived.iter().filter(|person| !approved.contains(*person)).collect();
                prop_assert!(unheard.is_empty(), "{}: {unheard:?}", step.key);
            }
        }
    }
}
