//! Every outcome that the specification names for a transition is reached, and no other is (4.4, the column "to").

use std::collections::BTreeSet;

use crate::actions::action;
use crate::fixture::{Story, approval, flow, person, plan, step, submit};
use crate::states::{STATES, accept_as_is, cancel, finish, park, work};
use serde_json::{Value, json};
use workflow::application::SendBackTo;
use workflow::{Choice, Command, StepKey};

/// The column "to" of the specification, written off by hand. `IA` alone: nobody was asked before.
pub(crate) const TO: &[(&str, &[&str])] = &[
    ("T2", &["SU"]),
    ("T3", &["IA", "AP"]),
    ("T4", &["SB"]),
    ("T5", &["IA, same step", "IA, later step", "AP"]),
    ("T6", &["AP"]),
    ("T7", &["SB", "IA, earlier step"]),
    ("T8", &["RJ", "IA, same step"]),
    ("T9", &["IA, earlier step"]),
    ("T10", &["PB"]),
    ("T11", &["WD"]),
    ("T12", &["HO", "IA, same step"]),
    ("T13", &["IA, same step"]),
    ("T14", &["IA, later step", "AP"]),
    ("T15", &["IA, same step"]),
    (
        "T16",
        &["IA, same step", "IA, later step", "AP", "RJ", "SB", "EP"],
    ),
    ("T17", &["IA, same step"]),
    ("T18", &["CA"]),
    // Needs attention once the start found that a precondition does not hold.
    ("T19", &["EX", "RV", "IA"]),
    ("T20", &["CO", "MW", "RV"]),
    ("T21", &["EX", "CO"]),
    ("T22", &["EX", "PC", "FA"]),
];

/// Outcomes beyond those, and why.
pub(crate) const BEYOND: &[(&str, &str, &str)] = &[
    (
        "T8",
        "AP",
        "where a rejection is an opinion, the last answer lets the step pass whatever it is",
    ),
    ("T8", "IA, later step", "the same, where another step follows"),
    ("T13", "MW", "work by hand is handed over too"),
    (
        "T13",
        "HO",
        "what others are asked is handed over while one holds the step",
    ),
    (
        "T16",
        "HO",
        "what only reminds, or asks others too, leaves the hold",
    ),
    ("T17", "HO", "the route changes behind the step that is held"),
    (
        "T18",
        "RV",
        "an execution that has begun is stopped: somebody looks at what it did",
    ),
    ("T19", "MW", "work by hand before the execution comes first"),
    ("T20", "EX", "of several steps one is done"),
    ("T21", "MW", "of several workers one is done"),
    ("T21", "RV", "work that cannot be done"),
    ("T22", "MW", "work that could not be done is asked for again"),
    (
        "T22",
        "CO",
        "what was under way came to its end while it was parked: nothing is left to do",
    ),
    ("T22", "RV", "several steps can be skipped before a retry goes on"),
    ("T22", "IA", "a case that was parked in approval is asked again"),
];

type Deed = fn(&mut Story) -> Result<(), workflow::Refusal>;

