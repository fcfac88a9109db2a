//! Which account an application made.

use store::{ApplicationId, Tx};
use uuid::Uuid;
use workflow::Event;
use workflow::journal::Line;

use crate::jobs::JobError;

/// The object id on the receipt of the creation; none if nothing was created.
pub(crate) async fn account_of(tx: &mut Tx, application: &ApplicationId) -> Result<Option<Uuid>, JobError> {
    for kept in tx.journal(application).await? {
        let line: Line = serde_json::from_str(&kept.body)
            .map_err(|error| JobError::unreadable("a journal line", &error))?;
        if let Event::StepDone { step, receipt } = line.event
            && step.as_str() == provision::StepId::create_user().as_str()
        {
            return Ok(receipt["account"].as_str().and_then(|id| id.parse().ok()));
        }
    }
    Ok(None)
}
