//! One application's evidence as one file, and its check without service, database and network.

use std::collections::BTreeMap;

use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Public};
use store::{ApplicationRow, JournalLine, PinnedDefinition, SignedHead, StoreError, transaction};
use workflow::evidence::{
    FORMAT, Key, Known, Package, PackedHead, PackedLine, PackedVersion, PinnedBody, PublicKey, Said, Seal,
    Told, VERSION, Verdict, verify,
};
use workflow::journal::{Line, Place};
use workflow::judge::Version;
use workflow::{Hash, hex};

use super::{JournalError, item, row};
use crate::evidence::{self, EvidenceKey};
use crate::history::unhex;
use crate::service::Service;

/// The file of an application. What its item's judged versions say is read from SharePoint.
pub async fn package(service: &Service, number: &str) -> Result<String, JournalError> {
    let id = row(service, number).await?.id;
    let read: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx => {
        let Some(row) = tx.application(&id).await? else { return Ok(None) };
        let pinned = tx.pinned_definition(&row.workflow, row.definition_version).await?;
        Ok(Some((row, pinned, tx.journal(&id).await?, tx.heads(&id).await?)))
    });
    let unreadable = |problem: String| JournalError::Unreadable {
        number: number.to_owned(),
        problem,
    };
    let (row, pinned, kept, heads) =
        read?.ok_or_else(|| JournalError::NoSuchApplication(number.to_owned()))?;
    let pinned = pinned.ok_or_else(|| unreadable("its definition is missing".to_owned()))?;
    let lines: Result<Vec<Line>, _> = kept.iter().map(|line| Line::parse(&line.body)).collect();
    let lines = lines.map_err(|error| unreadable(error.to_string()))?;
    let package = Package {
        format: FORMAT.to_owned(),
        version: VERSION,
        tenant: service.tenant.to_string(),
        application: workflow::ApplicationId::new(id.as_str()),
        number: row.number.clone(),
        definition: definition(&pinned).map_err(unreadable)?,
        versions: versions(service, &row, &lines).await?,
        lines: kept
            .iter()
            .map(packed_line)
            .collect::<Result<_, _>>()
            .map_err(unreadable)?,
        heads: heads
            .iter()
            .map(packed_head)
            .collect::<Result<_, _>>()
            .map_err(unreadable)?,
        told: Told::of(&lines),
        state: row.state,
        key: key(&service.evidence)?,
        seal: Seal {
            hash: Hash([0; 32]),
            signature: String::new(),
        },
    };
    sealed(package, &service.evidence)?
        .text()
        .map_err(|error| unreadable(error.to_string()))
}

fn sealed(package: Package, key: &EvidenceKey) -> Result<Package, JournalError> {
    let file = serde_json::to_value(&package).map_err(|error| JournalError::Unreadable {
        number: package.number.clone(),
        problem: error.to_string(),
    })?;
    let hash = Package::hash(&file);
    let signature = hex(&key.sign(&Package::digest(hash).0)?);
    let seal = Seal { hash, signature };
    Ok(Package { seal, ..package })
}

fn definition(pinned: &PinnedDefinition) -> Result<PinnedBody, String> {
    Ok(PinnedBody {
        workflow: workflow::WorkflowKey::new(pinned.workflow.as_str()),
        version: u32::try_from(pinned.version).map_err(|error| error.to_string())?,
        body: pinned.body.clone(),
        hash: Hash(pinned.hash.0),
    })
}

fn packed_line(line: &JournalLine) -> Result<PackedLine, String> {
    Ok(PackedLine {
        seq: u64::try_from(line.seq).map_err(|error| error.to_string())?,
        body: line.body.clone(),
        hash: Hash(line.hash.0),
    })
}

fn packed_head(head: &SignedHead) -> Result<PackedHead, String> {
    Ok(PackedHead {
        seq: u64::try_from(head.seq).map_err(|error| error.to_string())?,
        hash: Hash(head.hash.0),
        signature: hex(&head.signature),
        key_id: head.key_id.clone(),
    })
}

fn key(key: &EvidenceKey) -> Result<Key, ErrorStack> {
    Ok(Key {
        pem: String::from_utf8_lossy(&key.public_pem()?).into_owned(),
        fingerprint: key.fingerprint()?,
    })
}

async fn versions(
    service: &Service,
    row: &ApplicationRow,
    lines: &[Line],
) -> Result<Vec<PackedVersion>, JournalError> {
    let judged = lines.iter().filter_map(|line| match line.via {
        Some(Place::Item { version, fingerprint }) => Some((line.seq, version, fingerprint)),
        _ => None,
    });
    let judged: Vec<_> = judged.collect();
    if judged.is_empty() {
        return Ok(Vec::new());
    }
    let there = item::versions(service, row).await?.unwrap_or_default();
    let there: BTreeMap<u32, Version> = there
        .into_iter()
        .map(|version| (version.number, version))
        .collect();
    let packed = judged
        .into_iter()
        .map(|(line, number, fingerprint)| PackedVersion {
            line,
            number,
            fingerprint,
            said: there.get(&number).cloned().map(Said::from),
        });
    Ok(packed.collect())
}

