//! Carries notifications to their address over TLS, under the real names.

use std::net::SocketAddr;
use std::time::Duration;

use super::queue::{Delivery, settle, take_due_deliveries};
use crate::world::World;

/// How long SharePoint waits for an answer (Microsoft: "Overview of SharePoint webhooks").
const PATIENCE: Duration = Duration::from_secs(5);

/// The client that leaves the tenant.
#[derive(Debug, Clone)]
pub struct Courier {
    pub(in crate::sharepoint) client: reqwest::Client,
}

impl Courier {
    /// `authority` is the dev CA in PEM; `bends` sends the connection of a host name elsewhere, port included.
    ///
    /// # Errors
    /// A certificate that is none.
    pub fn new(authority: &[u8], bends: &[(String, SocketAddr)]) -> Result<Self, reqwest::Error> {
        let trusted = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_only([reqwest::Certificate::from_pem(authority)?]);
        let bent = bends
            .iter()
            .fold(trusted, |client, (host, address)| client.resolve(host, *address));
        Ok(Self {
            client: bent.build()?,
        })
    }

    /// Asks an address to answer a validation token, as SharePoint does when a subscription is made.
    pub async fn handshake(&self, url: &str, token: &str, client_state: Option<&str>) -> bool {
        let Ok(mut address) = url::Url::parse(url) else {
            return false;
        };
        address.query_pairs_mut().append_pair("validationtoken", token);
        let request = self.client.post(address).header("Content-Length", "0");
        let request = match client_state {
            Some(state) => request.header("ClientState", state),
            None => request,
        };
        match request.send().await {
            Ok(answer) if answer.status() == 200 => answer.text().await.is_ok_and(|text| text == token),
            _ => false,
        }
    }

    /// Delivers everything that is due now, and notes how it went.
    pub async fn deliver_due(&self, world: &World) {
        let due = take_due_deliveries(&mut world.tenant(), &world.names, world.clock.now());
        for delivery in due {
            let delivered = self.deliver(&delivery).await;
            settle(&mut world.tenant(), &delivery, delivered, world.clock.now());
        }
    }

    async fn deliver(&self, delivery: &Delivery) -> bool {
        let mut delivered = true;
        for _ in 0..delivery.copies {
            let sent = self.client.post(&delivery.url).json(&delivery.body).send().await;
            delivered &= sent.is_ok_and(|answer| answer.status().is_success());
        }
        delivered
    }
}
