//! Random definitions, and the company that they name people of.

use std::collections::BTreeMap;

use crate::fixture::{and, definition, organisation, person, route_of, step, values, with};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use workflow::route::{Group, Organisation, Post};
use workflow::{Definition, GroupId};

/// Whomever a source names takes part in the histories. `gone` has left.
pub(crate) fn company() -> Organisation {
    let mut company = organisation();
    let above = [
        ("applicant", "a"),
        ("a", "b"),
        ("b", "admin"),
        ("c", "gone"),
        ("gone", "d"),
    ];
    company
        .people
        .insert(person("gone"), workflow::route::Person::default());
    for (one, manager) in above {
        company.people.get_mut(&person(one)).unwrap().manager = Some(person(manager));
    }
    for other in ["manager", "director", "it1", "it2", "it3"] {
        company.people.remove(&person(other));
    }
    let second = Post {
        main: false,
        ..Post::main("営業部", None)
    };
    company.people.get_mut(&person("d")).unwrap().posts.push(second);
    for (group, members) in [("several", vec!["applicant", "c", "gone"]), ("empty", vec![])] {
        let members = members.into_iter().map(person).collect();
        company.groups.insert(GroupId::new(group), Group { members });
    }
    let rows = json!([{ "unit": "営業部", "person": "b; e" }, { "unit": "営業部", "person": "d" }]);
    company
        .masters
        .insert("units".to_owned(), serde_json::from_value(rows).unwrap());
    company.owners.insert("佐藤".to_owned(), [person("e")].into());
    company.names = BTreeMap::from([("花子".to_owned(), person("c"))]);
    company
}

/// A source other than named people; `first`: no step stands before.
fn any_look_up(first: bool) -> impl Strategy<Value = Value> {
    let by_licence = json!({ "from": "choose", "choices": [
        { "when": "licence = \"E5\"", "sources": [{ "from": "people", "people": ["d", "e"] }] },
        { "when": "empty(licence)", "sources": [{ "from": "group", "group": "several" }] },
    ] });
    let table = json!({ "from": "master", "table": "units", "keys": { "unit": "applicant.department" }, "person": "person" });
    let mut sources = vec![
        json!({ "from": "group", "group": "several" }),
        json!({ "from": "group", "group": "empty" }),
        json!({ "from": "unit" }),
        json!({ "from": "unit", "unit": "その他" }),
        json!({ "from": "manager", "levels": 2 }),
        json!({ "from": "field", "field": "firstName" }),
        json!({ "from": "owner", "of": "lastName" }),
        and(table.clone(), json!({ "matches": "all" })),
        table,
        by_licence,
    ];
    if !first {
        sources.push(json!({ "from": "previousManager" }));
    }
    prop::sample::select(sources)
}

fn any_people() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(vec!["a", "b", "c", "d", "applicant"], 1..=3)
}

/// Lanes of a step, and how many people they name at least by what the definition itself can tell.
fn any_lanes(first: bool) -> impl Strategy<Value = (Value, usize)> {
    let named = |people: &[&str]| json!({ "from": "people", "people": people });
    prop_oneof![
        4 => any_people().prop_map(move |people| (json!([named(&people)]), people.len())),
        2 => (any_people(), any_look_up(first))
            .prop_map(move |(people, source)| (json!([named(&people), source]), people.len())),
        1 => any_look_up(first).prop_map(|source| (json!([source]), 1)),
    ]
}

/// `among` tells how many of them `n` asks for.
fn any_quorum() -> impl Strategy<Value = (Value, usize)> {
    let quorum = prop_oneof![
        Just(json!({ "of": "all" })),
        Just(json!({ "of": "any" })),
        Just(json!({ "of": "n" })),
        (1u32..=100).prop_map(|percent| json!({ "of": "percent", "percent": percent })),
    ];
    (quorum, 0usize..3)
}

fn of(least: usize, (mut quorum, which): (Value, usize)) -> Value {
    if quorum["of"] == "n" {
        quorum["n"] = json!(1 + which % least);
    }
    quorum
}

/// How rejections count, and what those who are asked may do besides.
fn any_rules() -> impl Strategy<Value = Value> {
    let mode = prop::sample::select(vec!["veto", "opinion"]);
    let reject = prop::sample::select(vec!["first", "threshold"]);
    let send_back = prop::sample::select(vec!["applicantOrEarlier", "applicant", "none"]);
    let hold = prop::sample::select(vec!["allowed", "stopsClock", "forbidden"]);
    (mode, reject, send_back, hold, any::<(bool, bool)>()).prop_map(
        |(mode, reject, send_back, hold, (is_final, reassign))| {
            json!({ "mode": mode, "reject": reject, "sendBack": send_back, "hold": hold, "final": is_final,
                "reassign": reassign, "editable": ["licence"] })
        },
    )
}

