//! What can stand in the way of a renewal, each with its own remedy.

use jiff::{SignedDuration, Timestamp};
use m365::{CredentialFault, Verdict};
use serde::{Deserialize, Serialize};
use store::StoreError;
use uuid::Uuid;

use super::envelope::EnvelopeError;
use super::key_fault::KeyFault;
use super::vault::VaultError;
use crate::jobs::JobError;

/// Codes of Graph for what a policy forbids.
const BY_POLICY: [&str; 2] = ["CredentialInvalidLifetime", "CredentialTypeNotAllowed"];
/// The assertion is outside its valid time.
const SKEWED: &str = "AADSTS700024";

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "obstacle", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Obstacle {
    /// No section `credentials`.
    Unconfigured,
    /// Another issuer proves the app: nothing of ours runs out.
    Federated,
    /// The master key cannot be had.
    MasterKey {
        why: String,
        /// What kind of remedy it needs; older rehearsals do not say.
        #[serde(default)]
        fault: KeyFault,
    },
    /// What is kept lies under another master key.
    WrongMasterKey {
        under: String,
        given: String,
    },
    /// This machine's OpenSSL does not make or seal a credential.
    Unmakeable {
        why: String,
    },
    /// What is kept was altered.
    Altered,
    PermissionMissing {
        permission: String,
    },
    /// Our service principal does not own the registration.
    NotOwner {
        application: Uuid,
        principal: Option<Uuid>,
    },
    /// A policy allows a shorter life only.
    LifetimeForbidden {
        wished: Timestamp,
        allowed: Timestamp,
        policy: String,
    },
    SecretForbidden {
        policy: String,
    },
    /// A policy that we may not read refused it.
    ForbiddenByPolicy {
        code: String,
    },
    ClockSkew,
    /// The new one is registered since then, and not all of Microsoft 365 knows it.
    ReplicationSlow {
        since: Timestamp,
    },
    /// The database's disk takes no more.
    DiskFull,
    /// The old one ran out, and the new one is not registered.
    OldExpired {
        ends: Timestamp,
    },
    /// Entra does not know the old one, nor the new one.
    OldUnknown,
    /// The old one ran out or is gone: there is no way back to it.
    NoWayBack,
    /// Somebody else drives the renewal.
    Busy {
        by: String,
        /// Until another may follow it, if it was broken off.
        left: SignedDuration,
    },
    /// These instances still work by the old one.
    Lagging {
        instances: Vec<String>,
    },
    /// Somebody took the new one out of the registration after the switch.
    NewLost,
    /// There is no app of our client id in the tenant.
    NoApplication,
}

impl Obstacle {
    /// What proves the app at this moment proves nothing.
    pub(crate) fn is_of_the_present(&self) -> bool {
        matches!(self, Self::OldExpired { .. } | Self::OldUnknown | Self::NewLost)
    }
}

/// Why a renewal does not go on now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    /// A person must act.
    #[error("{}", .0.words().en)]
    Obstacle(Obstacle),
    /// It may pass by itself.
    #[error(transparent)]
    Job(#[from] JobError),
}

impl From<Obstacle> for Stop {
    fn from(obstacle: Obstacle) -> Self {
        Self::Obstacle(obstacle)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        if error.is_full() {
            return Self::Obstacle(Obstacle::DiskFull);
        }
        Self::Job(error.into())
    }
}

impl From<VaultError> for Stop {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Unconfigured => Obstacle::Unconfigured.into(),
            VaultError::MasterKey(error) => Obstacle::MasterKey {
                fault: KeyFault::of(&error),
                why: error.to_string(),
            }
            .into(),
            VaultError::Envelope(EnvelopeError::OtherKey { under, given }) => {
                Obstacle::WrongMasterKey { under, given }.into()
            }
            VaultError::Envelope(EnvelopeError::Altered) | VaultError::Malformed => Obstacle::Altered.into(),
            VaultError::Store(error) => error.into(),
            VaultError::Envelope(error @ EnvelopeError::Crypto(_)) => Obstacle::Unmakeable {
                why: error.to_string(),
            }
            .into(),
            error @ (VaultError::Credential(_) | VaultError::Absent(_)) => {
                Self::Job(JobError::Stuck(error.to_string()))
            }
        }
    }
}

impl From<m365::Error> for Stop {
    fn from(error: m365::Error) -> Self {
        let code = error.code.clone().unwrap_or_default();
        if BY_POLICY.iter().any(|forbidden| code.starts_with(forbidden)) {
            return Obstacle::ForbiddenByPolicy { code }.into();
        }
        match &error.verdict {
            Verdict::Denied { needs } => Obstacle::PermissionMissing {
                permission: (*needs).to_owned(),
            }
            .into(),
            Verdict::Credentials(CredentialFault::Expired) if code == SKEWED => Obstacle::ClockSkew.into(),
            Verdict::Credentials(CredentialFault::UnknownApp) => Obstacle::NoApplication.into(),
            _ => Self::Job(error.into()),
        }
    }
}

/// Whether a call failed because this very credential is not taken (any more, or yet).
pub(super) fn is_not_taken(error: &m365::Error) -> bool {
    let faults = [CredentialFault::Expired, CredentialFault::UnknownKey];
    let skewed = error.code.as_deref() == Some(SKEWED);
    !skewed && faults.map(Verdict::Credentials).contains(&error.verdict)
}
