//! App-only tokens by certificate, one cache for each tenant.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use http::Method;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex as AsyncMutex;
use url::Url;
use uuid::Uuid;

use crate::{
    CredentialFault, Error, Origin, Service, Verdict,
    call::{Answer, Call},
    client_proof::Proofs,
    clock::{after, between},
    prove::Field,
};

/// A token is renewed when less than this is left of its life (60 to 90 minutes by default).
const RENEW_BEFORE: Duration = Duration::from_mins(5);

/// Who asks for tokens.
pub(crate) struct Identity {
    pub(crate) endpoint: Url,
    pub(crate) client_id: Uuid,
    /// Older ones serve while Entra has not heard of the newest.
    pub(crate) proofs: Proofs,
}

/// A bearer token and its end.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) bearer: Arc<SecretString>,
    expires: Timestamp,
}

impl Token {
    pub(crate) fn new(bearer: String, expires: Timestamp) -> Self {
        let bearer = Arc::new(SecretString::from(bearer));
        Self { bearer, expires }
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: u64,
}

#[derive(Default)]
struct Slot {
    token: Option<Token>,
    failed: Option<Error>,
}

/// The slot of one resource, and how many fetches for it have failed so far.
#[derive(Default)]
struct Shared {
    failures: AtomicU64,
    slot: AsyncMutex<Slot>,
}

/// Tokens by resource; whoever asks first fetches, the others wait for the same one.
#[derive(Default)]
pub(crate) struct TokenCache {
    slots: Mutex<HashMap<Origin, Arc<Shared>>>,
}

impl TokenCache {
    /// The cached token, or the one that `fetch` gets; those who waited for a fetch that failed share its failure.
    pub(crate) async fn get<F>(
        &self,
        resource: &Origin,
        now: impl Fn() -> Timestamp,
        fetch: F,
    ) -> Result<Token, Error>
    where
        F: AsyncFnOnce() -> Result<Token, Error>,
    {
        let shared = self.shared(resource);
        let failures = shared.failures.load(Ordering::Acquire);
        let mut slot = shared.slot.lock().await;
        if let Some(token) = slot
            .token
            .as_ref()
            .filter(|token| between(now(), token.expires) > RENEW_BEFORE)
        {
            return Ok(token.clone());
        }
        if let Some(error) = &slot.failed
            && shared.failures.load(Ordering::Acquire) != failures
        {
            return Err(error.clone());
        }
        match fetch().await {
            Ok(token) => {
                *slot = Slot {
                    token: Some(token.clone()),
                    failed: None,
                };
                Ok(token)
            }
            Err(error) => {
                slot.failed = Some(error.clone());
                shared.failures.fetch_add(1, Ordering::Release);
                slot.token
                    .clone()
                    .filter(|token| token.expires > now())
                    .ok_or(error)
            }
        }
    }

    /// Forgets a token that a service refused, unless it has been renewed meanwhile.
    pub(crate) async fn forget(&self, resource: &Origin, refused: &Token) {
        let shared = self.shared(resource);
        let mut slot = shared.slot.lock().await;
        if slot
            .token
            .as_ref()
            .is_some_and(|token| Arc::ptr_eq(&token.bearer, &refused.bearer))
        {
            slot.token = None;
        }
    }

    fn shared(&self, resource: &Origin) -> Arc<Shared> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(resource.clone()).or_default())
    }
}

impl Identity {
    /// The request for a token, with the fields by which the app proves who it is.
    pub(crate) fn ask(&self, resource: &Origin, proof: &[Field]) -> Call {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.client_id.to_string())
            .append_pair("scope", &format!("{resource}/.default"))
            .extend_pairs(proof.iter().map(|(name, value)| (name, value.expose_secret())))
            .finish();
        Call::new(Service::Login, "get a token", Method::POST, self.endpoint.clone())
            .body("application/x-www-form-urlencoded", form)
            .read_only()
    }
}

/// Reads Entra's answer.
pub(crate) fn granted(answer: &Answer, now: Timestamp) -> Result<Token, Error> {
    let granted: Granted = answer.json()?;
    let expires = after(now, Duration::from_secs(granted.expires_in));
    Ok(Token::new(granted.access_token, expires))
}

/// A failure that Entra was not even asked about.
pub(crate) fn fault(fault: CredentialFault, why: &str) -> Error {
    Error {
        service: Service::Login,
        operation: "get a token",
        status: None,
        code: None,
        message: why.to_owned(),
        request_id: None,
        verdict: Verdict::Credentials(fault),
    }
}
