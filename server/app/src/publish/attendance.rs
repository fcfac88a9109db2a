//! Whoever has left is not waited for: a step that too few are left for is parked, and goes on when they are back.

use std::collections::BTreeSet;

use workflow::PersonId;
use workflow::application::attendance;

use crate::cases::{Case, act};
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

/// Whether the state changed; publishing the new one was asked for then.
pub(super) async fn settle(service: &Service, case: &Case) -> Result<bool, JobError> {
    let Some(review) = case.application.review() else {
        return Ok(false);
    };
    let asked: BTreeSet<&PersonId> = review.asking.pending().chain(&review.held_by).collect();
    let left = people::left(service, asked).await?;
    match attendance(&case.application, &case.definition, &left) {
        Some(command) => act(service, &case.row.id, &command).await.map(|_| true),
        None => Ok(false),
    }
}
