//! An application in every state.

use crate::fixture::{DAY, Story, approval, flow, marks, person, plan, step, submit, with};
use serde_json::{Value, json};
use workflow::application::SendBackTo;
use workflow::definition::{Kind, Stage};
use workflow::{Choice, Command, Definition, Hash, PlanStepId, SealedFile, StepToken};

/// Two approvals, both final, both with everything allowed; then work by hand before the execution.
pub(crate) fn definition() -> Definition {
    let escalate = json!({ "do": "escalate", "to": [{ "from": "people", "people": ["c"] }] });
    let all = json!({
        "final": true, "due": { "calendarDays": 3 }, "atDeadline": escalate, "editable": ["licence"],
        "pullUp": { "after": { "calendarDays": 1 } },
    });
    let workers = json!([{ "from": "people", "people": ["d"] }]);
    let steps = [
        approval("zero", &["admin"], all.clone()),
        seen(),
        approval("one", &["a"], all.clone()),
        approval("two", &["b"], all),
        step(
            "work",
            json!({ "manualWork": { "workers": workers, "stage": "beforeExecution" } }),
        ),
    ];
    with(json!({ "steps": steps, "pullBack": "untilLastStep" }))
}

pub(crate) type Told = fn() -> Story;

/// At the second approval, so that there is a step before and one after.
fn in_approval() -> Story {
    let mut story = Story::accepted(definition());
    story.approve("admin");
    story
}

fn after(mut story: Story, commands: impl IntoIterator<Item = Command>) -> Story {
    for command in commands {
        story.tell(command).unwrap();
    }
    story
}

fn said(choice: Choice) -> Story {
    let mut story = in_approval();
    story.vote("a", choice).unwrap();
    story
}

fn approved() -> Story {
    let mut story = in_approval();
    story.approve("a");
    story.approve("b");
    story
}

fn working() -> Story {
    after(approved(), [Command::StartExecution])
}

fn executing() -> Story {
    let story = working();
    let done = work(&story);
    after(story, [done])
}

/// Stopped while the second step is under way.
fn parked() -> Story {
    let begun = Command::BeginStep {
        step: PlanStepId::new("licence"),
        before: json!(null),
    };
    after(executing(), [finish("user"), begun, park()])
}

fn ended(how: Command) -> Story {
    after(parked(), [how])
}

fn seen() -> Value {
    let review = json!([{ "from": "people", "people": ["e"] }]);
    step("seen", json!({ "circulation": { "readers": review } }))
}

/// A rule had approved it, and somebody was shown it.
fn prepared_anew() -> Story {
    let finish = json!({ "automatic": { "outcomes": [{ "then": "finish" }] } });
    let story = Story::accepted(flow([seen(), step("rule", finish)]));
    let plan = plan("other");
    after(story, [Command::PlanChanged { plan }])
}

fn expired() -> Story {
    let due = json!({ "due": { "calendarDays": 1 }, "atDeadline": { "do": "expire" } });
    let mut story = Story::accepted(flow([seen(), approval("one", &["a"], due)]));
    story.let_pass(DAY);
    story
}

/// Carried out, and now work by hand comes after it.
fn working_after() -> Story {
    let mut definition = definition();
    if let Some(Kind::ManualWork(work)) = definition.steps.last_mut().map(|step| &mut step.kind) {
        work.stage = Some(Stage::AfterExecution);
    }
    let mut story = Story::accepted(definition);
    for who in ["admin", "a", "b"] {
        story.approve(who);
    }
    after(
        story,
        [Command::StartExecution, finish("user"), finish("licence")],
    )
}

fn undoing() -> Story {
    let compensate = Command::Compensate {
        by: person("admin"),
        reason: "中止".to_owned(),
    };
    ended(compensate)
}

/// Named as `passage::name` calls them.
pub(crate) const STATES: [(&str, Told); 25] = [
    ("DR", || Story::under(definition())),
    ("SU first", || after(Story::under(definition()), [submit()])),
    ("SU anew", prepared_anew),
    ("IA", in_approval),
    ("HO", || said(Choice::Hold)),
    ("SB", || said(Choice::SendBack(SendBackTo::Applicant {}))),
    ("PB", || {
        let pull = Command::PullBack {
            by: person("applicant"),
        };
        after(Story::accepted(definition()), [pull])
    }),
    ("AP", approved),
    ("MW untouched", working),
    ("MW begun", working_after),
    ("EX untouched", executing),
    ("EX begun", || after(executing(), [finish("user")])),
    ("EX undoing", undoing),
    ("RV from IA", || after(in_approval(), [park()])),
    ("RV from AP", || after(approved(), [crate::deletions::hold()])),
    ("RV from EX", parked),
    ("RV from undoing", || after(undoing(), [park()])),
    ("CO", || after(executing(), [finish("user"), finish("licence")])),
    ("PC", || ended(accept_as_is())),
    ("FA", || after(executing(), [park(), accept_as_is()])),
    ("RJ", || said(Choice::Reject)),
    ("WD", || after(in_approval(), [withdraw()])),
    ("EP", expired),
    ("CA untouched", || after(in_approval(), [cancel()])),
    ("CA half done", || after(parked(), [cancel()])),
];

pub(crate) fn states() -> impl Iterator<Item = (&'static str, Story)> {
    STATES.iter().map(|(name, told)| (*name, told()))
}

pub(crate) fn park() -> Command {
    Command::Park {
        why: "why".to_owned(),
    }
}

pub(crate) fn finish(step: &str) -> Command {
    Command::FinishStep {
        step: PlanStepId::new(step),
        receipt: json!({}),
    }
}

pub(crate) fn withdraw() -> Command {
    Command::Withdraw {
        by: person("applicant"),
        comment: None,
    }
}

pub(crate) fn cancel() -> Command {
    Command::Cancel {
        by: person("admin"),
        reason: "重複".to_owned(),
    }
}

pub(crate) fn accept_as_is() -> Command {
    Command::AcceptAsIs {
        by: person("admin"),
        reason: "不要".to_owned(),
    }
}

pub(crate) fn token(story: &Story) -> StepToken {
    story.token().unwrap_or(StepToken(Hash([7; 32])))
}

pub(crate) fn work(story: &Story) -> Command {
    Command::FinishWork {
        by: person("d"),
        token: token(story),
        result: "済".to_owned(),
        proof: vec![a_file()],
        marks: marks(),
    }
}

pub(crate) fn a_file() -> SealedFile {
    SealedFile {
        name: "x".to_owned(),
        hash: Hash([1; 32]),
    }
}

pub(crate) fn decline(story: &Story, by: &str, reason: &str) -> Command {
    Command::DeclineWork {
        by: person(by),
        token: token(story),
        reason: reason.to_owned(),
        marks: marks(),
    }
}
