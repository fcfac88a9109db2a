//! Outcomes beyond the specification's that neither the definition of the cell-by-cell table nor random histories reach.

use crate::cases::{Case, ahead, by_rule, deadline, executing, late, meets, worked};
use crate::fixture::{Story, accept_in, approval, flow, person, plan, step, submit};
use crate::states::{accept_as_is, finish, park, work};
use serde_json::{Value, json};
use workflow::application::Authority;
use workflow::route::{RouteStep, SkipReason};
use workflow::{Choice, Command, PlanStepId};

fn rule(then: &str) -> Value {
    step("rule", json!({ "automatic": { "outcomes": [{ "then": then }] } }))
}

/// An approval, and a rule behind it.
fn then(then: &str, more: Value) -> Story {
    let first = approval("one", &["a"], more);
    Story::accepted(flow([first, rule(then)]))
}

/// Two approvals, of which the second may go ahead, and a rule behind them.
fn passable(then: &str) -> Story {
    let pulls = json!({ "pullUp": { "after": { "calendarDays": 1 } } });
    let steps = [
        approval("one", &["a"], pulls),
        approval("two", &["b"], json!({})),
        rule(then),
    ];
    Story::accepted(flow(steps))
}

fn ruled(then: &str) -> Story {
    let mut story = Story::under(flow([rule(then)]));
    story.tell(submit()).unwrap();
    story
}

fn accept(story: &mut Story) -> Result<(), workflow::Refusal> {
    let accept = accept_in(&story.definition);
    story.tell(accept)
}

fn skipping(mut story: Story, steps: &[&str]) -> Story {
    story.tell(park()).unwrap();
    for step in steps {
        let (by, step) = (person("admin"), PlanStepId::new(*step));
        let reason = "不要".to_owned();
        story.tell(Command::Skip { by, step, reason }).unwrap();
    }
    story
}

fn retry(story: &mut Story) -> Result<(), workflow::Refusal> {
    story.tell(Command::Retry { by: person("admin") })
}

/// Work by hand stands after an execution of which these steps were skipped.
fn working_without(steps: &[&str]) -> Story {
    let mut story = worked("afterExecution", &json!({ "of": "any" }));
    if steps.len() == 1 {
        story.tell(finish("user")).unwrap();
    }
    let mut story = skipping(story, steps);
    retry(&mut story).unwrap();
    story
}

fn changed(story: &mut Story) -> Result<(), workflow::Refusal> {
    story.tell(Command::PlanChanged { plan: plan("other") })
}

/// The last call was under way when it was stopped, and came to its end: nothing is missing.
fn done_while_stopped() -> Story {
    let mut story = executing(true);
    let begun = Command::BeginStep {
        step: PlanStepId::new("licence"),
        before: json!({}),
    };
    for command in [begun, park(), finish("licence")] {
        story.tell(command).unwrap();
    }
    story
}

fn undone_while_stopped() -> Story {
    let mut story = executing(true);
    let (by, reason) = (person("admin"), "中止".to_owned());
    let undone = Command::FinishCompensation {
        step: PlanStepId::new("user"),
        receipt: json!({}),
    };
    for command in [park(), Command::Compensate { by, reason }, park(), undone] {
        story.tell(command).unwrap();
    }
    story
}

fn held(more: Value) -> Story {
    let steps = [
        approval("one", &["a", "b"], more),
        approval("two", &["c"], json!({})),
    ];
    let mut story = Story::accepted(flow(steps));
    story.vote("a", Choice::Hold).unwrap();
    story
}

/// At the step that stands nobody is asked any more.
fn pass_by(story: &mut Story) -> Result<(), workflow::Refusal> {
    let mut route = story.now().route().unwrap().clone();
    let step = &mut route.steps[0];
    *step = RouteStep::skipping(step.key.clone(), SkipReason::NoApprover);
    let (by, reason) = (person("admin"), "異動".to_owned());
    story.tell(Command::ChangeRoute { by, route, reason })
}

fn hand_over(story: &mut Story) -> Result<(), workflow::Refusal> {
    story.tell(Command::Reassign {
        by: person("admin"),
        authority: Authority::Administrator,
        from: person("b"),
        to: person("d"),
        reason: "異動".to_owned(),
    })
}

/// Approved by a rule alone.
fn approved() -> Story {
    let mut story = by_rule();
    accept(&mut story).unwrap();
    story
}

pub(crate) const CASES: &[Case] = &[
    ("T3", || ruled("reject"), accept),
    ("T3", || ruled("return"), accept),
    (
        "T5",
        || then("reject", json!({})),
        |story| story.vote("a", Choice::Approve),
    ),
    (
        "T5",
        || then("return", json!({})),
        |story| story.vote("a", Choice::Approve),
    ),
    ("T14", || passable("reject"), ahead),
    ("T14", || passable("return"), ahead),
    ("T16 approve", || late(then("reject", meets("approve"))), deadline),
    ("T16 approve", || late(then("return", meets("approve"))), deadline),
    ("T19 changed", approved, changed),
    (
        "T21",
        || working_without(&["licence"]),
        |story| story.tell(work(story)),
    ),
    (
        "T21",
        || working_without(&["user", "licence"]),
        |story| story.tell(work(story)),
    ),
    (
        "T19 changed",
        || {
            let mut story = approved();
            story.tell(Command::StartExecution).unwrap();
            story
        },
        changed,
    ),
    (
        "T22 retry",
        || skipping(executing(false), &["user", "licence"]),
        retry,
    ),
    (
        "T8",
        || held(json!({ "reject": "threshold", "quorum": { "of": "any" } })),
        |story| story.vote("a", Choice::Reject),
    ),
    ("T13", || held(json!({})), hand_over),
    ("T17", || held(json!({})), pass_by),
    (
        "T20 done",
        || {
            let mut story = skipping(executing(false), &["user"]);
            retry(&mut story).unwrap();
            story
        },
        |story| story.tell(finish("licence")),
    ),
    ("T22 retry", done_while_stopped, retry),
    ("T22 retry", undone_while_stopped, retry),
    ("T22 accept", done_while_stopped, |story| {
        story.tell(accept_as_is())
    }),
    (
        "resume",
        || {
            let mut story = held(json!({}));
            story.tell(park()).unwrap();
            story
        },
        |story| story.tell(Command::Resume),
    ),
    (
        "resume",
        || {
            let mut story = worked("beforeExecution", &json!({ "of": "any" }));
            story.tell(Command::MissWorkers).unwrap();
            story
        },
        |story| story.tell(Command::Resume),
    ),
];
