//! What is written down of a renewal, line by line.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::checks::Check;

/// Which credential is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Which {
    /// What the configuration names: the first one.
    Configured,
    /// One that a renewal made; its row in the store.
    Kept(String),
}

impl Which {
    /// `configured`, or the name of the row that keeps it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Configured => "configured",
            Self::Kept(id) => id,
        }
    }
}

/// What a renewal set out to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Plan {
    /// What Entra shows beside the new certificate and the new secret: by it they are found again.
    pub name: String,
    pub old: Old,
    /// When the new ones end.
    pub ends: Timestamp,
    /// Size of the new RSA key.
    pub bits: u32,
    /// Whether a client secret is renewed too.
    pub secret: bool,
    /// Who asked for it.
    pub by: String,
}

/// What proves us when the renewal begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Old {
    pub which: Which,
    /// SHA-1 of the certificate, upper-case hexadecimal digits.
    pub thumbprint: String,
    pub ends: Timestamp,
    pub secret: Option<Secret>,
}

/// A certificate that a renewal made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Certificate {
    /// Its row in the store.
    pub id: String,
    pub thumbprint: String,
    pub ends: Timestamp,
}

/// A secret that Entra made for us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Secret {
    /// Its row in the store.
    pub id: String,
    /// Entra's name for it.
    pub key: Uuid,
    pub ends: Timestamp,
}

/// How a certificate came into the registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum How {
    /// `addKey` with a proof of possession.
    Possession,
    /// The whole list was written.
    List,
    /// It was there: an earlier try of ours whose answer was lost, or an administrator.
    Found,
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Event {
    Planned {
        plan: Plan,
    },
    Made {
        certificate: Certificate,
    },
    KeyAdded {
        key: Uuid,
        how: How,
    },
    SecretAdded {
        secret: Secret,
    },
    /// The new one did all its calls alone.
    Passed {
        checks: Vec<Check>,
    },
    /// It did not, after it had before: a token server that has not heard of it.
    Unready {
        code: Option<String>,
    },
    Proven,
    Switched,
    /// What was taken out of the registration.
    Taken {
        key: Uuid,
        /// That of a certificate; none of a secret, and in lines of before it was written down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thumbprint: Option<String>,
    },
    Removed,
    /// Back to the old one.
    Undoing {
        why: String,
        /// Who asked for it; none in lines of before it was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    RolledBack,
    /// What stood in the way; the next step was not made.
    Hindered {
        why: String,
        /// The same in Japanese; none in lines of before there were both.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ja: Option<String>,
    },
}
