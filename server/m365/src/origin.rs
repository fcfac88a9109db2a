//! Scheme and host that a token may be shown to.

use std::fmt;

use url::{Host, Url};

/// "Microsoft 365 URLs and IP address ranges": worldwide, US government, US defence, China.
const ONLINE: [&str; 4] = [
    ".sharepoint.com",
    ".sharepoint.us",
    ".sharepoint-mil.us",
    ".sharepoint.cn",
];

/// `https://host`, or plain http on a loopback address (tests only). Without a path.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Origin(String);

/// The text is no origin that may be trusted with a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an https address: {0}")]
pub struct OriginError(pub String);

impl Origin {
    /// Reads `https://host`; whatever follows the host is ignored.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let url = Url::parse(text).map_err(|_| OriginError(text.to_owned()))?;
        Self::of(&url)
    }

    /// An origin that stands in our own source.
    pub(crate) fn constant(origin: &'static str) -> Self {
        Self(origin.to_owned())
    }

    /// The origin of an address.
    pub fn of(url: &Url) -> Result<Self, OriginError> {
        if url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)) {
            Ok(Self(url.origin().ascii_serialization()))
        } else {
            Err(OriginError(url.to_string()))
        }
    }

    /// The address that an answer named, if it leads to this origin: nothing is asked of another host.
    pub(crate) fn own(&self, address: &str) -> Option<Url> {
        let url = Url::parse(address).ok()?;
        (Self::of(&url).as_ref() == Ok(self)).then_some(url)
    }

    /// Whether Microsoft runs it: every site of SharePoint Online, in every cloud, lies below one of these names.
    pub fn is_sharepoint_online(&self) -> bool {
        let host = self.authority().split(':').next().unwrap_or_default();
        ONLINE.iter().any(|domain| host.ends_with(domain))
    }

    /// `host`, or `host:port` where the port is not the scheme's own.
    pub(crate) fn authority(&self) -> &str {
        self.0
            .split_once("://")
            .map_or(&*self.0, |(_, authority)| authority)
    }

    /// `https://host`, no slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_loopback_may_see_a_token() {
        assert!(Origin::parse("https://contoso.sharepoint.com/sites/flow").is_ok());
        assert!(Origin::parse("http://127.0.0.1:8080").is_ok());
        assert!(Origin::parse("http://contoso.sharepoint.com").is_err());
        assert!(Origin::parse("http://localhost.evil.example").is_err());
        assert!(Origin::parse("contoso.sharepoint.com").is_err());
    }
}
