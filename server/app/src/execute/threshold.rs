//! Before the first step: is so much deleted within some hours that an administrator should look first?

use jiff::SignedDuration;
use store::{ApplicationId, DeletionLimit, DeletionOutcome, Tx, transaction};
use workflow::Command;
use workflow::application::TooManyDeletions;

use super::{OVERTAKEN, Round, decide};
use crate::cases::Case;
use crate::config::Deletions;
use crate::jobs::JobError;
use crate::service::Service;

/// Begins, and counts what will be deleted, in one transaction; or holds the whole application, of which nothing is
/// done then.
pub(super) async fn begin(
    service: &Service,
    id: &ApplicationId,
    commands: &[Command],
    wanted: usize,
) -> Result<Round, JobError> {
    let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
    transaction!(service.store.write(&service.tenant), tx => {
        let mut case = Case::load(tx, id).await?.ok_or(OVERTAKEN)?;
        match too_many(tx, service, id, wanted).await? {
            Some(deletions) => decide(tx, service, &mut case, &[Command::HoldDeletions { deletions }]).await,
            None => decide(tx, service, &mut case, commands).await,
        }?;
        Ok(Round::Again)
    })
}

async fn too_many(
    tx: &mut Tx,
    service: &Service,
    id: &ApplicationId,
    wanted: u32,
) -> Result<Option<TooManyDeletions>, JobError> {
    if wanted == 0 {
        return Ok(None);
    }
    let Deletions { most, hours } = service.config.deletions;
    let limit = DeletionLimit {
        most,
        within: SignedDuration::from_hours(hours.into()),
    };
    let counted = tx.count_deletions(id, wanted, limit, service.now()).await?;
    Ok(match counted {
        DeletionOutcome::Counted => None,
        DeletionOutcome::TooMany { before } => Some(TooManyDeletions {
            wanted,
            before,
            most,
            hours,
        }),
    })
}
