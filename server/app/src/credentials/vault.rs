//! What proves the app, kept sealed in the store.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use m365::{ClientProof, ClientSecret, Credential, CredentialError};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use store::{DataKey, SealedCredential, StoreError, TenantId, Tx, transaction};
use thiserror::Error;

use super::envelope::{Envelope, EnvelopeError};
use super::master_key::{MasterKey, MasterKeyError};
use crate::config::{Credentials, KeySource};
use crate::service::Service;

/// Why the vault does not open. Nothing is overwritten then.
#[derive(Debug, Error)]
pub(crate) enum VaultError {
    /// The configuration has no section `credentials`.
    #[error("the configuration has no section [credentials]")]
    Unconfigured,
    #[error(transparent)]
    MasterKey(#[from] MasterKeyError),
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    #[error("what is kept is no credential")]
    Malformed,
    #[error(transparent)]
    Credential(#[from] CredentialError),
    #[error("the credential {0} is not kept here")]
    Absent(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What lies within an envelope.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Content {
    Certificate {
        pem: String,
    },
    Secret {
        text: String,
        expires: Timestamp,
    },
    /// Base64.
    DataKey {
        key: String,
    },
}

/// The master keys that the configuration names, as they are now.
pub(crate) struct Vault {
    tenant: TenantId,
    current: MasterKey,
    /// Read only when something lies under another one.
    former: Vec<KeySource>,
    /// In which keys are.
    variables: Vec<String>,
}

impl Vault {
    pub(crate) fn open(service: &Service) -> Result<Self, VaultError> {
        let configured = service
            .config
            .credentials
            .as_ref()
            .ok_or(VaultError::Unconfigured)?;
        Self::of(&service.tenant, configured)
    }

    pub(crate) fn of(tenant: &TenantId, configured: &Credentials) -> Result<Self, VaultError> {
        Ok(Self {
            tenant: tenant.clone(),
            current: MasterKey::read(&configured.master_key, &configured.key_variables())?,
            former: configured.former_master_keys.clone(),
            variables: configured.key_variables(),
        })
    }

    /// Name of the master key under which new ones are kept.
    pub(crate) fn master(&self) -> &str {
        self.current.name()
    }

    pub(crate) fn seal_certificate(
        &self,
        id: &str,
        pem: &SecretSlice<u8>,
        at: Timestamp,
    ) -> Result<SealedCredential, VaultError> {
        let pem = std::str::from_utf8(pem.expose_secret()).map_err(|_| VaultError::Malformed)?;
        let pem = pem.to_owned();
        self.seal(id, &Content::Certificate { pem }, at)
    }

    pub(crate) fn seal_secret(
        &self,
        id: &str,
        secret: &ClientSecret,
        at: Timestamp,
    ) -> Result<SealedCredential, VaultError> {
        let content = Content::Secret {
            text: secret.text.expose_secret().to_owned(),
            expires: secret.expires,
        };
        self.seal(id, &content, at)
    }

    pub(crate) fn seal_data_key(
        &self,
        id: &str,
        key: &DataKey,
        at: Timestamp,
    ) -> Result<SealedCredential, VaultError> {
        let key = STANDARD.encode(key.bytes().expose_secret());
        self.seal(id, &Content::DataKey { key }, at)
    }

    fn seal(&self, id: &str, content: &Content, at: Timestamp) -> Result<SealedCredential, VaultError> {
        let plain = serde_json::to_vec(content).map_err(|_| VaultError::Malformed)?;
        let sealed = Envelope::seal(&SecretSlice::from(plain), &self.place(id), &self.current);
        let Envelope {
            sealed,
            wrapped,
            master,
        } = sealed.map_err(EnvelopeError::from)?;
        Ok(SealedCredential {
            id: id.to_owned(),
            sealed,
            wrapped,
            master,
            at,
        })
    }

    fn content(&self, kept: &SealedCredential) -> Result<Content, VaultError> {
        let envelope = envelope(kept);
        let plain = envelope.open(&self.place(&kept.id), &*self.key_of(kept)?)?;
        serde_json::from_slice(plain.expose_secret()).map_err(|_| VaultError::Malformed)
    }

    pub(crate) fn data_key(&self, kept: &SealedCredential) -> Result<DataKey, VaultError> {
        let Content::DataKey { key } = self.content(kept)? else {
            return Err(VaultError::Malformed);
        };
        let key = STANDARD.decode(key).map_err(|_| VaultError::Malformed)?;
        DataKey::of(SecretSlice::from(key)).ok_or(VaultError::Malformed)
    }

    pub(crate) fn unseal(&self, kept: &SealedCredential) -> Result<ClientProof, VaultError> {
        Ok(match self.content(kept)? {
            Content::DataKey { .. } => return Err(VaultError::Malformed),
            Content::Certificate { pem } => {
                let pem = SecretSlice::from(pem.into_bytes());
                ClientProof::Certificate(Credential::from_pem(&pem)?)
            }
            Content::Secret { text, expires } => {
                let text = SecretString::from(text);
                ClientProof::Secret(ClientSecret { text, expires })
            }
        })
    }

    /// Puts everything that lies under a former master key under the present one; how much that was. All or nothing:
    /// what cannot be opened leaves everything as it is.
    pub(crate) async fn rewrap(&self, tx: &mut Tx) -> Result<usize, VaultError> {
        let kept = tx.credentials().await?;
        let stale: Vec<_> = kept.iter().filter(|one| one.master != self.master()).collect();
        for one in &stale {
            let place = self.place(&one.id);
            let anew = envelope(one).rewrap(&place, &*self.key_of(one)?, &self.current)?;
            let under = (anew.wrapped, anew.master.as_str());
            tx.rewrap_credential(&one.id, &one.master, under).await?;
        }
        Ok(stale.len())
    }

    /// Whether all that is kept can be opened.
    pub(crate) async fn opens_all(&self, service: &Service) -> Result<(), VaultError> {
        let kept: Result<_, StoreError> =
            transaction!(service.store.read(&service.tenant), tx => tx.credentials().await);
        kept?.iter().try_for_each(|one| self.content(one).map(drop))
    }

    /// The key under which it lies: the present one, or a former one of the same name.
    fn key_of(&self, kept: &SealedCredential) -> Result<std::borrow::Cow<'_, MasterKey>, VaultError> {
        if kept.master != self.current.name() {
            for source in &self.former {
                let former = MasterKey::read(source, &self.variables)?;
                if former.name() == kept.master {
                    return Ok(std::borrow::Cow::Owned(former));
                }
            }
        }
        Ok(std::borrow::Cow::Borrowed(&self.current))
    }

    /// Binds what is kept to its row: it opens nowhere else.
    fn place(&self, id: &str) -> String {
        format!("provisioning-flow/credential/1/{}/{id}", self.tenant)
    }
}

fn envelope(kept: &SealedCredential) -> Envelope {
    Envelope {
        sealed: kept.sealed.clone(),
        wrapped: kept.wrapped.clone(),
        master: kept.master.clone(),
    }
}

/// One that is kept.
pub(crate) async fn proof(service: &Service, vault: &Vault, id: &str) -> Result<ClientProof, VaultError> {
    let kept: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.credential(id).await);
    vault.unseal(&kept?.ok_or_else(|| VaultError::Absent(id.to_owned()))?)
}

#[cfg(test)]
mod tests;
