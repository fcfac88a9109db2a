//! Webhook subscriptions: made, renewed at half their life, made again when gone.

use jiff::{SignedDuration, Timestamp};
use m365::sharepoint::{List, SUBSCRIPTION_MAX_DAYS, Subscription};
use secrecy::{ExposeSecret, SecretString};

use super::SetupError;
use super::change::{Action, Changes};
use super::hints::address;
use crate::evidence::EvidenceError;
use crate::expiries::subscriptions;
use crate::http::is_secret;
use crate::service::Service;

/// The path at which our server takes notifications.
pub const HOOK_PATH: &str = "/hooks/sharepoint";

/// The client state of our subscriptions: SharePoint repeats it in every notification, nobody else knows it.
/// Derived from the evidence key, so that setup and every instance agree without a table.
pub fn client_state(service: &Service) -> Result<SecretString, EvidenceError> {
    Ok(SecretString::from(
        service.evidence.derive("webhook client state")?,
    ))
}

/// Makes one live subscription of `list` to our server. During creation SharePoint calls it, so it must be
/// reachable.
pub(super) async fn ensure(
    service: &Service,
    list: &List,
    name: &str,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let (url, now) = (address(service, HOOK_PATH), service.clock.now());
    let life = SignedDuration::from_hours(24 * i64::from(SUBSCRIPTION_MAX_DAYS - 1));
    let end = now.checked_add(life).unwrap_or(Timestamp::MAX);
    let half = now.checked_add(life / 2).unwrap_or(Timestamp::MAX);
    let state = client_state(service)?;
    let standing = ours(list, &url, &state).await?;
    one_only(list, &standing, name, changes).await?;
    let ends = match standing.first() {
        Some(standing) if standing.expiration_date_time > half && bears(standing, &state) => {
            standing.expiration_date_time
        }
        Some(standing) if changes.wanted(Action::RenewSubscription, name) => {
            list.renew(standing.id, end, &state).await?;
            end
        }
        Some(standing) => standing.expiration_date_time,
        None if changes.wanted(Action::Subscribe, name) => {
            list.subscribe(&url, end, &state).await?;
            // Another instance may have found none either, and subscribed in the meantime.
            one_only(list, &ours(list, &url, &state).await?, name, changes).await?;
            end
        }
        None => return Ok(()),
    };
    Ok(subscriptions::keep(service, name, ends).await?)
}

/// Those that lead to our server, the one that stays first: every instance that looks picks the same.
async fn ours(list: &List, url: &str, state: &SecretString) -> Result<Vec<Subscription>, SetupError> {
    let standing = match list.subscriptions().await {
        // A plan for a list that is still to be made.
        Err(error) if error.is_not_found() => Vec::new(),
        standing => standing?,
    };
    let to_us = |subscription: &Subscription| subscription.notification_url == url;
    let mut ours: Vec<_> = standing.into_iter().filter(to_us).collect();
    ours.sort_by_key(|subscription| (!bears(subscription, state), subscription.id.0));
    Ok(ours)
}

/// Ends all but the first, which bring each notification once more.
async fn one_only(
    list: &List,
    ours: &[Subscription],
    name: &str,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    for double in ours.iter().skip(1) {
        if changes.wanted(Action::RemoveSubscription, name) {
            match list.unsubscribe(double.id).await {
                // Another instance was faster.
                Err(error) if error.is_not_found() => {}
                ended => ended?,
            }
        }
    }
    Ok(())
}

/// Whether notifications will be believed: under another evidence key all of them would be turned away.
fn bears(standing: &Subscription, state: &SecretString) -> bool {
    let shown = standing.client_state.as_deref();
    shown.is_none_or(|shown| is_secret(shown, state.expose_secret().as_bytes()))
}
