//! Webhook subscriptions: made, renewed at half their life, made again when gone.

use jiff::{SignedDuration, Timestamp};
use m365::sharepoint::{List, SUBSCRIPTION_MAX_DAYS};
use secrecy::SecretString;

use super::SetupError;
use super::change::{Action, Changes};

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
    let subscriptions = list.subscriptions().await?;
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