/// A transition, an application before it, and what is done.
type Case = (&'static str, fn() -> Story, Deed);

fn alone(more: Value) -> Story {
    Story::accepted(flow([approval("one", &["a"], more)]))
}

fn together(more: Value) -> Story {
    let first = approval("one", &["a", "b"], more);
    Story::accepted(flow([first, approval("two", &["c"], json!({}))]))
}

fn by_rule() -> Story {
    let finish = json!({ "automatic": { "outcomes": [{ "then": "finish" }] } });
    let mut story = Story::under(flow([step("rule", finish)]));
    story.tell(submit()).unwrap();
    story
}

fn worked(stage: &str, quorum: &Value) -> Story {
    let workers = json!([{ "from": "people", "people": ["d", "e"] }]);
    let work = json!({ "manualWork": { "workers": workers, "stage": stage, "quorum": quorum } });
    let steps = [approval("one", &["a"], json!({})), step("work", work)];
    let mut story = Story::accepted(flow(steps));
    story.approve("a");
    story.tell(Command::StartExecution).unwrap();
    story
}

fn executing(last: bool) -> Story {
    let mut story = alone(json!({}));
    story.approve("a");
    story.tell(Command::StartExecution).unwrap();
    if last {
        story.tell(finish("user")).unwrap();
    }
    story
}

fn parked(touched: bool) -> Story {
    let mut story = executing(touched);
    story.tell(park()).unwrap();
    story
}

fn late(story: Story) -> Story {
    let mut story = story;
    story.clock += 30 * crate::fixture::DAY;
    story
}

fn meets(action: &str) -> Value {
    json!({ "due": { "calendarDays": 3 }, "atDeadline": { "do": action } })
}

fn deadline(story: &mut Story) -> Result<(), workflow::Refusal> {
    let asking = story.now().asking().unwrap().number;
    story.tell(Command::MeetDeadline { asking })
}

fn ahead(story: &mut Story) -> Result<(), workflow::Refusal> {
    story.tell(Command::OfferPullUp {
        asking: 1,
        absent: true,
    })?;
    let token = story.token().unwrap();
    story.tell(Command::PullUp {
        by: person("b"),
        token,
        comment: None,
        marks: crate::fixture::marks(),
    })
}

fn passable(more: impl IntoIterator<Item = Value>) -> Story {
    let pulls = json!({ "pullUp": { "after": { "calendarDays": 1 } } });
    let steps = [approval("one", &["a"], pulls), approval("two", &["b"], json!({}))];
    Story::accepted(flow(steps.into_iter().chain(more)))
}

/// Those which the definition of the cell-by-cell table does not reach.
const CASES: &[Case] = &[
    ("T3", by_rule, |story| {
        let accept = crate::fixture::accept_in(&story.definition);
        story.tell(accept)
    }),
    (
        "T5",
        || together(json!({})),
        |story| story.vote("a", Choice::Approve),
    ),
    (
        "T5",
        || alone(json!({})),
        |story| story.vote("a", Choice::Approve),
    ),
    (
        "T7",
        || {
            let mut story = together(json!({ "quorum": { "of": "any" } }));
            story.approve("a");
            story
        },
        |story| {
            let step = StepKey::new("one");
            story.vote("c", Choice::SendBack(SendBackTo::Step { step }))
        },
    ),
    (
        "T8",
        || together(json!({ "quorum": { "of": "any" } })),
        |story| story.vote("a", Choice::Reject),
    ),
    ("T14", || passable([]), ahead),
    ("T14", || passable([approval("three", &["c"], json!({}))]), ahead),
    ("T16", || late(alone(meets("approve"))), deadline),
    ("T16", || late(alone(meets("remind"))), deadline),
    (
        "T19",
        || {
            let mut story = alone(json!({}));
            story.approve("a");
            story
        },
        |story| story.tell(Command::StartExecution),
    ),
    (
        "T19",
        || {
            let mut story = alone(json!({}));
            story.approve("a");
            story
        },
        |story| {
            story.tell(Command::StartExecution)?;
            story.tell(park())
        },
    ),
    (
        "T19",
        || {
            let mut story = alone(json!({}));
            story.approve("a");
            story
        },
        |story| story.tell(Command::PlanChanged { plan: plan("other") }),
    ),
    ("T18", || executing(true), |story| story.tell(cancel())),
    ("T20", || executing(true), |story| story.tell(finish("licence"))),
    (
        "T20",
        || {
            let mut story = worked("afterExecution", &json!({ "of": "any" }));
            story.tell(finish("user")).unwrap();
            story
        },
        |story| story.tell(finish("licence")),
    ),
    (
        "T21",
        || {
            let mut story = worked("afterExecution", &json!({ "of": "any" }));
            story.tell(finish("user")).unwrap();
            story.tell(finish("licence")).unwrap();
            story
        },
        |story| story.tell(work(story)),
    ),
    (
        "T21",
        || worked("beforeExecution", &json!({ "of": "all" })),
        |story| story.tell(work(story)),
    ),
    ("T22", || parked(false), |story| story.tell(accept_as_is())),
];

/// Where it stands, and of a step which.
pub(crate) fn standing(story: &Story) -> (&'static str, Option<usize>) {
    let asking = story
        .application
        .as_ref()
        .and_then(|application| application.asking());
    let at = asking.and_then(|asking| story.definition.position(&asking.step));
    (story.code_or_draft(), at)
}

pub(crate) fn outcome(before: (&str, Option<usize>), story: &Story) -> String {
    let (code, at) = standing(story);
    match (code, before, at) {
        ("IA", ("IA" | "HO" | "RV", Some(from)), Some(to)) => {
            let which = match to.cmp(&from) {
                std::cmp::Ordering::Less => "earlier step",
                std::cmp::Ordering::Equal => "same step",
                std::cmp::Ordering::Greater => "later step",
            };
            format!("IA, {which}")
        }
        (code, ..) => code.to_owned(),
    }
}

/// What the cell-by-cell table reaches, and the cases above.
fn reached() -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (id, _) in crate::table_of_transitions::TRANSITIONS {
        let transition = id.split(' ').next().unwrap();
        if !TO.iter().any(|(known, _)| *known == transition) {
            continue;
        }
        for (_, state) in STATES {
            let before = standing(&state());
            if let Ok(story) = action(id, state()) {
                all.insert((transition.to_owned(), outcome(before, &story)));
            }
        }
    }
    for (id, begin, deed) in CASES {
        let mut story = begin();
        let before = standing(&story);
        deed(&mut story).unwrap_or_else(|refusal| panic!("{id}: {refusal:?}"));
        all.insert(((*id).to_owned(), outcome(before, &story)));
    }
    all
}

#[test]
fn each_outcome_of_the_specification_is_reached_and_no_other() {
    let reached = reached();
    let mut missing = Vec::new();
    for (id, outcomes) in TO {
        for to in *outcomes {
            if !reached.contains(&((*id).to_owned(), (*to).to_owned())) {
                missing.push(format!("{id} never leads to {to}"));
            }
        }
    }
    let is_known = |(id, to): &&(String, String)| {
        let listed = TO
            .iter()
            .any(|(known, outcomes)| known == id && outcomes.contains(&to.as_str()));
        listed
            || BEYOND
                .iter()
                .any(|(known, beyond, _)| known == id && beyond == to)
    };
    let beyond: Vec<_> = reached
        .iter()
        .filter(|outcome| outcome.0 != "T15" && !is_known(outcome))
        .collect();
    assert_eq!((missing, beyond), (Vec::<String>::new(), Vec::new()));
}

#[test]
fn looking_at_it_changes_nothing_wherever_it_stands() {
    for (name, state) in STATES {
        let before = standing(&state());
        if let Ok(story) = action("T15", state()) {
            assert_eq!(standing(&story), before, "{name}");
        }
    }
}
