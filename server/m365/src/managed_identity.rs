//! The identity of the machine itself, which a federated credential of the app registration trusts ("Configure an
//! application to trust a managed identity").

use http::{HeaderName, HeaderValue, Method};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;
use uuid::Uuid;

use crate::{Result, Service, Tenant, call::Call};

/// The instance metadata service of a virtual machine. Plain http: it never leaves the host.
const METADATA_SERVICE: &str = "http://169.254.169.254/metadata/identity/oauth2/token";
const API_VERSION: &str = "2018-02-01";
/// For whom the token is made: Entra itself takes it as an assertion.
const AUDIENCE: &str = "api://AzureADTokenExchange";

/// Which identity of the machine is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagedIdentity {
    /// Client id of a user-assigned identity; `None`: the machine's own.
    pub client_id: Option<Uuid>,
    endpoint: Url,
}

impl ManagedIdentity {
    /// What errors call the question for the machine's token.
    pub const OPERATION: &'static str = "get the machine's token";

    /// The identity that the metadata service of this machine gives.
    ///
    /// # Panics
    /// Never: the address is a constant of ours.
    pub fn of_this_machine(client_id: Option<Uuid>) -> Self {
        Self {
            client_id,
            endpoint: Url::parse(METADATA_SERVICE).expect("a constant address"),
        }
    }

    /// The identity that a service at another address gives, which answers as the metadata service does.
    #[must_use]
    pub fn at(self, endpoint: Url) -> Self {
        Self { endpoint, ..self }
    }
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
}

impl Tenant {
    /// A token of the machine, which Entra takes as the app's assertion.
    pub(crate) async fn machines_token(&self, identity: &ManagedIdentity) -> Result<SecretString> {
        let mut url = identity.endpoint.clone();
        url.query_pairs_mut()
            .append_pair("api-version", API_VERSION)
            .append_pair("resource", AUDIENCE);
        if let Some(client_id) = identity.client_id {
            url.query_pairs_mut()
                .append_pair("client_id", &client_id.to_string());
        }
        let call = Call::new(Service::Login, ManagedIdentity::OPERATION, Method::GET, url).header(
            HeaderName::from_static("metadata"),
            HeaderValue::from_static("true"),
        );
        let given: Given = self.paced(&call, None).await?.json()?;
        Ok(SecretString::from(given.access_token))
    }
}
