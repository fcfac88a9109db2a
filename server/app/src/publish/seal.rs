//! The item is made once: created, cut off and shared in one request.

use std::collections::BTreeSet;

use m365::Verdict;
use m365::csom::{Grant, MOST_GRANTS, Seal};
use m365::sharepoint::ItemId;
use store::ApplicationId;
use uuid::Uuid;

use super::cell::Wish;
use super::shown;
use crate::jobs::JobError;
use crate::service::Service;

/// Not repeatable in itself: the caller looked by `PFSource` first, and looks again whatever goes wrong here.
pub(super) async fn create(
    service: &Service,
    id: &ApplicationId,
    list: Uuid,
    (wish, want): (&Wish, &BTreeSet<Grant>),
) -> Result<ItemId, JobError> {
    let intended = wish.columns();
    shown::change(service, id, |shown| shown.intend(&intended)).await?;
    let seal = Seal {
        fields: wish.fields(),
        // More are given right afterwards, when the permissions are made to be the set.
        grants: want.iter().copied().take(MOST_GRANTS).collect(),
        drop_app_row: true,
    };
    let mut outcomes = service.site.seal(list, &[seal]).await?;
    match outcomes.pop() {
        Some(Ok(sealed)) => Ok(sealed.item),
        // Some of it may stand: the next run finds the item and mends it.
        Some(Err(error)) if error.verdict == Verdict::Conflict => {
            Err(JobError::Wait("the item was made already; looking for it"))
        }
        Some(Err(error)) => Err(error.into()),
        None => Err(JobError::Stuck("an item too large to be sealed".into())),
    }
}
