//! 更新: the end of another application is moved. Both applications are written together, so that the end moves exactly when
//! the renewal is done.

use jiff::Timestamp;
use provision::{Failure, Renewal};
use serde_json::json;
use store::{ApplicationId, transaction};
use workflow::{Command, PlanStepId};

use super::step::park;
use super::{OVERTAKEN, Round, decide};
use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::publish::Story;
use crate::service::Service;

/// The moment that the answers mean that were approved.
async fn until(service: &Service, case: &Case) -> Result<Timestamp, JobError> {
    let story = Story::tell(service, case).await?;
    let end = case.definition.execution.end.as_ref();
    let until = end
        .zip(story.payload())
        .and_then(|(end, payload)| end.moment(&payload.values, &service.calendar));
    until.ok_or_else(|| JobError::Stuck("it names no day until which it stands".to_owned()))
}

pub(super) async fn carry_out(
    service: &Service,
    case: &Case,
    (id, renewal): (&PlanStepId, &Renewal),
) -> Result<Round, JobError> {
    let at = until(service, case).await?;
    let moved = Command::MoveExpiry {
        by: case.application.id.clone(),
        number: case.application.number.clone(),
        at: Some(at),
    };
    let original = ApplicationId::new(renewal.application.as_str());
    transaction!(service.store.write(&service.tenant), tx => {
        let mut renewed = Case::load(tx, &original).await?.ok_or(OVERTAKEN)?;
        let mut case = Case::load(tx, &case.row.id).await?.ok_or(OVERTAKEN)?;
        let command = match renewed.decide(tx, service, moved.clone()).await? {
            Outcome::Done(_) => Command::FinishStep {
                step: id.clone(),
                receipt: json!({ "renewed": renewal.number, "until": renewal.until }),
            },
            Outcome::Refused(_) => park(id, &Failure::ExpiryPassed.words(service.config.mail.language.into())),
        };
        decide(tx, service, &mut case, &[command]).await?;
        Ok(Round::Again)
    })
}