/// What time does to an approval.
fn any_clock() -> impl Strategy<Value = Value> {
    let deadline = prop::sample::select(vec![
        "remind", "approve", "reject", "sendBack", "expire", "escalate",
    ]);
    (deadline, any::<(bool, bool)>()).prop_map(|(deadline, (pulls, replaces))| {
        let action = if deadline == "escalate" {
            json!({ "do": "escalate", "to": [{ "from": "people", "people": ["e", "d"] }], "replace": replaces })
        } else {
            json!({ "do": deadline })
        };
        let reminders = json!([{ "before": { "calendarDays": 1 } }]);
        let clock = json!({ "due": { "calendarDays": 3 }, "atDeadline": action, "reminders": reminders });
        if !pulls {
            return clock;
        }
        let ahead = json!({ "after": { "calendarDays": 1 }, "reviewWithin": { "calendarDays": 2 } });
        and(clock, json!({ "pullUp": ahead }))
    })
}

/// An approval with random rules.
fn any_approval(first: bool) -> impl Strategy<Value = Value> {
    (any_lanes(first), any_quorum(), any_rules(), any_clock()).prop_map(
        |((lanes, least), quorum, rules, clock)| {
            let approval = json!({ "assignees": lanes, "quorum": of(least, quorum) });
            json!({ "approval": and(and(approval, rules), clock) })
        },
    )
}

fn any_work() -> impl Strategy<Value = Value> {
    let stage = prop::sample::select(vec!["beforeExecution", "afterExecution"]);
    (any_lanes(false), any_quorum(), stage).prop_map(|((lanes, least), quorum, stage)| {
        json!({ "manualWork": { "workers": lanes, "quorum": of(least, quorum), "stage": stage } })
    })
}

fn any_kind() -> impl Strategy<Value = Value> {
    let then = prop::sample::select(vec!["pass", "finish", "reject", "return"]);
    prop_oneof![
        6 => any_approval(false),
        1 => any_lanes(false).prop_map(|(lanes, _)| json!({ "circulation": { "readers": lanes, "due": { "calendarDays": 1 } } })),
        1 => any_lanes(false).prop_map(|(lanes, _)| json!({ "postReview": { "reviewers": lanes } })),
        1 => then.prop_map(|then| json!({ "automatic": { "outcomes": [{ "when": "licence = \"E5\"", "then": then }] } })),
        1 => any_work(),
    ]
}

