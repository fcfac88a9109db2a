//! What may stand as `app.federation`: another issuer proves the app.

use std::path::PathBuf;

use serde::Deserialize;
use url::{Host, Url};
use uuid::Uuid;

use super::App;

/// Another issuer's token proves the app, so nothing has to be renewed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Federation {
    /// A file that the platform keeps fresh.
    TokenFile(PathBuf),
    /// The identity of the Azure machine; of several the one with this client id.
    ManagedIdentity {
        client_id: Option<Uuid>,
        /// Who gives its token, where that is not the metadata service of the machine: a proxy before it.
        endpoint: Option<Url>,
    },
}

impl Federation {
    /// The first thing that is wrong, by its key, with the remedy.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        match self {
            Self::ManagedIdentity {
                endpoint: Some(endpoint),
                ..
            } if endpoint.scheme() != "https" && !is_of_this_machine(endpoint) => Err((
                "app.federation.managed_identity.endpoint",
                "must be https, or http at a loopback or link-local address: whoever hears the token is the app"
                    .into(),
            )),
            Self::TokenFile(_) | Self::ManagedIdentity { .. } => Ok(()),
        }
    }
}

/// What is sent there in the clear leaves no machine.
fn is_of_this_machine(url: &Url) -> bool {
    url.scheme() == "http"
        && match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback() || address.is_link_local(),
            Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unicast_link_local(),
            Some(Host::Domain(_)) | None => false,
        }
}

impl App {
    /// What proves the app where no certificate of ours does: then nothing of ours runs out.
    pub(crate) fn federation_alone(&self) -> Option<&Federation> {
        self.federation.as_ref().filter(|_| self.certificate.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_s_token_is_asked_for_on_the_machine_or_by_tls() {
        let at = |endpoint: &str| Federation::ManagedIdentity {
            client_id: None,
            endpoint: Some(endpoint.parse().unwrap()),
        };
        for good in [
            "http://127.0.0.1:4000/token",
            "http://169.254.169.254/metadata/identity/oauth2/token",
            "http://[::1]/token",
            "https://identity.contoso.example/token",
        ] {
            assert_eq!(at(good).check(), Ok(()), "{good}");
        }
        for bad in [
            "http://identity.contoso.example/token",
            "http://10.0.0.1/token",
            "ftp://127.0.0.1/token",
        ] {
            let (key, remedy) = at(bad).check().unwrap_err();
            assert!(key.ends_with("endpoint") && remedy.contains("https"), "{bad}");
        }
    }
}
