//! Entra's published keys, kept for a while and read again when a token names one that is not among them.

use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::jwk::JwkSet;
use moka::future::Cache;
use thiserror::Error;

use super::signature::{BadSignature, key_id};

/// Keys are read again after this long in any case.
const KEEP: Duration = Duration::from_hours(1);
/// An unknown key leads to a fresh read at most this often, whoever invents key ids.
const PAUSE: Duration = Duration::from_mins(1);

#[derive(Debug, Error)]
pub enum KeysError {
    #[error(transparent)]
    Token(#[from] BadSignature),
    #[error("Entra's keys cannot be read now: {0}")]
    Unread(Arc<m365::Error>),
    #[error("Entra's keys are not a key set")]
    Malformed,
}

/// The cache. Cheap to clone.
#[derive(Clone)]
pub struct SigningKeys {
    tenant: m365::Tenant,
    sets: Cache<Freshness, Arc<JwkSet>>,
}

/// Two entries: the usual one, and one that is read when the usual one lacks a key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Freshness {
    Usual,
    Again,
}

impl SigningKeys {
    pub fn new(tenant: m365::Tenant) -> Self {
        let expiry = Lives;
        Self {
            tenant,
            sets: Cache::builder().max_capacity(2).expire_after(expiry).build(),
        }
    }

    /// The set in which the key of `token` should be.
    pub async fn for_token(&self, token: &str) -> Result<Arc<JwkSet>, KeysError> {
        let kid = key_id(token)?;
        let usual = self.read(Freshness::Usual).await?;
        if usual.find(&kid).is_some() {
            return Ok(usual);
        }
        self.read(Freshness::Again).await
    }

    async fn read(&self, freshness: Freshness) -> Result<Arc<JwkSet>, KeysError> {
        let fetch = async { self.tenant.signing_keys().await };
        let parsed = async {
            let keys = fetch.await?;
            // Keys of other kinds than we know do not spoil the set.
            Ok::<_, m365::Error>(Arc::new(
                serde_json::from_value(keys).unwrap_or(JwkSet { keys: Vec::new() }),
            ))
        };
        let set = self
            .sets
            .try_get_with(freshness, parsed)
            .await
            .map_err(KeysError::Unread)?;
        if set.keys.is_empty() {
            Err(KeysError::Malformed)
        } else {
            Ok(set)
        }
    }
}

struct Lives;

impl moka::Expiry<Freshness, Arc<JwkSet>> for Lives {
    fn expire_after_create(
        &self,
        key: &Freshness,
        _: &Arc<JwkSet>,
        _: std::time::Instant,
    ) -> Option<Duration> {
        Some(match key {
            Freshness::Usual => KEEP,
            Freshness::Again => PAUSE,
        })
    }
}
