//! The step between registering and switching: the new one must do the product's calls, alone and several times.

use jiff::{SignedDuration, Timestamp};

use super::advance::{Halt, write};
use super::begin::configured;
use super::checks::{self, Failed};
use super::event::{Event, Which};
use super::in_use;
use super::obstacle::{Obstacle, Stop, is_not_taken};
use super::renewal::{Phase, Renewal};
use crate::jobs::JobError;
use crate::service::Service;

/// One round by the new certificate, and by the new secret where there is one.
pub(super) async fn prove(service: &Service, holder: &str, renewal: &Renewal) -> Result<Option<Halt>, Stop> {
    let Phase::Added {
        fresh, since, passed, ..
    } = &renewal.phase
    else {
        return Ok(None);
    };
    let secret = fresh.secret.as_ref().map(|secret| secret.id.clone());
    let kept = std::iter::once(fresh.certificate.id.clone()).chain(secret);
    let kept: Vec<_> = kept.map(Which::Kept).collect();
    let mut checks = Vec::new();
    for proof in in_use::proofs(service, &kept).await? {
        match checks::round(service, &proof).await {
            Ok(done) => checks.extend(done),
            Err(Failed {
                error: JobError::Remote(error),
                ..
            }) if is_not_taken(&error) => {
                if *passed > 0 {
                    let code = error.code.clone();
                    write(service, holder, renewal, &Event::Unready { code }).await?;
                }
                return unready(service, *since);
            }
            Err(failed) => return Err(failed.into()),
        }
    }
    write(service, holder, renewal, &Event::Passed { checks }).await?;
    Ok(None)
}

fn unready(service: &Service, since: Timestamp) -> Result<Option<Halt>, Stop> {
    let renewing = &configured(service)?.renewal;
    let now = service.now();
    let patience = SignedDuration::from_mins(i64::from(renewing.patience));
    if now.duration_since(since) > patience {
        return Err(Obstacle::ReplicationSlow { since }.into());
    }
    let pause = SignedDuration::from_secs(i64::from(renewing.pause.max(1)));
    let until = now.checked_add(pause).unwrap_or(now);
    Ok(Some(Halt::Unready { until }))
}
