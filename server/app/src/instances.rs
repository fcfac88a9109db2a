//! Several instances on one database keep one pace: each says that it is at work and takes its equal part of what
//! Microsoft 365 grants the tenant.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::{Instance, KeyHeld, StoreError, transaction};
use tokio::sync::watch;

use crate::credentials;
use crate::service::Service;

/// An instance says so this often…
const EVERY: SignedDuration = SignedDuration::from_secs(10);
/// … and its part is kept for it until it was silent for this long.
pub(crate) const LIVE: SignedDuration = SignedDuration::from_mins(1);
/// The clock may be moved by others, so it is looked at this often.
const LOOK: Duration = Duration::from_secs(1);

/// Keeps this instance's part of the budgets right until `stop` turns true, and then leaves it to the others.
pub(crate) async fn share(service: Arc<Service>, name: String, mut stop: watch::Receiver<bool>) {
    let mut said: Option<Timestamp> = None;
    let mut key = KeyHeld::Unsaid;
    while !*stop.borrow() {
        let now = service.clock.now();
        if said.is_none_or(|said| now.duration_since(said) >= EVERY) {
            key = credentials::key_held(&service, key);
            match say(&service, &name, key.clone(), now).await {
                Ok(()) => said = Some(now),
                // The part of before goes on to hold.
                Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "instances"),
            }
        }
        let _ = tokio::time::timeout(LOOK, stop.changed()).await;
    }
    let left: Result<(), StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.leave_work(&name).await);
    if let Err(error) = left {
        tracing::error!(error = &error as &dyn std::error::Error, "instances");
    }
}

async fn say(service: &Service, name: &str, key: KeyHeld, now: Timestamp) -> Result<(), StoreError> {
    let this = Instance {
        name: name.to_owned(),
        proof: Some(service.proof.borrow().name().to_owned()),
        key,
        seen: now,
    };
    let live: u32 = transaction!(service.store.write(&service.tenant), tx =>
        tx.at_work(&this, now - LIVE).await)?;
    service
        .microsoft
        .share_budgets(NonZeroU32::new(live).unwrap_or(NonZeroU32::MIN));
    metrics::gauge!("instances").set(f64::from(live));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestService;

    async fn background_units(test: &TestService, name: &str) -> u64 {
        let service = &test.service;
        let now = service.clock.now();
        say(service, name, KeyHeld::Nothing, now).await.unwrap();
        service.microsoft.background_rate().unwrap().units
    }

    #[tokio::test]
    async fn whoever_joins_takes_half_of_the_budget_and_gives_it_back() {
        let test = TestService::open().await;
        let alone = background_units(&test, "one").await;
        background_units(&test, "two").await;
        assert_eq!(background_units(&test, "one").await, alone / 2);
        let (stop, stopped) = watch::channel(true);
        share(Arc::clone(&test.service), "two".to_owned(), stopped).await;
        assert_eq!(background_units(&test, "one").await, alone, "it left");
        background_units(&test, "two").await;
        test.later(SignedDuration::from_secs(61));
        assert_eq!(background_units(&test, "one").await, alone, "it was killed");
        drop(stop);
    }
}
