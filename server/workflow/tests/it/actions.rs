//! Every action of the specification, by whoever may do it.

use crate::fixture::{
    DAY, Story, accept_in, answers, at, decision, marks, person, plan, resubmit, route, submit, values,
};
use crate::states::{a_file, accept_as_is, cancel, decline, definition, finish, park, token, withdraw, work};
use serde_json::json;
use workflow::application::{Authority, SendBackTo, due_actions};
use workflow::definition::{AtDeadline, Kind};
use workflow::{Choice, Command, PlanStepId, StepKey};

/// What the step does at its deadline, as this row of the table says.
fn at_deadline(id: &str) -> AtDeadline {
    match id {
        "T16 remind" => AtDeadline::Remind {},
        "T16 approve" => AtDeadline::Approve {},
        "T16 reject" => AtDeadline::Reject {},
        "T16 send back" => AtDeadline::SendBack {},
        "T16 expire" => AtDeadline::Expire {},
        other => panic!("no deadline {other}"),
    }
}

/// Lets time pass until something is due, and carries it out.
fn deadline(id: &str, mut story: Story) -> Option<Result<Story, String>> {
    story.clock += 30 * DAY;
    for step in &mut story.definition.steps {
        // Whom it escalates to was frozen with the route.
        if let (Kind::Approval(approval), true) = (&mut step.kind, id != "T16 escalate") {
            approval.at_deadline = at_deadline(id);
        }
    }
    let application = story.application.as_ref()?;
    let due = due_actions(application, story.terms(), at(story.clock));
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

fn round(story: &Story) -> u32 {
    story
        .application
        .as_ref()
        .map_or(1, |application| application.round() + 1)
}

/// An action of the specification by whoever may do it.
pub(crate) fn action(id: &str, story: Story) -> Result<Story, String> {
    match id {
        // The inbox makes drafts; whatever came of one never is a draft again.
        "T1" if story.application.is_none() => Ok(story),
        "T1" => told(story, submit()),
        "T14" => go_ahead(story),
        _ if id.starts_with("T16") => deadline(id, story).unwrap_or(Err("NotDue".to_owned())),
        _ => {
            let command = of_applicant(id, &story)
                .or_else(|| of_approver(id, &story))
                .or_else(|| of_administrator(id, &story))
                .or_else(|| of_service(id, &story));
            told(story, command.unwrap_or_else(|| panic!("no action {id}")))
        }
    }
}

fn go_ahead(mut story: Story) -> Result<Story, String> {
    let offer = Command::OfferPullUp {
        asking: 2,
        absent: true,
    };
    story.tell(offer).map_err(|no| format!("{:?}", no.code))?;
    let command = Command::PullUp {
        by: person("b"),
        token: token(&story),
        comment: None,
        marks: marks(),
    };
    told(story, command)
}

fn of_applicant(id: &str, story: &Story) -> Option<Command> {
    Some(match id {
        "T2" if story.application.is_none() => submit(),
        "T2" => resubmit(round(story)),
        "T10" => Command::PullBack {
            by: person("applicant"),
        },
        "T11" => withdraw(),
        _ => return None,
    })
}

fn of_approver(id: &str, story: &Story) -> Option<Command> {
    let to_zero = SendBackTo::Step {
        step: StepKey::new("zero"),
    };
    let choice = match id {
        "T5" => Choice::Approve,
        "T6" => Choice::Finish,
        "T7 to applicant" => Choice::SendBack(SendBackTo::Applicant {}),
        "T7 to step" => Choice::SendBack(to_zero),
        "T8" => Choice::Reject,
        "T12 hold" => Choice::Hold,
        "T12 release" => Choice::Confirm,
        "T9" => {
            let by = person("admin");
            return Some(Command::TakeBack { by });
        }
        "T15" => {
            return Some(Command::Acknowledge {
                by: person("e"),
                step: Some(StepKey::new("seen")),
                comment: None,
                marks: marks(),
            });
        }
        "T21" => return Some(work(story)),
        "attach" => {
            let (by, files) = (Some(person("a")), vec![a_file()]);
            return Some(Command::Attach { by, files });
        }
        "T21 impossible" => return Some(decline(story, "d", "理由")),
        "F12 edit" => return Some(edit(story)),
        _ => return None,
    };
    Some(decision("a", token(story), choice))
}

fn edit(story: &Story) -> Command {
    let values = answers(json!({ "lastName": "佐藤", "firstName": "花子", "licence": "E5" }));
    Command::Edit {
        by: person("a"),
        token: token(story),
        route: route(&definition(), &values),
        values,
        plan: plan("other"),
        comment: None,
        marks: marks(),
    }
}

fn of_administrator(id: &str, story: &Story) -> Option<Command> {
    let (by, reason) = (person("admin"), "理由".to_owned());
    Some(match id {
        "T13" => Command::Reassign {
            by,
            authority: Authority::Administrator,
            from: person(if story.code_or_draft() == "MW" { "d" } else { "a" }),
            to: person("c"),
            reason,
        },
        "T17" => {
            let mut route = route(&definition(), &values());
            route.steps[3].assignees = [person("c")].into();
            Command::ChangeRoute { by, route, reason }
        }
        "T18" => cancel(),
        "turn down" => Command::TurnDown { by, reason },
        "allow deletions" => Command::AllowDeletions { by, reason },
        "show password" => Command::ShowPassword { to: by },
        "T22 retry" => Command::Retry { by },
        "T22 skip" => Command::Skip {
            by,
            step: PlanStepId::new("licence"),
            reason,
        },
        "T22 compensate" => Command::Compensate { by, reason },
        "T22 accept" => accept_as_is(),
        _ => return None,
    })
}

fn of_service(id: &str, story: &Story) -> Option<Command> {
    Some(match id {
        "T3" => accept_in(&story.definition),
        "T4" => Command::Return { issues: Vec::new() },
        "T19" => Command::StartExecution,
        "T19 threshold" => crate::deletions::hold(),
        "T19 changed" => Command::PlanChanged { plan: plan("other") },
        "represent" => Command::Represent {
            deputies: std::collections::BTreeMap::new(),
        },
        "begin" => Command::BeginStep {
            step: PlanStepId::new("licence"),
            before: json!(null),
        },
        "undone" => Command::FinishCompensation {
            step: PlanStepId::new("user"),
            receipt: json!({}),
        },
        "miss workers" => Command::MissWorkers,
        "T20 done" => finish("licence"),
        "T20 failed" => park(),
        _ => return None,
    })
}

impl Story {
    pub(crate) fn code_or_draft(&self) -> &'static str {
        self.application
            .as_ref()
            .map_or("DR", |application| application.code().as_str())
    }
}