/// Where a step leads. Ways only go on, so none goes round.
#[derive(Debug, Clone, Copy)]
enum Lead {
    /// To the next of the list.
    On,
    /// Past the next one where this holds.
    Past(&'static str),
    /// To the end where this holds.
    End(&'static str),
}

fn any_lead() -> impl Strategy<Value = Lead> {
    let holds = || prop::sample::select(vec!["empty(licence)", "licence = \"E5\""]);
    prop_oneof![
        3 => Just(Lead::On),
        2 => holds().prop_map(Lead::Past),
        1 => holds().prop_map(Lead::End),
    ]
}

/// Two ways part where one step is passed by, and join behind it: from the passed one the way leads past the step to
/// which the other goes, where there is one further.
fn lead(steps: &mut [Value], leads: &[Lead]) {
    let key = |at: usize| {
        if at < leads.len() {
            format!("s{at}")
        } else {
            "end".to_owned()
        }
    };
    let is_past = |at: usize| matches!(leads[at], Lead::Past(_));
    for at in 0..leads.len() {
        let next = match leads[at] {
            Lead::Past(when) => json!([{ "when": when, "to": key(at + 2) }]),
            Lead::End(when) => json!([{ "when": when, "to": "end" }]),
            // The step to which the other way goes is on that way alone.
            Lead::On if at > 0 && is_past(at - 1) => json!([{ "to": key(at + 2) }]),
            Lead::On => continue,
        };
        steps[at]["next"] = next;
    }
}

/// The shipped execution, which may wait for a day and end on one.
fn any_days() -> impl Strategy<Value = Value> {
    let day = |days: i64| json!({ "field": "startDate", "days": days });
    let waits = prop::option::weighted(0.2, (-12i64..0).prop_map(day));
    let ends = prop::bool::weighted(0.5);
    (waits, ends).prop_map(|(waits, ends)| {
        let mut execution = serde_json::to_value(definition().execution).unwrap();
        if let Some(start) = waits {
            execution["start"] = start;
        }
        if ends {
            execution["end"] = json!({ "field": "startDate" });
        }
        execution
    })
}

/// What holds for the whole workflow.
fn any_policy() -> impl Strategy<Value = Value> {
    let back = prop::sample::select(vec!["untilFirstDecision", "untilLastStep", "never"]);
    let withdraw = prop::sample::select(vec!["untilExecution", "untilApproved", "never"]);
    let same = prop::sample::select(vec!["askEach", "first", "last"]);
    let own = prop::sample::select(vec!["forbid", "skip", "allow"]);
    let nobody = prop::sample::select(vec![
        json!({ "then": "administrators" }),
        json!({ "then": "people", "people": ["b", "e"] }),
        json!({ "then": "group", "group": "several" }),
        json!({ "then": "liftToParentUnit" }),
        json!({ "then": "skip" }),
        json!({ "then": "stop" }),
    ]);
    let number = prop::sample::select(vec!["submission", "approval"]);
    let viewers = prop::option::of(any_lanes(true));
    let others = (viewers, prop::bool::weighted(0.8), any_days());
    ((back, withdraw, same, own), nobody, number, others).prop_map(
        |((back, withdraw, same, own), nobody, number, (viewers, deputies, execution))| {
            json!({ "execution": execution, "pullBack": back, "withdraw": withdraw, "samePerson": same, "selfRule": own, "nobody": nobody,
                "numbering": { "prefix": "USR", "digits": 5, "at": number }, "deputies": deputies,
                "viewers": viewers.map_or(json!([]), |(lanes, _)| lanes) })
        },
    )
}

pub(crate) fn any_definition() -> impl Strategy<Value = Definition> {
    let others = prop::collection::vec((any_kind(), 0u8..4, any_lead()), 0..5);
    (any_approval(true), any_lead(), others, any_policy()).prop_map(|(first, first_lead, others, policy)| {
        let (mut steps, mut leads) = (vec![step("s0", first)], vec![first_lead]);
        for (at, (kind, when, lead)) in others.into_iter().enumerate() {
            let mut step = step(&format!("s{}", at + 1), kind);
            if when == 0 {
                step["when"] = json!("empty(licence)");
            }
            steps.push(step);
            leads.push(lead);
        }
        lead(&mut steps, &leads);
        with(and(policy, json!({ "steps": steps })))
    })
}

/// What a definition can say, each as it stands in its JSON.
const SAID: [&str; 39] = [
    r#""start":{"field":"#,
    r#""end":{"field":"#,
    r#""to":"end""#,
    r#""next":[{"to":"s"#,
    r#""next":[{"when":"#,
    r#""from":"people""#,
    r#""from":"group""#,
    r#""from":"unit""#,
    r#""from":"manager""#,
    r#""from":"field""#,
    r#""from":"master""#,
    r#""from":"owner""#,
    r#""from":"previousManager""#,
    r#""from":"choose""#,
    r#""n":2"#,
    r#""n":3"#,
    r#""sendBack":"applicant""#,
    r#""sendBack":"none""#,
    r#""reassign":false"#,
    r#""pullUp":"#,
    r#""hold":"forbidden""#,
    r#""postReview":"#,
    r#""circulation":"#,
    r#""automatic":"#,
    r#""manualWork":"#,
    r#""selfRule":"skip""#,
    r#""selfRule":"allow""#,
    r#""samePerson":"last""#,
    r#""then":"people""#,
    r#""then":"group""#,
    r#""then":"liftToParentUnit""#,
    r#""then":"skip""#,
    r#""then":"stop""#,
    r#""withdraw":"untilApproved""#,
    r#""withdraw":"never""#,
    r#""pullBack":"never""#,
    r#""deputies":false"#,
    r#""viewers":[{"#,
    r#""at":"approval""#,
];

/// A rule that is never drawn is one that no history tries.
#[test]
fn random_definitions_say_whatever_can_be_said_and_most_of_them_find_somebody() {
    const DRAWN: usize = 400;
    let mut runner = TestRunner::deterministic();
    let mut said = String::new();
    let mut routed = 0;
    for _ in 0..DRAWN {
        let definition = any_definition().new_tree(&mut runner).unwrap().current();
        said += &serde_json::to_string(&definition).unwrap();
        routed += usize::from(route_of(&definition, ("applicant", &company()), &values(), &[]).is_ok());
    }
    let missing: Vec<_> = SAID.iter().filter(|word| !said.contains(**word)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
    assert!(
        (DRAWN * 3 / 4..DRAWN).contains(&routed),
        "{routed} of {DRAWN} have a route"
    );
}
