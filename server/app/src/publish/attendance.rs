//! Whoever has left is not waited for: a step that too few are left for is parked, and goes on when they are back. Of
//! work by hand administrators are told.

use std::collections::BTreeSet;

use workflow::PersonId;
use workflow::application::attendance;

use crate::cases::{Case, act};
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

/// Whether the state changed; publishing the new one was asked for then.
pub(super) async fn settle(service: &Service, case: &Case) -> Result<bool, JobError> {
    let application = &case.application;
    let review = application.review();
    let Some(asking) = review.map(|review| &review.asking).or(application.asking()) else {
        return Ok(false);
    };
    let holder = review.and_then(|review| review.held_by.as_ref());
    let asked: BTreeSet<&PersonId> = asking.pending().chain(holder).collect();
    let left = people::left(service, asked).await?;
    match attendance(&case.application, &case.definition, &left) {
        Some(command) => act(service, &case.row.id, &command).await.map(|_| true),
        None => Ok(false),
    }
}
