//! Before the first step: is what would be done now what was approved?

use forms::Issue;
use workflow::application::Progress;
use workflow::{Command, State};

use super::{Round, act};
use crate::cases::Case;
use crate::issue_words;
use crate::jobs::JobError;
use crate::linked;
use crate::planning;
use crate::service::Service;

/// Plans again. The same: starts. Another: back to the last approver. Impossible: to the administrators.
pub(super) async fn confirm(service: &Service, case: &Case) -> Result<Round, JobError> {
    let (accepted, is_approved) = match &case.application.state {
        State::Approved { case } => (case, true),
        State::Executing(Progress { case, .. }) => (case, false),
        _ => return Ok(Round::Again),
    };
    let planned = linked::plan(service, case, &accepted.payload.values).await?;
    let mut commands = Vec::new();
    match planned {
        Ok(plan) if provision::differs(&plan, &planning::unseal(&accepted.plan)?) => {
            let plan = planning::seal(&plan)?;
            commands.push(Command::PlanChanged { plan });
        }
        Ok(_) => commands.extend(is_approved.then_some(Command::StartExecution)),
        Err(issues) => {
            commands.extend(is_approved.then_some(Command::StartExecution));
            let why = impossible(service, case, &issues);
            commands.push(Command::Park { why });
        }
    }
    act(service, &case.row.id, &commands, None).await
}

fn impossible(service: &Service, case: &Case, issues: &[Issue]) -> String {
    issue_words::lines(issues, &case.definition.form, service.config.mail.language).join("\n")
}
