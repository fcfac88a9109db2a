//! What a token of ours grants. Read for self-tests only: a token is its resource's to judge.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::ExposeSecret;
use serde::Deserialize;
use uuid::Uuid;

use crate::{Error, Result, Service, token::Token};

/// How the app proved itself to get a token (claim `appidacr`, in v2 tokens `azpacr`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvedBy {
    /// By a client secret: SharePoint refuses such a token.
    Secret,
    Certificate,
    /// The token does not say.
    Unknown,
}

/// The claims of a token that a self-test shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenFacts {
    /// Granted application permissions, e.g. `Sites.Selected`.
    pub roles: Vec<String>,
    pub proved_by: ProvedBy,
    pub tenant_id: Option<Uuid>,
    /// Object id of our service principal.
    pub object_id: Option<Uuid>,
    /// Ids of the directory roles that it holds, as far as the token tells; Exchange goes by them.
    pub directory_roles: Vec<Uuid>,
}

#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    roles: Vec<String>,
    #[serde(alias = "azpacr")]
    appidacr: Option<String>,
    tid: Option<Uuid>,
    oid: Option<Uuid>,
    #[serde(default)]
    wids: Vec<String>,
}

impl TokenFacts {
    pub(crate) fn of(token: &Token) -> Result<Self> {
        let claims = claims(token.bearer.expose_secret());
        let unreadable = || {
            Error::broken(
                Service::Login,
                "read a token",
                "a token whose claims cannot be read",
            )
        };
        let claims = claims.ok_or_else(unreadable)?;
        let proved_by = match claims.appidacr.as_deref() {
            Some("1") => ProvedBy::Secret,
            Some("2") => ProvedBy::Certificate,
            _ => ProvedBy::Unknown,
        };
        Ok(Self {
            roles: claims.roles,
            proved_by,
            tenant_id: claims.tid,
            object_id: claims.oid,
            directory_roles: claims.wids.iter().filter_map(|id| id.parse().ok()).collect(),
        })
    }
}

fn claims(jwt: &str) -> Option<Claims> {
    let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_what_it_grants_and_how_it_was_got() {
        let payload = URL_SAFE_NO_PAD.encode(
            r#"{"roles":["Sites.Selected"],"appidacr":"1","wids":["29232cdf-9323-42fd-ade2-1d097af3e4de"]}"#,
        );
        let claims = claims(&format!("h.{payload}.s")).unwrap();
        let role = crate::graph::DirectoryRole::EXCHANGE_ADMINISTRATOR;
        assert_eq!(claims.wids, [role.to_string()]);
        assert_eq!(
            (claims.roles, claims.appidacr.as_deref()),
            (vec!["Sites.Selected".to_owned()], Some("1"))
        );
        assert!(super::claims("opaque").is_none());
    }
}
