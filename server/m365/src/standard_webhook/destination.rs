//! Where messages go: an address that the server's administrator named, and the secrets that it shares with us.

use thiserror::Error;
use url::Url;

use super::Secret;

/// One other system.
#[derive(Debug, Clone)]
pub struct Destination {
    url: Url,
    secrets: Vec<Secret>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DestinationError {
    #[error("must be an https address without user name, password and fragment")]
    Address,
    #[error("must name one secret, or two while one takes the other's place")]
    Secrets,
}

impl Destination {
    /// https alone; the first secret is the one in use, a second one is the one that it takes the place of.
    pub fn new(url: Url, secrets: Vec<Secret>) -> Result<Self, DestinationError> {
        Self::check(&url)?;
        if !(1..=2).contains(&secrets.len()) {
            return Err(DestinationError::Secrets);
        }
        Ok(Self { url, secrets })
    }

    /// Whether messages may go there.
    pub fn check(url: &Url) -> Result<(), DestinationError> {
        let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if url.scheme() == "https" && url.host_str().is_some() && bare {
            Ok(())
        } else {
            Err(DestinationError::Address)
        }
    }

    /// As people read it; never the path, which may hold a secret of its own.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r24_only_plain_https_addresses_are_taken() {
        for (url, is_taken) in [
            ("https://badge.contoso.example/orders?site=1", true),
            ("http://badge.contoso.example/orders", false),
            ("https://user@badge.contoso.example/", false),
            ("https://user:word@badge.contoso.example/", false),
            ("https://badge.contoso.example/#a", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(
                Destination::check(&Url::parse(url).unwrap()).is_ok(),
                is_taken,
                "{url}"
            );
        }
    }
}
