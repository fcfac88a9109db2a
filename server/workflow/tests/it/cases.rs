//! Outcomes that the specification names and that the definition of the cell-by-cell table does not reach.

use crate::deletions::hold;
use crate::fixture::{Story, approval, flow, person, plan, step, submit};
use crate::states::{accept_as_is, finish, park, work};
use serde_json::{Value, json};
use workflow::application::SendBackTo;
use workflow::{Choice, Command, StepKey};

pub(crate) type Deed = fn(&mut Story) -> Result<(), workflow::Refusal>;

/// A transition, an application before it, and what is done.
pub(crate) type Case = (&'static str, fn() -> Story, Deed);

fn alone(more: Value) -> Story {
    Story::accepted(flow([approval("one", &["a"], more)]))
}

fn together(more: Value) -> Story {
    let first = approval("one", &["a", "b"], more);
    Story::accepted(flow([first, approval("two", &["c"], json!({}))]))
}

pub(crate) fn by_rule() -> Story {
    let finish = json!({ "automatic": { "outcomes": [{ "then": "finish" }] } });
    let mut story = Story::under(flow([step("rule", finish)]));
    story.tell(submit()).unwrap();
    story
}

pub(crate) fn worked(stage: &str, quorum: &Value) -> Story {
    let workers = json!([{ "from": "people", "people": ["d", "e"] }]);
    let work = json!({ "manualWork": { "workers": workers, "stage": stage, "quorum": quorum } });
    let steps = [approval("one", &["a"], json!({})), step("work", work)];
    let mut story = Story::accepted(flow(steps));
    story.approve("a");
    story.tell(Command::StartExecution).unwrap();
    story
}

fn approved() -> Story {
    let mut story = alone(json!({}));
    story.approve("a");
    story
}

pub(crate) fn executing(last: bool) -> Story {
    let mut story = approved();
    story.tell(Command::StartExecution).unwrap();
    if last {
        story.tell(finish("user")).unwrap();
    }
    story
}

pub(crate) fn parked(touched: bool) -> Story {
    let mut story = executing(touched);
    story.tell(park()).unwrap();
    story
}

pub(crate) fn late(story: Story) -> Story {
    let mut story = story;
    story.clock += 30 * crate::fixture::DAY;
    story
}

pub(crate) fn meets(action: &str) -> Value {
    json!({ "due": { "calendarDays": 3 }, "atDeadline": { "do": action } })
}

pub(crate) fn deadline(story: &mut Story) -> Result<(), workflow::Refusal> {
    let asking = story.now().asking().unwrap().number;
    story.tell(Command::MeetDeadline { asking })
}

pub(crate) fn ahead(story: &mut Story) -> Result<(), workflow::Refusal> {
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

pub(crate) const CASES: &[Case] = &[
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
        "T7 to step",
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
    ("T16 approve", || late(alone(meets("approve"))), deadline),
    ("T16 remind", || late(alone(meets("remind"))), deadline),
    ("T19", approved, |story| story.tell(Command::StartExecution)),
    ("T19 threshold", approved, |story| story.tell(hold())),
    ("T19 changed", approved, |story| {
        story.tell(Command::PlanChanged { plan: plan("other") })
    }),
    (
        "T20 done",
        || executing(true),
        |story| story.tell(finish("licence")),
    ),
    (
        "T20 done",
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
    (
        "T22 compensate",
        || parked(false),
        |story| {
            let (by, reason) = (person("admin"), "中止".to_owned());
            story.tell(Command::Compensate { by, reason })
        },
    ),
    ("T22 accept", || parked(false), |story| story.tell(accept_as_is())),
];
