//! SharePoint Server (a farm): it takes tokens that we sign ourselves, as an issuer that the farm trusts
//! ("Create and use access tokens in provider-hosted high-trust SharePoint Add-ins").

mod realm;

use std::time::Duration;

use http::{HeaderValue, Method, StatusCode, header};
use jiff::Timestamp;
use openssl::error::ErrorStack;
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use url::Url;
use uuid::Uuid;

use crate::{
    Credential, CredentialFault, Error, Origin, OriginError, Result, Service, Tenant,
    call::Call,
    clock::after,
    jwt::{self, Signing},
    token::{Token, fault},
};
pub use realm::{Realm, RealmError};

/// SharePoint's own principal, the same in every farm.
const SHAREPOINT: &str = "00000003-0000-0ff1-ce00-000000000000";

/// Microsoft's sample lets a token live for twelve hours; a stolen one should die sooner.
const LIFE: Duration = Duration::from_hours(1);

/// Which SharePoint holds the site, and so who signs the tokens for it.
#[derive(Debug, Clone)]
pub enum SharePoint {
    /// SharePoint Online: Entra, for the credentials of the app registration.
    Online,
    /// SharePoint Server: we do. Everything else stays with Entra.
    Server(Box<Farm>),
}

/// A farm that trusts an issuer of ours.
#[derive(Debug, Clone)]
pub struct Farm {
    site: Url,
    host: Origin,
    issuer: Uuid,
    credential: Credential,
    realm: OnceCell<Realm>,
}

/// A farm cannot be spoken of like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FarmError {
    #[error(transparent)]
    Address(#[from] OriginError),
    /// SharePoint Online takes tokens of Entra alone.
    #[error("{0} is SharePoint Online, which takes tokens of Entra alone")]
    Online(Origin),
}

impl Farm {
    /// The farm of `site`. `issuer` and the public half of `credential` are registered there as a trusted token
    /// issuer; without a `realm` the farm is asked for it.
    pub fn new(
        site: &Url,
        issuer: Uuid,
        credential: Credential,
        realm: Option<Realm>,
    ) -> std::result::Result<Self, FarmError> {
        let host = Origin::of(site)?;
        if host.is_sharepoint_online() {
            return Err(FarmError::Online(host));
        }
        let (site, realm) = (site.clone(), OnceCell::new_with(realm));
        Ok(Self {
            site,
            host,
            issuer,
            credential,
            realm,
        })
    }

    /// Whether a token of ours may be shown there.
    pub(crate) fn is_at(&self, resource: &Origin) -> bool {
        self.host == *resource
    }

    /// An app-only token: no `trustedfordelegation`, so nobody can speak for a person with it.
    fn token(&self, client_id: Uuid, realm: &Realm, now: Timestamp) -> Result<Token> {
        if self.credential.expires() <= now {
            return Err(fault(
                CredentialFault::Expired,
                "the farm's certificate has run out",
            ));
        }
        let expires = after(now, LIFE);
        let claims = self.claims(client_id, realm, now, expires);
        let text = jwt::sign(&self.credential, Signing::Rs256, &claims);
        let unsigned = |error: ErrorStack| fault(CredentialFault::Refused, &error.to_string());
        Ok(Token::new(text.map_err(unsigned)?, expires))
    }

    fn claims(&self, client_id: Uuid, realm: &Realm, now: Timestamp, expires: Timestamp) -> Value {
        let host = self.host.authority();
        json!({
            "aud": format!("{SHAREPOINT}/{host}@{realm}"),
            "iss": format!("{}@{realm}", self.issuer),
            "nameid": format!("{client_id}@{realm}"),
            "nbf": now.as_second().to_string(),
            "exp": expires.as_second().to_string(),
        })
    }
}

impl Tenant {
    pub(crate) async fn farm_token(&self, farm: &Farm) -> Result<Token> {
        let realm = farm.realm.get_or_try_init(|| self.ask_realm(farm)).await?;
        farm.token(self.inner.identity.client_id, realm, self.inner.now())
    }

    /// A farm names its realm when it refuses a request with an empty token.
    async fn ask_realm(&self, farm: &Farm) -> Result<Realm> {
        const OPERATION: &str = "ask the farm for its realm";
        let address = format!("{}/_api/web", farm.site.as_str().trim_end_matches('/'));
        let url = Url::parse(&address).map_err(|_| Error::unaddressable(Service::SharePoint, OPERATION))?;
        let call = Call::new(Service::SharePoint, OPERATION, Method::GET, url)
            .header(header::AUTHORIZATION, HeaderValue::from_static("Bearer"))
            .answered_by(StatusCode::UNAUTHORIZED);
        let answer = self.paced(&call, None).await?;
        Realm::of_challenge(&answer.headers)
            .ok_or_else(|| answer.broken("the farm names no realm: does it take OAuth tokens?"))
    }
}

#[cfg(test)]
mod tests;
