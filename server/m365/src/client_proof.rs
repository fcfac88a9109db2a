//! How the app proves to Entra who it is when it asks for a token.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::Timestamp;
use secrecy::SecretString;

use crate::{Credential, ManagedIdentity};

/// A secret that Entra made; SharePoint takes no tokens that were got by one.
#[derive(Clone)]
pub struct ClientSecret {
    pub text: SecretString,
    pub expires: Timestamp,
}

/// One way for the app to prove who it is.
#[derive(Debug, Clone)]
pub enum ClientProof {
    /// An assertion signed by the certificate's key.
    Certificate(Credential),
    Secret(ClientSecret),
    /// A token of another issuer that Entra trusts for this app, from a file that the platform keeps fresh
    /// (workload identity federation). It is read for each request, so nothing of ours has to be renewed.
    TokenFile(PathBuf),
    /// The same, with the token of the machine's own identity.
    ManagedIdentity(ManagedIdentity),
}

impl ClientProof {
    /// When it runs out; `None` for one that somebody else keeps fresh.
    pub fn expires(&self) -> Option<Timestamp> {
        match self {
            Self::Certificate(credential) => Some(credential.expires()),
            Self::Secret(secret) => Some(secret.expires),
            Self::TokenFile(_) | Self::ManagedIdentity(_) => None,
        }
    }
}

impl From<Credential> for ClientProof {
    fn from(credential: Credential) -> Self {
        Self::Certificate(credential)
    }
}

impl std::fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ClientSecret(until {})", self.expires)
    }
}

/// The proofs of one app, newest first, exchanged while it runs: whoever is in the middle of a request keeps those
/// that it began with.
#[derive(Debug)]
pub(crate) struct Proofs(RwLock<Arc<[ClientProof]>>);

impl Proofs {
    pub(crate) fn new(proofs: Vec<ClientProof>) -> Self {
        Self(RwLock::new(proofs.into()))
    }

    pub(crate) fn now(&self) -> Arc<[ClientProof]> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn replace(&self, proofs: Vec<ClientProof>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = proofs.into();
    }
}
