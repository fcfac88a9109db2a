//! What a package holds. Hashes and signatures are lower-case hexadecimal text.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::evidence::Told;
use crate::hash::{Hash, canonical};
use crate::ids::{ApplicationId, WorkflowKey};
use crate::journal::{Head, Sealed};
use crate::judge::{Editor, Version};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Package {
    pub format: String,
    pub version: u32,
    /// The Microsoft 365 tenant's id.
    pub tenant: String,
    pub application: ApplicationId,
    pub number: String,
    /// As the application was judged by.
    pub definition: PinnedBody,
    /// The application; the fold of the lines.
    pub state: Value,
    /// The whole journal, oldest first.
    pub lines: Vec<PackedLine>,
    /// Every signed head, oldest first.
    pub heads: Vec<PackedHead>,
    /// The item's versions that people's acts were read from.
    pub versions: Vec<PackedVersion>,
    /// What the lines tell, put together for a reader.
    pub told: Told,
    pub key: Key,
    pub seal: Seal,
}

/// The text of a definition as it was pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedBody {
    pub workflow: WorkflowKey,
    pub version: u32,
    pub body: String,
    pub hash: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedLine {
    pub seq: u64,
    /// The very text that was hashed.
    pub body: String,
    pub hash: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PackedHead {
    pub seq: u64,
    pub hash: Hash,
    pub signature: String,
    /// The first 16 digits of the key's fingerprint.
    pub key_id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedVersion {
    /// The line that it led to.
    pub line: u64,
    pub number: u32,
    /// As it was when it was judged.
    pub fingerprint: Hash,
    /// What it says; none if the item could not be read any more.
    pub said: Option<Said>,
}

/// All that a fingerprint stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub label: String,
    pub created: Timestamp,
    pub editor: Editor,
    pub fields: BTreeMap<String, Value>,
}

/// The public half of the evidence key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    pub pem: String,
    /// SHA-256 of the SPKI in DER.
    pub fingerprint: Hash,
}

/// Stands for the whole package but itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    pub hash: Hash,
    pub signature: String,
}

impl Package {
    /// What `seal.hash` must be: of the whole file but that member.
    pub fn hash(file: &Value) -> Hash {
        let mut file = file.clone();
        if let Value::Object(members) = &mut file {
            members.remove("seal");
        }
        Hash::of_json(&file)
    }

    /// What `seal.signature` signs.
    pub fn digest(hash: Hash) -> Hash {
        Hash::of_json(&json!({ "package": super::VERSION, "hash": hash }))
    }

    /// The file.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_value(self).map(|value| canonical(&value))
    }
}

impl PackedLine {
    pub(super) fn sealed(&self) -> Sealed {
        Sealed {
            body: self.body.clone(),
            hash: self.hash,
        }
    }
}

impl PackedHead {
    pub(super) fn head(&self) -> Head {
        Head {
            seq: self.seq,
            hash: self.hash,
        }
    }
}

impl From<Version> for Said {
    fn from(version: Version) -> Self {
        Self {
            label: version.label,
            created: version.created,
            editor: version.editor,
            fields: version.fields,
        }
    }
}

impl PackedVersion {
    /// The fingerprint of what it says.
    pub(super) fn found(&self) -> Option<Hash> {
        let said = self.said.clone()?;
        let version = Version {
            label: said.label,
            number: self.number,
            created: said.created,
            editor: said.editor,
            fields: said.fields,
        };
        Some(version.fingerprint())
    }
}
