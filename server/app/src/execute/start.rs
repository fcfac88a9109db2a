//! Before the first step: is what would be done now what was approved?

use forms::{Code, Issue};
use provision::{Failure, Plan, Plans};
use workflow::application::{Progress, RowEnd, RowEnded};
use workflow::{Command, PlanStepId, State};

use super::{Round, act, threshold};
use crate::cases::Case;
use crate::issue_words;
use crate::jobs::JobError;
use crate::linked;
use crate::planning::{self, Each};
use crate::service::Service;

/// Plans again. The same: starts. Another: back to the last approver. Impossible: to the administrators; of rows only
/// those that are impossible, the others start.
pub(super) async fn confirm(service: &Service, case: &Case) -> Result<Round, JobError> {
    let (accepted, is_approved, is_allowed) = match &case.application.state {
        State::Approved { case, .. } => (case, true, false),
        State::Executing(Progress {
            case,
            deletions_allowed,
            ..
        }) => (case, false, *deletions_allowed),
        _ => return Ok(Round::Again),
    };
    if is_over(service, case) {
        let why = Failure::ExpiryPassed.words(service.config.mail.language.into());
        let park = Command::Park { why };
        let commands: Vec<Command> = is_approved
            .then_some(Command::StartExecution)
            .into_iter()
            .chain([park])
            .collect();
        return act(service, &case.row.id, &commands, &[]).await;
    }
    let each = linked::each(service, case, &accepted.payload.values).await?;
    let sealed = planning::unseal(&accepted.plan)?;
    // What an administrator has looked at counts no more, neither for this application nor for others.
    let deletions = if is_allowed { 0 } else { sealed.deletions() };
    let is_all_by_hand = sealed.step_ids().is_empty();
    let now = Now::compare(service, case, each, sealed);
    let starts = || is_approved.then_some(Command::StartExecution);
    let commands: Vec<Command> = match now {
        Now::Another(plans) => {
            let plan = planning::seal(&plans)?;
            vec![Command::PlanChanged { plan }]
        }
        Now::Same(failed) => {
            let failed = (!failed.is_empty()).then_some(Command::EndRows { rows: failed });
            let commands: Vec<Command> = starts().into_iter().chain(failed).collect();
            return threshold::begin(service, &case.row.id, &commands, deletions).await;
        }
        // Whoever works by hand sees what has become of it, and says so.
        Now::Impossible(why) if is_all_by_hand && is_approved => {
            tracing::info!(application = %case.row.id, why, "left to whoever works by hand");
            starts().into_iter().collect()
        }
        Now::Impossible(why) => starts().into_iter().chain([Command::Park { why }]).collect(),
    };
    act(service, &case.row.id, &commands, &[]).await
}

/// It was approved so late that the day until which it was wanted has passed.
fn is_over(service: &Service, case: &Case) -> bool {
    let expiry = case.application.expiry.as_ref();
    expiry.is_some_and(|expiry| expiry.at <= service.now())
}

/// Its object came under a directory on premises after the route was made, in which nobody is asked to work by hand.
fn is_new_work(plan: &Plan, sealed: &Plans) -> bool {
    let worked = |plan: &Plan| !plan.steps_by_hand().is_empty();
    worked(plan) && !sealed.all().iter().any(worked)
}

enum Now {
    /// With the rows that have become impossible.
    Same(Vec<RowEnded>),
    Another(Plans),
    Impossible(String),
}

impl Now {
    fn compare(service: &Service, case: &Case, each: Result<Each, Vec<Issue>>, sealed: Plans) -> Self {
        let words = |issues: &[Issue]| {
            let language = service.config.mail.language;
            issue_words::lines(issues, &case.definition.form, language).join("\n")
        };
        match (each, sealed) {
            (Err(issues), _) => Self::Impossible(words(&issues)),
            (Ok(each), Plans::Rows { rows }) => Self::of_rows(each, &rows, words),
            (Ok(mut each), sealed) => match each.pop() {
                Some(Err(issues)) => Self::Impossible(words(&issues)),
                Some(Ok(plan)) if is_new_work(&plan, &sealed) => {
                    let subject = case.definition.execution.plan.subject();
                    Self::Impossible(words(&[Issue::new(Code::SyncedFromPremises, subject)]))
                }
                Some(Ok(plan)) if Plans::One(plan.clone()).differ(&sealed) => Self::Another(Plans::One(plan)),
                _ => Self::Same(Vec::new()),
            },
        }
    }

    fn of_rows(each: Each, sealed: &[Plan], words: impl Fn(&[Issue]) -> String) -> Self {
        let mut failed = Vec::new();
        let mut now = Vec::with_capacity(sealed.len());
        for (number, (planned, approved)) in (1..).zip(each.into_iter().zip(sealed)) {
            let planned = planned.unwrap_or_else(|issues| {
                let (row, why) = (provision::StepId::row(number), words(&issues));
                failed.push(RowEnded {
                    row: PlanStepId::new(row.as_str()),
                    end: RowEnd::Failed { why },
                });
                approved.clone()
            });
            now.push(planned);
        }
        let (now, sealed) = (
            Plans::Rows { rows: now },
            Plans::Rows {
                rows: sealed.to_vec(),
            },
        );
        if now.differ(&sealed) {
            Self::Another(now)
        } else {
            Self::Same(failed)
        }
    }
}
