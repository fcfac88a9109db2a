//! 一括振替: application by application, each in a transaction of its own. Broken off anywhere, the same command goes on:
//! what was handed over is not his any more.

use serde::Serialize;
use store::{ApplicationId, Tx, transaction};
use workflow::journal::Place;
use workflow::reorganisation::{HandOver, hand_over as commands};
use workflow::{Code, Command, Refusal, RefusalCode, WorkflowKey};

use super::open_applications;
use crate::calendar::terms;
use crate::cases::{Case, Outcome};
use crate::deputies;
use crate::jobs::JobError;
use crate::service::Service;

/// What is handed over.
#[derive(Debug, Clone)]
pub(crate) struct Move {
    pub(crate) wish: HandOver,
    /// None: in all.
    pub(crate) workflow: Option<WorkflowKey>,
    /// Only say what would be done.
    pub(crate) plan: bool,
}

/// One application in which something was his.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Moved {
    pub(crate) number: String,
    pub(crate) workflow: WorkflowKey,
    /// An open item went over.
    pub(crate) item: bool,
    /// Later steps ask the other.
    pub(crate) later: bool,
    /// Why it, or the rest of it, did not go over.
    pub(crate) refused: Option<RefusalCode>,
}

/// All of it, deputies too. `tell` hears of each application: how many were looked at, of how many.
pub(crate) async fn hand_over(
    service: &Service,
    wish: &Move,
    mut tell: impl FnMut(&Moved, (usize, usize)),
) -> Result<(Vec<Moved>, usize), JobError> {
    let all = open_applications(service).await?;
    let mut moved = Vec::new();
    for (at, id) in (1..).zip(&all) {
        if let Some(one) = one(service, id, wish).await? {
            tell(&one, (at, all.len()));
            moved.push(one);
        }
    }
    let deputies = match &wish.workflow {
        // A deputy's part in one workflow is not taken out of a wider one.
        Some(_) => 0,
        None => deputies::hand_over(service, &wish.wish, wish.plan).await?,
    };
    Ok((moved, deputies))
}

async fn one(service: &Service, id: &ApplicationId, wish: &Move) -> Result<Option<Moved>, JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let Some(mut case) = Case::load(tx, id).await? else {
            return Ok(None);
        };
        if wish.workflow.as_ref().is_some_and(|only| *only != case.application.workflow) {
            return Ok(None);
        }
        let todo = commands(&case.application, &case.definition, &wish.wish);
        let mut moved = Moved {
            number: case.row.number.clone(),
            workflow: case.application.workflow.clone(),
            item: false,
            later: false,
            refused: stays(&case, &todo, wish),
        };
        if todo.is_empty() && moved.refused.is_none() {
            return Ok(None);
        }
        carry_out(tx, service, &mut case, (todo, wish.plan), &mut moved).await?;
        Ok(Some(moved))
    })
}

/// The other is the applicant: later steps stay with whom they name, and an administrator must look.
fn stays(case: &Case, todo: &[Command], wish: &Move) -> Option<RefusalCode> {
    let asks_him = |route: &workflow::Route| {
        route
            .steps
            .iter()
            .any(|step| step.is_asked() && step.assignees.contains(&wish.wish.from))
    };
    let is_his_own = wish.wish.to == case.application.applicant && todo.is_empty();
    let is_asked_later =
        case.application.route().is_some_and(asks_him) && case.application.code() == Code::IA;
    (is_his_own && is_asked_later).then_some(RefusalCode::ApplicantBarred)
}

async fn carry_out(
    tx: &mut Tx,
    service: &Service,
    case: &mut Case,
    (todo, plan): (Vec<Command>, bool),
    moved: &mut Moved,
) -> Result<(), JobError> {
    for command in todo {
        let is_item = matches!(command, Command::Reassign { .. });
        let is_later = matches!(command, Command::ChangeRoute { .. });
        let outcome = if plan {
            rehearse(service, case, command)?
        } else {
            match case
                .decide_at(tx, service, command, Some(Place::System {}))
                .await?
            {
                Outcome::Done(_) => Ok(()),
                Outcome::Refused(refusal) => Err(refusal),
            }
        };
        if let Err(refusal) = outcome {
            moved.refused = Some(refusal.code);
            return Ok(());
        }
        moved.item |= is_item;
        moved.later |= is_later;
    }
    Ok(())
}

/// As it would come out; nothing is kept.
fn rehearse(service: &Service, case: &mut Case, command: Command) -> Result<Result<(), Refusal>, JobError> {
    let now = service.now();
    let events = workflow::decide(
        Some(&case.application),
        command,
        terms(service, &case.definition),
        now,
    );
    let events = match events {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for event in events {
        let next = workflow::apply(Some(case.application.clone()), &event, now);
        case.application = next.map_err(|misfit| JobError::Stuck(misfit.to_string()))?;
    }
    Ok(Ok(()))
}
