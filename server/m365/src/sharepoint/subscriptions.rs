//! Webhooks of a list: hints that something happened.

use http::Method;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::List;
use crate::{Result, odata};

/// Longest life of a subscription ("Overview of SharePoint webhooks").
pub const SUBSCRIPTION_MAX_DAYS: u32 = 180;

/// Id of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct SubscriptionId(pub Uuid);

/// A webhook of ours.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    pub id: SubscriptionId,
    pub notification_url: String,
    pub expiration_date_time: Timestamp,
    /// What SharePoint repeats in every notification, where it shows it.
    pub client_state: Option<String>,
}

impl List {
    fn subscriptions_path(&self) -> String {
        format!("{}/subscriptions", self.path())
    }

    /// The subscriptions that this app may see.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>> {
        self.site.all("read webhooks", &self.subscriptions_path()).await
    }

    /// Subscribes; during this call SharePoint asks `notification_url` (https, port 443) for a validation
    /// token. Find first by URL: SharePoint makes as many as are asked for.
    pub async fn subscribe(
        &self,
        notification_url: &str,
        expires: Timestamp,
        client_state: &SecretString,
    ) -> Result<Subscription> {
        let body = json!({
            "resource": format!("{}/_api/{}", self.site.url(), self.path()),
            "notificationUrl": notification_url,
            "expirationDateTime": expires,
            "clientState": client_state.expose_secret(),
        });
        self.site
            .post("create a webhook", &self.subscriptions_path(), body)
            .await?
            .json()
    }

    /// Moves the end of a subscription and sets its client state. Idempotent; `NotFound` means: subscribe anew.
    pub async fn renew(
        &self,
        id: SubscriptionId,
        expires: Timestamp,
        client_state: &SecretString,
    ) -> Result<()> {
        let body = json!({ "expirationDateTime": expires, "clientState": client_state.expose_secret() });
        let call = self
            .site
            .call("renew a webhook", Method::PATCH, &self.subscription_path(id))?;
        self.site.tenant.send(call.json(body)).await?;
        Ok(())
    }

    /// Ends a subscription. `NotFound` on repetition.
    pub async fn unsubscribe(&self, id: SubscriptionId) -> Result<()> {
        self.site
            .delete("delete a webhook", &self.subscription_path(id))
            .await
    }

    fn subscription_path(&self, id: SubscriptionId) -> String {
        format!(
            "{}({})",
            self.subscriptions_path(),
            odata::literal(&id.0.to_string())
        )
    }
}