/// A public key in PEM, and its fingerprint.
pub struct Pem {
    key: PKey<Public>,
    fingerprint: Hash,
}

impl Pem {
    pub fn read(pem: &[u8]) -> Result<Self, ErrorStack> {
        let key = PKey::public_key_from_pem(pem)?;
        let fingerprint = Hash::of(&key.public_key_to_der()?);
        Ok(Self { key, fingerprint })
    }
}

impl PublicKey for Pem {
    fn fingerprint(&self) -> Hash {
        self.fingerprint
    }

    fn made(&self, digest: &Hash, signature: &str) -> bool {
        let signature = unhex(signature).filter(|bytes| hex(bytes) == signature);
        signature.is_some_and(|bytes| evidence::verify(&self.key, &digest.0, &bytes).unwrap_or(false))
    }
}

/// What is wrong with a file.
pub fn check_package(file: &[u8], known: Known) -> Verdict {
    verify(file, |pem| Pem::read(pem.as_bytes()).ok(), known)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use workflow::evidence::{Problem, answered, questions, story};

    use super::*;
    use crate::testing::{Directory, TestService, completed};

    async fn exported(service: &Service) -> String {
        let id = completed(service).await;
        let found: Result<_, StoreError> =
            transaction!(service.store.read(&service.tenant), tx => tx.application(&id).await);
        let number = found.unwrap().unwrap().number;
        package(service, &number).await.unwrap()
    }

    #[tokio::test]
    async fn what_the_service_exports_holds_and_every_changed_byte_is_found() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let file = exported(&test.service).await.into_bytes();
        let known = Known {
            fingerprint: Some(test.service.evidence.fingerprint().unwrap()),
            head: None,
        };
        let verdict = check_package(&file, known);
        assert_eq!(verdict.faults, []);
        assert!(verdict.lines > 10, "{verdict:?}");
        for at in (0..file.len()).step_by(97) {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert_ne!(check_package(&changed, known).faults, [], "byte {at}");
        }
    }

    /// As the page does it: the signatures are checked apart, by the key that stands in the file.
    fn in_halves(file: &[u8]) -> Verdict {
        let asked = questions(file);
        let key = asked.key.map(|key| {
            let der = base64::engine::general_purpose::STANDARD.decode(key).unwrap();
            PKey::public_key_from_der(&der).unwrap()
        });
        let made = asked.asked.into_iter().filter(|question| {
            let signature = unhex(&question.signature).unwrap();
            evidence::verify(key.as_ref().unwrap(), &question.digest.0, &signature).unwrap()
        });
        answered(file, &made.collect(), Known::default())
    }

    #[tokio::test]
    async fn x17_x18_in_two_halves_the_check_comes_to_the_same() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let packed = exported(&test.service).await;
        let file = packed.as_bytes();
        assert_eq!(in_halves(file).faults, []);
        let mut value: serde_json::Value = serde_json::from_str(&packed).unwrap();
        let stranger = PKey::generate_ed25519().unwrap();
        let pem = String::from_utf8(stranger.public_key_to_pem().unwrap()).unwrap();
        value["key"]["pem"] = pem.into();
        let other_key = workflow::canonical(&value);
        let mut other_files = vec![
            other_key.replace("PUBLIC", "PRIVATE").into_bytes(),
            other_key.into_bytes(),
        ];
        for at in (0..file.len()).step_by(331) {
            let mut changed = file.to_vec();
            changed[at] ^= 1;
            other_files.push(changed);
        }
        for other in &other_files {
            let whole = check_package(other, Known::default());
            assert_ne!(whole.faults, []);
            assert_eq!(in_halves(other), whole);
        }
    }

    #[tokio::test]
    async fn x17_x15_x14_a_package_tells_who_did_what_when_and_what_it_changed() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let told = story(exported(&test.service).await.as_bytes()).unwrap();
        assert_eq!(told.workflow.en, "New user");
        let decided: Vec<_> = told
            .entries
            .iter()
            .filter(|entry| entry.what == "decided")
            .collect();
        let by: Vec<_> = decided.iter().map(|entry| entry.who.as_ref().unwrap()).collect();
        assert_eq!(
            (decided.len(), by[0].asked_at.len(), by[0].is_applicant),
            (3, 1, false)
        );
        assert_eq!(decided[0].step, Some(by[0].asked_at[0].clone()));
        assert!(told.entries[0].who.as_ref().unwrap().is_applicant);
        let [ja, en] = &told.form;
        assert!(ja.iter().any(|answer| answer.value == "高橋") && ja.len() == en.len());
        assert!(!told.calls.is_empty());
        assert!(
            told.calls
                .iter()
                .all(|call| call.after.is_some() && call.begun <= call.done)
        );
    }

    #[tokio::test]
    async fn a_key_of_somebody_else_is_named() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let file = exported(&test.service).await;
        let known = Known {
            fingerprint: Some(Hash([1; 32])),
            head: None,
        };
        let faults = check_package(file.as_bytes(), known).faults;
        let told: Vec<_> = faults
            .iter()
            .map(|fault| (fault.problem, fault.member.as_str()))
            .collect();
        assert_eq!(told, [(Problem::OtherKey, "/key")]);
    }
}
