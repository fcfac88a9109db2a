//! Webhook subscriptions: made, renewed at half their life, made again when gone.

use jiff::{SignedDuration, Timestamp};
use m365::sharepoint::{List, SUBSCRIPTION_MAX_DAYS};
use secrecy::SecretString;
use store::jobs::JobEnd;

use super::SetupError;
use super::change::{Action, Changes, Mode};
use crate::evidence::EvidenceError;
use crate::jobs::JobError;
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

/// Makes every list that people write into have a live subscription.
pub async fn ensure_all(service: &Service, changes: &mut Changes) -> Result<(), SetupError> {
    let url = hook_url(service);
    let secret = client_state(service)?;
    for which in super::watched(&service.site).await? {
        let list = service.list(which);
        ensure(&list, &which.url(), &url, &secret, service.clock.now(), changes).await?;
    }
    Ok(())
}

/// As a job: keeps them alive, and comes again.
pub(crate) async fn keep(service: &Service) -> Result<JobEnd, JobError> {
    let mut changes = Changes::new(Mode::Apply);
    ensure_all(service, &mut changes).await?;
    Ok(JobEnd::Done)
}

fn hook_url(service: &Service) -> String {
    let base = service.config.server.public_url.as_str();
    format!("{}{HOOK_PATH}", base.trim_end_matches('/'))
}

/// Makes one live subscription of `list` to `url`. During creation SharePoint calls `url`, so our server must
/// be reachable there.
pub async fn ensure(
    list: &List,
    name: &str,
    url: &str,
    secret: &SecretString,
    now: Timestamp,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let life = SignedDuration::from_hours(24 * i64::from(SUBSCRIPTION_MAX_DAYS - 1));
    let end = now.checked_add(life).unwrap_or(Timestamp::MAX);
    let half = now.checked_add(life / 2).unwrap_or(Timestamp::MAX);
    let subscriptions = match list.subscriptions().await {
        // A plan for a list that is still to be made.
        Err(error) if error.is_not_found() => Vec::new(),
        subscriptions => subscriptions?,
    };
    match subscriptions
        .iter()
        .find(|subscription| subscription.notification_url == url)
    {
        Some(standing) if standing.expiration_date_time > half => {}
        Some(standing) => {
            if changes.wanted(Action::RenewSubscription, name) {
                list.renew(standing.id, end).await?;
            }
        }
        None => {
            if changes.wanted(Action::Subscribe, name) {
                list.subscribe(url, end, secret).await?;
            }
        }
    }
    Ok(())
}
