//! Webhook subscriptions: one for each list.

use crate::sql::{Row, args};
use crate::{StoreError, Tx};
use jiff::Timestamp;

#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSubscription {
    pub site: String,
    pub list: String,
    pub subscription: String,
    /// Secret that SharePoint repeats in every notice.
    pub client_state: String,
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for WebhookSubscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            site,
            list,
            subscription,
            expires_at,
            ..
        } = self;
        write!(
            f,
            "WebhookSubscription({subscription} on {site} {list} until {expires_at})"
        )
    }
}

impl Tx {
    /// Keeps the subscription of its list, in place of an older one.
    pub async fn save_webhook(&mut self, webhook: &WebhookSubscription) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO webhook (tenant, site, list, subscription, client_state, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, site, list) DO UPDATE SET
            subscription = excluded.subscription, client_state = excluded.client_state,
            expires_at = excluded.expires_at";
        let mut args = args![&self.tenant, &webhook.site, &webhook.list, &webhook.subscription];
        args.extend(args![&webhook.client_state, webhook.expires_at]);
        self.run_unique(SQL, args, &["subscription"]).await.map(|_| ())
    }

    pub async fn webhook(&mut self, subscription: &str) -> Result<Option<WebhookSubscription>, StoreError> {
        const SQL: &str = "SELECT * FROM webhook WHERE tenant = $1 AND subscription = $2";
        self.row(SQL, args![&self.tenant, subscription])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// All of the tenant, those that expire first in front.
    pub async fn webhooks(&mut self) -> Result<Vec<WebhookSubscription>, StoreError> {
        const SQL: &str = "SELECT * FROM webhook WHERE tenant = $1 ORDER BY expires_at, site, list";
        self.rows(SQL, args![&self.tenant])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    pub async fn remove_webhook(&mut self, subscription: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM webhook WHERE tenant = $1 AND subscription = $2";
        self.run(SQL, args![&self.tenant, subscription]).await.map(|_| ())
    }
}

fn read(row: &Row) -> Result<WebhookSubscription, StoreError> {
    Ok(WebhookSubscription {
        site: row.get("site")?,
        list: row.get("list")?,
        subscription: row.get("subscription")?,
        client_state: row.get("client_state")?,
        expires_at: row.time("expires_at")?,
    })
}
