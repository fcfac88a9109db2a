//! Every state against every command, drawn as a table that is reviewed like a drawing.

use std::fmt::Write as _;

use crate::fixture::{Story, accept, decision, person, plan, source, submit, values};
use serde_json::json;
use workflow::application::SendBackTo;
use workflow::{Choice, Command, PlanStepId, StepToken};

type Told = fn() -> Story;

fn in_approval() -> Story {
    Story::of([submit(), accept()])
}

fn voted(choices: &[(&str, Choice)]) -> Story {
    let mut story = in_approval();
    for (who, choice) in choices {
        story.vote(who, choice.clone()).unwrap();
    }
    story
}

fn approved() -> Story {
    voted(&["manager", "it1", "it2"].map(|who| (who, Choice::Approve)))
}

fn and(mut story: Story, commands: impl IntoIterator<Item = Command>) -> Story {
    commands
        .into_iter()
        .for_each(|command| story.tell(command).unwrap());
    story
}

fn park() -> Command {
    Command::Park {
        why: "why".to_owned(),
    }
}

fn finish(step: &str) -> Command {
    Command::FinishStep {
        step: PlanStepId::new(step),
        receipt: json!({}),
    }
}

fn withdraw() -> Command {
    Command::Withdraw {
        by: person("applicant"),
        comment: None,
    }
}

const STATES: [(&str, Told); 13] = [
    ("DR", Story::default),
    ("SU", || Story::of([submit()])),
    ("IA manager", in_approval),
    ("IA it", || voted(&[("manager", Choice::Approve)])),
    ("SB", || {
        voted(&[("manager", Choice::SendBack(SendBackTo::Applicant {}))])
    }),
    ("PB", || {
        and(
            in_approval(),
            [Command::PullBack {
                by: person("applicant"),
            }],
        )
    }),
    ("AP", approved),
    ("EX", || and(approved(), [Command::StartExecution])),
    ("RV from IA", || and(in_approval(), [park()])),
    ("RV from EX", || {
        and(approved(), [Command::StartExecution, park()])
    }),
    ("CO", || {
        and(
            approved(),
            [Command::StartExecution, finish("user"), finish("licence")],
        )
    }),
    ("RJ", || voted(&[("manager", Choice::Reject)])),
    ("WD", || and(in_approval(), [withdraw()])),
];

type Named = (&'static str, Command);

/// What those asked may say at the step that stands.
fn votes(story: &Story) -> Vec<Named> {
    let token = story.token().unwrap_or(StepToken(workflow::Hash([7; 32])));
    let asked = story
        .application
        .as_ref()
        .and_then(|application| match &application.state {
            workflow::State::InApproval(review) => review.asking.pending().next(),
            _ => None,
        });
    let asked = asked.map_or("manager", |person| person.as_str());
    let vote = |choice| decision(asked, token, choice);
    let to_step = SendBackTo::Step {
        step: workflow::StepKey::new("manager"),
    };
    let other = StepToken(workflow::Hash([9; 32]));
    vec![
        ("approve", vote(Choice::Approve)),
        ("reject", vote(Choice::Reject)),
        ("send back", vote(Choice::SendBack(SendBackTo::Applicant {}))),
        ("send back to manager", vote(Choice::SendBack(to_step))),
        ("hold", vote(Choice::Hold)),
        ("confirm", vote(Choice::Confirm)),
        (
            "approve by stranger",
            decision("stranger", token, Choice::Approve),
        ),
        ("approve at another step", decision(asked, other, Choice::Approve)),
    ]
}

/// What the applicant may ask, and what the service finds about a submission.
fn intake(story: &Story) -> Vec<Named> {
    let applicant = person("applicant");
    let round = story
        .application
        .as_ref()
        .map_or(1, |application| application.round() + 1);
    let source = source(round);
    vec![
        ("submit", submit()),
        (
            "resubmit",
            Command::Resubmit {
                by: applicant.clone(),
                source,
                values: values(),
            },
        ),
        ("accept", accept()),
        ("return", Command::Return { issues: Vec::new() }),
        ("pull back", Command::PullBack { by: applicant }),
        ("withdraw", withdraw()),
        (
            "withdraw by another",
            Command::Withdraw {
                by: person("admin"),
                comment: None,
            },
        ),
    ]
}

fn execution() -> Vec<Named> {
    let admin = person("admin");
    let (step, reason) = (PlanStepId::new("user"), "reason".to_owned());
    vec![
        ("start", Command::StartExecution),
        ("plan changed", Command::PlanChanged { plan: plan("other") }),
        (
            "begin step",
            Command::BeginStep {
                step: step.clone(),
                before: json!({}),
            },
        ),
        ("finish step", finish("user")),
        ("park", park()),
        ("retry", Command::Retry { by: admin.clone() }),
        (
            "skip",
            Command::Skip {
                by: admin.clone(),
                step,
                reason: reason.clone(),
            },
        ),
        (
            "turn down",
            Command::TurnDown {
                by: admin.clone(),
                reason: "not_assignee".to_owned(),
            },
        ),
        ("show password", Command::ShowPassword { to: admin.clone() }),
        ("accept as is", Command::AcceptAsIs { by: admin, reason }),
    ]
}

#[test]
fn every_state_answers_every_command() {
    let mut table = String::new();
    for (name, told) in STATES {
        writeln!(table, "{name}").unwrap();
        for (word, command) in [intake(&told()), votes(&told()), execution()].concat() {
            let mut story = told();
            let answer = match story.tell(command) {
                Ok(()) => format!("-> {}", story.code()),
                Err(refusal) => format!("{:?}", refusal.code),
            };
            writeln!(table, "  {word:<24}{answer}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
