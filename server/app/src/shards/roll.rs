//! The budget of scopes is kept: the next list is opened in time, and closed applications of full ones are folded.

use m365::Verdict;
use m365::sharepoint::ListInfo;
use store::jobs::JobEnd;
use store::{Ordinal, Shard, StoreError, transaction};

use super::{fold, known, url};
use crate::jobs::{JobError, Task};
use crate::places::UNREADY;
use crate::service::Service;
use crate::setup::{self, SetupError};

/// Everything here begins with a look, so that a run that was killed, or two at once, end with one list.
pub(crate) async fn look(service: &Service) -> Result<JobEnd, JobError> {
    let shards = known(service).await?;
    let newest = shards.last().ok_or(UNREADY)?;
    let scopes: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.scopes(&newest.url).await);
    if scopes? >= service.config.scopes.roll_mark() {
        open(service, newest.ordinal.next()).await?;
    }
    for shard in &shards {
        fold::start(service, shard).await?;
    }
    Ok(JobEnd::Done)
}

async fn open(service: &Service, ordinal: Ordinal) -> Result<(), JobError> {
    let made = setup::open_shard(&service.site, &service.config, ordinal).await;
    let list = made.map_err(patient)?;
    begin(service, ordinal, &list).await
}

/// Without the next list nothing more can be sealed one day: whatever is wrong, this is tried again.
fn patient(error: SetupError) -> JobError {
    tracing::error!(
        error = &error as &dyn std::error::Error,
        "the next list of applications cannot be made"
    );
    match error {
        SetupError::Remote(error)
            if !matches!(
                error.verdict,
                Verdict::NotFound | Verdict::Conflict | Verdict::Invalid | Verdict::Broken
            ) =>
        {
            error.into()
        }
        _ => JobError::Wait("the next list of applications cannot be made"),
    }
}

/// From now on new applications go there. Its change log is followed from before the first of them.
async fn begin(service: &Service, ordinal: Ordinal, list: &ListInfo) -> Result<(), JobError> {
    let now = service.now();
    let site = service.site.url().to_owned();
    let shard = Shard {
        ordinal,
        url: url(ordinal),
        list: list.id.to_string(),
        opened_at: now,
        closed_at: None,
    };
    transaction!(service.store.write(&service.tenant), tx => {
        if tx.open_shard(&shard).await? {
            tx.save_change_token(&site, &shard.url, &list.current_change_token.value).await?;
            tx.enqueue(&Task::Webhooks.job(now)?).await?;
            tracing::info!(list = shard.url, "a list of applications is opened");
        }
        Ok(())
    })
}
