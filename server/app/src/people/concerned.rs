//! Which applications a change of a person concerns.

use jiff::SignedDuration;
use store::Tx;
use workflow::PersonId;

use super::Known;
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// Closed applications are mended after the open ones.
const AFTER_THE_OPEN: SignedDuration = SignedDuration::from_secs(60);

/// Asks for every item in which the person takes part to be made as it must be. A new login or a leave concerns
/// the rights on closed items too; anything else is seen only where work goes on.
pub(super) async fn ask(
    tx: &mut Tx,
    service: &Service,
    id: &PersonId,
    (before, after): (&Known, &Known),
) -> Result<(), JobError> {
    // In which language mails are written to him, no item shows.
    let alike = Known {
        language: after.language.clone(),
        ..before.clone()
    };
    if alike == *after {
        return Ok(());
    }
    let is_about_rights = before.upn != after.upn || before.standing != after.standing;
    let now = service.now();
    let later = now.checked_add(AFTER_THE_OPEN).unwrap_or(now);
    let reader = store::PersonId::new(id.as_str());
    for (application, code) in tx.applications_concerning(&reader).await? {
        let is_closed = is_closed(&code);
        if is_closed && !is_about_rights {
            continue;
        }
        let job = Task::Publish { application }.job(if is_closed { later } else { now })?;
        tx.enqueue(&job).await?;
    }
    Ok(())
}

/// An unknown code is taken as open: publishing once too often is harmless.
fn is_closed(code: &str) -> bool {
    let code: Option<workflow::Code> = serde_json::from_value(code.into()).ok();
    code.is_some_and(workflow::Code::is_closed)
}
