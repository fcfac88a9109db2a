//! Who still relies on the old credential: instances on this database that have not gone over. As long as one of them
//! lives the old one stays, or it would stand there without any.

use jiff::{SignedDuration, Timestamp};
use store::{Instance, KeyHeld, StoreError, transaction};

use super::advance::Halt;
use super::decide::Wait;
use super::event::Which;
use super::journal;
use super::obstacle::{Obstacle, Stop};
use super::renewal::{Fresh, Phase, Renewal};
use crate::instances;
use crate::service::Service;

/// So long after the overlap they are waited for; then a person must look.
const GRACE: SignedDuration = SignedDuration::from_mins(10);
/// They are looked at again after this long.
const LOOK: SignedDuration = SignedDuration::from_secs(15);

/// All that live.
pub(super) async fn at_work(service: &Service) -> Result<Vec<Instance>, StoreError> {
    let live = service.now() - instances::LIVE;
    transaction!(service.store.read(&service.tenant), tx => tx.instances(live).await)
}

/// Names of the instances that have not gone over although the app has, and had the time to.
pub(crate) async fn lagging(service: &Service) -> Result<Vec<String>, Stop> {
    let Some((renewal, _)) = journal::last(service).await? else {
        return Ok(Vec::new());
    };
    match &renewal.phase {
        Phase::Switched { at, .. } if service.now().duration_since(*at) < instances::LIVE => Ok(Vec::new()),
        Phase::Switched { fresh, .. } | Phase::Removed(fresh) => not_by(service, fresh).await,
        _ => Ok(Vec::new()),
    }
}

async fn not_by(service: &Service, fresh: &Fresh) -> Result<Vec<String>, Stop> {
    let new = Which::Kept(fresh.certificate.id.clone());
    let lagging = at_work(service).await?.into_iter();
    let lagging = lagging.filter(|instance| instance.proof.as_deref() != Some(new.name()));
    Ok(lagging.map(|instance| instance.name).collect())
}

/// Names of the instances that could not go over, although the app can be renewed.
pub(crate) async fn keyless(service: &Service) -> Result<Vec<String>, StoreError> {
    if service.config.credentials.is_none() {
        return Ok(Vec::new());
    }
    let keyless = at_work(service).await?.into_iter();
    let keyless = keyless.filter(|instance| instance.key == KeyHeld::Nothing);
    Ok(keyless.map(|instance| instance.name).collect())
}

/// Before the old one goes: something to wait for, or somebody to look after. `None`: it may go.
pub(super) async fn waited_for(
    service: &Service,
    renewal: &Renewal,
    overlap: SignedDuration,
) -> Result<Option<Halt>, Stop> {
    let Phase::Switched { fresh, at } = &renewal.phase else {
        return Ok(None);
    };
    // One that ran out protects nobody.
    if renewal.plan.old.ends <= service.now() {
        return Ok(None);
    }
    let lagging = not_by(service, fresh).await?;
    if lagging.is_empty() {
        return Ok(None);
    }
    let now = service.now();
    let patience = at.checked_add(overlap).and_then(|end| end.checked_add(GRACE));
    if now < patience.unwrap_or(Timestamp::MAX) {
        return Ok(Some(Halt::Wait {
            until: now + LOOK,
            why: Wait::Lagging,
        }));
    }
    Err(Obstacle::Lagging { instances: lagging }.into())
}
