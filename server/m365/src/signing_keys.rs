//! The public keys with which Entra signs tokens of a tenant.

use http::Method;
use serde_json::Value;
use url::Url;

use crate::{Error, Result, Service, Tenant, call::Call};

impl Tenant {
    /// The published keys (a JSON Web Key Set, RFC 7517) of this tenant's issuer. Public: no token is sent.
    /// Entra rolls keys without notice ("Signing key rollover in the Microsoft identity platform"), so read
    /// them again when a token names an unknown one.
    pub async fn signing_keys(&self) -> Result<Value> {
        const OPERATION: &str = "read signing keys";
        let endpoint = self.inner.identity.endpoint.as_str();
        let address = endpoint.replace("/oauth2/v2.0/token", "/discovery/v2.0/keys");
        let url = Url::parse(&address).map_err(|_| Error::unaddressable(Service::Login, OPERATION))?;
        self.paced(&Call::new(Service::Login, OPERATION, Method::GET, url), None)
            .await?
            .json()
    }
}
