//! One HTTP client for everything that goes out.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use reqwest::{Certificate, redirect, retry};

/// Microsoft asks callers of SharePoint to decorate their traffic like this
/// ("Avoid getting throttled or blocked in SharePoint Online").
pub const USER_AGENT: &str = "NONISV|ProvisioningFlow|ProvisioningFlow/1.0";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A little above the 90 s after which SharePoint's client.svc gives up itself
/// (SPClientCallableSettings.ExecutionTimeout).
const TIMEOUT: Duration = Duration::from_secs(100);

/// How to reach Microsoft 365.
#[derive(Debug, Clone, Default)]
pub struct TransportSettings {
    /// PEM certificates that alone are trusted; none = the system's store.
    pub ca_pem: Option<Vec<u8>>,
    /// Host name -> address that is dialled instead; names and TLS stay real. When any is given, proxies of
    /// the environment are ignored.
    pub addresses: BTreeMap<String, SocketAddr>,
}

/// The client could not be built.
#[derive(Debug, thiserror::Error)]
#[error("cannot build the HTTP client: {0}")]
pub struct TransportError(#[from] reqwest::Error);

/// The one HTTP client: no redirects, no hidden repetitions, decorated user agent. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Transport(reqwest::Client);

impl Transport {
    /// Builds the client.
    pub fn new(settings: &TransportSettings) -> Result<Self, TransportError> {
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT);
        if let Some(pem) = &settings.ca_pem {
            builder = builder.tls_certs_only(Certificate::from_pem_bundle(pem)?);
        }
        if !settings.addresses.is_empty() {
            builder = builder.no_proxy();
        }
        for (host, address) in &settings.addresses {
            builder = builder.resolve(host, *address);
        }
        Ok(Self(builder.build()?))
    }

    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.0
    }
}
