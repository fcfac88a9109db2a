//! Which account a page is about.

use store::{Handover, Tx};
use uuid::Uuid;
use workflow::application::RowEnd;
use workflow::journal::Line;
use workflow::{Event, State};

use super::open::owed_by_page;
use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

/// The object id on the receipt of the step that made it or set its password; none if that was not done.
pub(crate) async fn account_of(
    tx: &mut Tx,
    service: &Service,
    handover: &Handover,
) -> Result<Option<Uuid>, JobError> {
    let Some(case) = Case::load(tx, &handover.application).await? else {
        return Ok(None);
    };
    let State::Completed { progress, .. } = &case.application.state else {
        return Ok(None);
    };
    let Some(owed) = owed_by_page(service, &case.row.id, progress, &handover.id)? else {
        return Ok(None);
    };
    for kept in tx.journal(&handover.application).await? {
        let line: Line = serde_json::from_str(&kept.body)
            .map_err(|error| JobError::unreadable("a journal line", &error))?;
        if let Some(account) = account(&line.event, owed.step.as_str()) {
            return Ok(Some(account));
        }
    }
    Ok(None)
}

fn account(event: &Event, step: &str) -> Option<Uuid> {
    let receipt = match event {
        Event::StepDone { step: done, receipt } if done.as_str() == step => receipt,
        Event::RowsEnded { rows } => {
            let ended = rows.iter().find(|ended| ended.row.as_str() == step)?;
            match &ended.end {
                RowEnd::Done { receipt } => receipt,
                RowEnd::Failed { .. } => return None,
            }
        }
        _ => return None,
    };
    receipt["account"].as_str().and_then(|id| id.parse().ok())
}
