//! A job that cannot go on by itself: administrators are told by mail which application waits for them.

use m365::sharepoint::ItemId;
use store::jobs::Job;
use store::{ApplicationId, Tx};

use super::{JobError, MailWish, Task};
use crate::inbox::Seen;
use crate::mail::{Facts, Kind};
use crate::people;
use crate::service::Service;

/// One mail to each administrator, once for each time that the job stops. In the transaction that parks it.
pub(super) async fn tell(tx: &mut Tx, service: &Service, job: &Job, why: &str) -> Result<(), JobError> {
    let task = Task::read(job).map_err(|error| JobError::unreadable("the job", &error))?;
    let Some(application) = waiting(tx, &task).await? else {
        return Ok(());
    };
    let kind = Kind::Attention;
    for administrator in people::administrators(tx).await? {
        let stop = format!("{}-{}", job.kind, job.lease.fence);
        let wish = MailWish {
            key: format!("{application}:{}:{stop}:{administrator}", kind.word()),
            application: application.clone(),
            to: administrator,
            by: None,
            kind,
            facts: Facts {
                reason: why.to_owned(),
                ..Facts::default()
            },
        };
        tx.enqueue(&Task::Mail(Box::new(wish)).job(service.now())?)
            .await?;
    }
    Ok(())
}

/// The application that waits for this work. A row of the inbox may not have become one yet; whoever asks for the
/// parked jobs is told of it all the same.
async fn waiting(tx: &mut Tx, task: &Task) -> Result<Option<ApplicationId>, JobError> {
    match task {
        Task::Inbox { item } => Ok(Seen::of(tx, ItemId(*item)).await?.application),
        _ => Ok(task.application().cloned()),
    }
}

#[cfg(test)]
mod tests;
