//! A definition as applications were pinned to it, as a signed row: the definitions list shows only the newest of
//! each, and is not what we believe in.

use jiff::Timestamp;
use m365::sharepoint::Item;
use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Public};
use serde_json::{Map, Value, json};
use store::PinnedDefinition;
use workflow::journal::GENESIS;
use workflow::{Hash, hex};

use super::Signed;
use crate::evidence::{self, EvidenceKey};

/// What the keys of these rows begin with.
const PINNED: &str = "definition:";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PinnedRow {
    pub(crate) key: String,
    pub(crate) body: String,
    pub(crate) signed: Option<Signed>,
}

impl PinnedRow {
    pub(crate) fn of(pinned: &PinnedDefinition, key: &EvidenceKey) -> Result<Self, ErrorStack> {
        let name = format!("{PINNED}{}:{}", pinned.workflow, pinned.version);
        let signature = key.sign(&digest(&name, &pinned.body).0)?;
        Ok(Self {
            key: name,
            body: pinned.body.clone(),
            signed: Some(Signed {
                key_id: key.id()?,
                signature,
            }),
        })
    }

    pub(crate) fn fields(&self, at: Timestamp) -> Map<String, Value> {
        let signed = self.signed.as_ref();
        let fields = json!({
            "Title": self.key,
            "PFLineKey": self.key,
            "PFSeq": 0,
            "PFAt": at.to_string(),
            "PFActorOid": "service",
            "PFBody": self.body,
            "PFPrevHash": GENESIS.to_string(),
            "PFHash": Hash::of(self.body.as_bytes()).to_string(),
            "PFSignature": signed.map(|signed| format!("{}:{}", signed.key_id, hex(&signed.signature))),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    /// `None` when the row is a journal line.
    pub(super) fn read(item: &Item) -> Option<Self> {
        let key = item.text("PFLineKey").filter(|key| key.starts_with(PINNED))?;
        Some(Self {
            key: key.to_owned(),
            body: item.text("PFBody").unwrap_or_default().to_owned(),
            signed: item.text("PFSignature").and_then(Signed::read),
        })
    }

    /// The definition, or what is wrong with the row.
    pub(crate) fn check(&self, public: &PKey<Public>) -> Result<PinnedDefinition, &'static str> {
        const UNREADABLE: &str = "the row of a definition cannot be read";
        let signed = self.signed.as_ref().ok_or("a definition without a signature")?;
        let digest = digest(&self.key, &self.body);
        if !evidence::verify(public, &digest.0, &signed.signature).unwrap_or(false) {
            return Err("the signature of a definition does not fit this key");
        }
        let name = self.key.strip_prefix(PINNED).ok_or(UNREADABLE)?;
        let (workflow, version) = name.rsplit_once(':').ok_or(UNREADABLE)?;
        Ok(PinnedDefinition {
            workflow: store::WorkflowKey::new(workflow),
            version: version.parse().map_err(|_| UNREADABLE)?,
            body: self.body.clone(),
            hash: store::Hash(Hash::of(self.body.as_bytes()).0),
        })
    }
}

fn digest(name: &str, body: &str) -> Hash {
    Hash::of_json(&json!({ "pinned": name, "hash": Hash::of(body.as_bytes()) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_of_which_a_letter_was_changed_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let key = EvidenceKey::read_or_create(&folder.path().join("key.pem")).unwrap();
        let public = key.public().unwrap();
        let pinned = PinnedDefinition {
            workflow: store::WorkflowKey::new("user-create"),
            version: 3,
            body: "{}".into(),
            hash: store::Hash(Hash::of(b"{}").0),
        };
        let row = PinnedRow::of(&pinned, &key).unwrap();
        assert_eq!(row.check(&public), Ok(pinned));
        let body = PinnedRow {
            body: "{ }".into(),
            ..row.clone()
        };
        let version = PinnedRow {
            key: format!("{PINNED}user-create:4"),
            ..row.clone()
        };
        let unsigned = PinnedRow { signed: None, ..row };
        for forged in [body, version, unsigned] {
            assert!(forged.check(&public).is_err(), "{forged:?}");
        }
    }
}
