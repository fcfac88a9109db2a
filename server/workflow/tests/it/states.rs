//! An application in every state, and every action of the specification by whoever may do it.

use crate::fixture::{
    DAY, Story, accept_in, approval, decision, flow, marks, person, plan, resubmit, step, submit, with,
};
use serde_json::json;
use workflow::application::{Authority, SendBackTo, due_actions};
use workflow::{Choice, Command, Definition, Hash, PlanStepId, SealedFile, StepKey, StepToken};

/// Two approvals, both final, both with everything allowed; then work by hand before the execution.
fn definition() -> Definition {
    let all = json!({
        "final": true, "due": { "calendarDays": 3 }, "atDeadline": { "do": "approve" }, "editable": ["licence"],
        "pullUp": { "after": { "calendarDays": 1 } },
    });
    let workers = json!([{ "from": "people", "people": ["d"] }]);
    let review = json!([{ "from": "people", "people": ["e"] }]);
    let steps = [
        approval("zero", &["admin"], all.clone()),
        step("seen", json!({ "circulation": { "readers": review } })),
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

fn parked() -> Story {
    after(executing(), [finish("user"), park()])
}

fn ended(how: Command) -> Story {
    after(parked(), [how])
}

fn expired() -> Story {
    let due = json!({ "due": { "calendarDays": 1 }, "atDeadline": { "do": "expire" } });
    let mut story = Story::accepted(flow([approval("one", &["a"], due)]));
    story.let_pass(DAY);
    story
}

pub(crate) const STATES: [(&str, Told); 18] = [
    ("DR", || Story::under(definition())),
    ("SU", || after(Story::under(definition()), [submit()])),
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
    ("MW", working),
    ("EX", executing),
    ("RV from IA", || after(in_approval(), [park()])),
    ("RV from EX", parked),
    ("CO", || after(executing(), [finish("user"), finish("licence")])),
    ("PC", || ended(accept_as_is())),
    ("FA", || after(executing(), [park(), accept_as_is()])),
    ("RJ", || said(Choice::Reject)),
    ("WD", || after(in_approval(), [withdraw()])),
    ("EP", expired),
    ("CA", || after(in_approval(), [cancel()])),
];

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

fn cancel() -> Command {
    Command::Cancel {
        by: person("admin"),
        reason: "重複".to_owned(),
    }
}

fn accept_as_is() -> Command {
    Command::AcceptAsIs {
        by: person("admin"),
        reason: "不要".to_owned(),
    }
}

fn token(story: &Story) -> StepToken {
    story.token().unwrap_or(StepToken(Hash([7; 32])))
}

fn work(story: &Story) -> Command {
    Command::FinishWork {
        by: person("d"),
        token: token(story),
        result: "済".to_owned(),
        proof: vec![SealedFile {
            name: "x".to_owned(),
            hash: Hash([1; 32]),
        }],
        marks: marks(),
    }
}

fn round(story: &Story) -> u32 {
    story
        .application
        .as_ref()
        .map_or(1, |application| application.round() + 1)
}

/// Lets time pass until something is due, and carries it out.
fn deadline(mut story: Story) -> Option<Result<Story, String>> {
    story.clock += 30 * DAY;
    let application = story.application.as_ref()?;
    let due = due_actions(application, &story.definition, crate::fixture::at(story.clock));
    let meets = |command: &Command| matches!(command, Command::MeetDeadline { .. });
    let command = due.into_iter().find(meets)?;
    Some(told(story, command))
}

fn told(mut story: Story, command: Command) -> Result<Story, String> {
    story
        .tell(command)
        .map_err(|refusal| format!("{:?}", refusal.code))?;
    Ok(story)
}

/// An action of the specification by whoever may do it; none where it is not a command.
pub(crate) fn action(id: &str, story: Story) -> Result<Story, String> {
    let voted = |choice| decision("a", token(&story), choice);
    let to_zero = SendBackTo::Step {
        step: StepKey::new("zero"),
    };
    let (admin, reason) = (person("admin"), "理由".to_owned());
    let command = match id {
        "T2" if story.application.is_none() => submit(),
        "T2" => resubmit(round(&story)),
        "T3" => accept_in(&definition()),
        "T4" => Command::Return { issues: Vec::new() },
        "T5" => voted(Choice::Approve),
        "T6" => voted(Choice::Finish),
        "T7 to applicant" => voted(Choice::SendBack(SendBackTo::Applicant {})),
        "T7 to step" => voted(Choice::SendBack(to_zero)),
        "T8" => voted(Choice::Reject),
        "T9" => Command::TakeBack { by: admin },
        "T10" => Command::PullBack {
            by: person("applicant"),
        },
        "T11" => withdraw(),
        "T12 hold" => voted(Choice::Hold),
        "T12 release" => voted(Choice::Confirm),
        "T13" => Command::Reassign {
            by: admin,
            authority: Authority::Administrator,
            from: person(if story.code_or_draft() == "MW" { "d" } else { "a" }),
            to: person("c"),
            reason,
        },
        "T14" => {
            let mut story = story;
            story
                .tell(Command::OfferPullUp {
                    asking: 2,
                    absent: true,
                })
                .map_err(|no| format!("{:?}", no.code))?;
            let (by, token) = (person("b"), token(&story));
            return told(
                story,
                Command::PullUp {
                    by,
                    token,
                    comment: None,
                    marks: marks(),
                },
            );
        }
        "T15" => Command::Acknowledge {
            by: person("e"),
            step: StepKey::new("seen"),
            comment: None,
            marks: marks(),
        },
        "T16" => return deadline(story).unwrap_or(Err("NotDue".to_owned())),
        "T17" => {
            let mut route = crate::fixture::route(&definition(), &crate::fixture::values());
            route.steps[3].assignees = [person("c")].into();
            Command::ChangeRoute {
                by: admin,
                route,
                reason,
            }
        }
        "T18" => cancel(),
        "T19" => Command::StartExecution,
        "T20 step" => finish("licence"),
        "T20 failed" => park(),
        "T21" => work(&story),
        "T22 retry" => Command::Retry { by: admin },
        "T22 skip" => Command::Skip {
            by: admin,
            step: PlanStepId::new("licence"),
            reason,
        },
        "T22 compensate" => Command::Compensate { by: admin, reason },
        "T22 accept" => accept_as_is(),
        "F12 edit" => {
            let values =
                crate::fixture::answers(json!({ "lastName": "佐藤", "firstName": "花子", "licence": "E5" }));
            let route = crate::fixture::route(&definition(), &values);
            let (by, token) = (person("a"), token(&story));
            Command::Edit {
                by,
                token,
                values,
                plan: plan("other"),
                route,
                comment: None,
                marks: marks(),
            }
        }
        _ => panic!("no action {id}"),
    };
    told(story, command)
}

impl Story {
    pub(crate) fn code_or_draft(&self) -> &'static str {
        self.application
            .as_ref()
            .map_or("DR", |application| application.code().as_str())
    }
}
