//! Whether a package is what it says it is. Pure: signatures are checked by a key of the caller's.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Serialize;
use serde_json::Value;

use crate::evidence::read::read;
use crate::evidence::trail::{self, Finding};
use crate::evidence::{Fault, Package, PackedHead, PackedLine, Problem, Told, members};
use crate::hash::Hash;
use crate::journal::{self, Head, Line, Place};

/// The public key of a package: `OpenSSL`'s in the service, the browser's own in a page.
pub trait PublicKey {
    /// SHA-256 of the SPKI in DER.
    fn fingerprint(&self) -> Hash;
    /// Whether its private half made this signature (hexadecimal text) over the digest.
    fn made(&self, digest: &Hash, signature: &str) -> bool;
}

/// What the reader knows from elsewhere, such as the closing mail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// The fingerprint that the key must have.
    pub fingerprint: Option<Hash>,
    /// A head that the journal must have passed.
    pub head: Option<Head>,
}

/// What came of it. No fault: everything fits, under the key of this fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    pub number: Option<String>,
    /// The key that signed. Whose key that is, no file can prove: compare it with one from elsewhere.
    pub fingerprint: Option<Hash>,
    pub lines: usize,
    pub heads: usize,
    /// Judged versions whose text is not in the package.
    pub unsaid: usize,
    /// The first [`MOST_FAULTS`] of them.
    pub faults: Vec<Fault>,
}

/// Nobody reads more, and to say where each stands takes as long as the file is.
pub const MOST_FAULTS: usize = 100;

/// Checks a file. `open` reads the package's key from PEM.
pub fn verify<K: PublicKey>(file: &[u8], open: impl FnOnce(&str) -> Option<K>, known: Known) -> Verdict {
    let (value, package) = match read(file) {
        Ok(read) => read,
        Err(fault) => {
            return Verdict {
                number: None,
                fingerprint: None,
                lines: 0,
                heads: 0,
                unsaid: 0,
                faults: vec![fault],
            };
        }
    };
    let key = open(&package.key.pem);
    let mut check = Check {
        value: &value,
        package: &package,
        faults: Vec::new(),
    };
    check.key(key.as_ref(), known.fingerprint);
    check.passed(known.head);
    check.chain();
    check.heads(key.as_ref());
    check.seal(key.as_ref());
    let unsaid = package.versions.iter().filter(|version| version.said.is_none());
    Verdict {
        number: Some(package.number.clone()),
        fingerprint: key.map(|key| key.fingerprint()),
        lines: package.lines.len(),
        heads: package.heads.len(),
        unsaid: unsaid.count(),
        faults: check.faults,
    }
}

struct Check<'a> {
    value: &'a Value,
    package: &'a Package,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, problem: Problem, line: Option<u64>, member: &str, detail: &dyn Display) {
        if self.faults.len() >= MOST_FAULTS {
            return;
        }
        self.faults.push(Fault {
            problem,
            line,
            member: member.to_owned(),
            bytes: members::place(self.value, member),
            detail: detail.to_string(),
        });
    }

    fn key(&mut self, key: Option<&impl PublicKey>, trusted: Option<Hash>) {
        let Some(key) = key else {
            return self.fault(Problem::KeyUnreadable, None, "/key/pem", &"");
        };
        let found = key.fingerprint();
        if found != self.package.key.fingerprint {
            self.fault(Problem::FingerprintDiffers, None, "/key/fingerprint", &found);
        }
        if trusted.is_some_and(|trusted| trusted != found) {
            self.fault(Problem::OtherKey, None, "/key", &found);
        }
    }

    fn passed(&mut self, head: Option<Head>) {
        let Some(head) = head else { return };
        let mut lines = self.package.lines.iter();
        if !lines.any(|line| (line.seq, line.hash) == (head.seq, head.hash)) {
            self.fault(Problem::OtherHead, Some(head.seq), "/lines", &head.hash);
        }
    }

    fn chain(&mut self) {
        let package = self.package;
        for (at, line) in (1..).zip(&package.lines) {
            if line.seq != at {
                self.fault(
                    Problem::NumberedWrong,
                    Some(at),
                    &line_member(at, "seq"),
                    &line.seq,
                );
            }
        }
        let sealed: Vec<_> = package.lines.iter().map(PackedLine::sealed).collect();
        match journal::verify(&package.application, &sealed) {
            Err(broken) => {
                let member = line_member(broken.seq, "body");
                self.fault(broken.problem.into(), Some(broken.seq), &member, &"");
            }
            Ok((_, lines)) if lines.is_empty() => self.fault(Problem::NoLines, None, "/lines", &""),
            Ok((_, lines)) => self.story(&lines),
        }
    }

    /// Of a whole chain: what it tells, and whether all else in the package says the same.
    fn story(&mut self, lines: &[Line]) {
        let (application, findings) = trail::walk(lines);
        for (seq, problem, detail) in findings as Vec<Finding> {
            self.fault(problem, Some(seq), &line_member(seq, "body"), &detail);
        }
        let package = self.package;
        if let Some(application) = application {
            if serde_json::to_value(&application).ok().as_ref() != Some(&package.state) {
                self.fault(Problem::StateDiffers, None, "/state", &"");
            }
            if application.number != package.number {
                self.fault(Problem::NumberDiffers, None, "/number", &package.number);
            }
            let definition = &package.definition;
            let same = (&definition.workflow, definition.version)
                == (&application.workflow, application.definition_version);
            if !same || definition.hash != Hash::of(definition.body.as_bytes()) {
                self.fault(Problem::DefinitionDiffers, None, "/definition", &"");
            }
        }
        if Told::of(lines) != package.told {
            self.fault(Problem::ToldDiffers, None, "/told", &"");
        }
        self.versions(lines);
    }

    fn versions(&mut self, lines: &[Line]) {
        let judged = lines.iter().filter_map(|line| match line.via {
            Some(Place::Item { version, fingerprint }) => Some((line.seq, version, fingerprint)),
            _ => None,
        });
        let package = self.package;
        let packed = package.versions.iter();
        if !judged.eq(packed.map(|version| (version.line, version.number, version.fingerprint))) {
            self.fault(Problem::VersionsDiffer, None, "/versions", &"");
        }
        for (at, version) in package.versions.iter().enumerate() {
            if version.found().is_some_and(|found| found != version.fingerprint) {
                let member = format!("/versions/{at}/said");
                let number = version.number;
                self.fault(Problem::VersionRewritten, Some(version.line), &member, &number);
            }
        }
    }

    fn heads(&mut self, key: Option<&impl PublicKey>) {
        let package = self.package;
        let mut lines = BTreeMap::new();
        for line in &package.lines {
            lines.entry(line.seq).or_insert(line);
        }
        for (at, head) in package.heads.iter().enumerate() {
            if let Some((problem, member)) = self.head(key, head, lines.get(&head.seq).copied()) {
                let member = format!("/heads/{at}/{member}");
                self.fault(problem, Some(head.seq), &member, &"");
            }
        }
        let end = package.lines.last().map(|line| line.seq);
        if package.heads.last().map(|head| head.seq) != end {
            self.fault(Problem::EndUnsigned, end, "/heads", &"");
        }
    }

    fn head(
        &self,
        key: Option<&impl PublicKey>,
        head: &PackedHead,
        line: Option<&PackedLine>,
    ) -> Option<(Problem, &'static str)> {
        let Some(line) = line else {
            return Some((Problem::HeadWithoutLine, "seq"));
        };
        if line.hash != head.hash {
            return Some((Problem::HeadHashDiffers, "hash"));
        }
        let key = key?;
        if !key.fingerprint().to_string().starts_with(&head.key_id) || head.key_id.len() != 16 {
            return Some((Problem::HeadOfOtherKey, "keyId"));
        }
        let digest = head.head().digest(&self.package.application);
        (!key.made(&digest, &head.signature)).then_some((Problem::HeadSignatureWrong, "signature"))
    }

    fn seal(&mut self, key: Option<&impl PublicKey>) {
        let seal = &self.package.seal;
        if Package::hash(self.value) != seal.hash {
            self.fault(Problem::SealHashDiffers, None, "/seal/hash", &"");
        }
        let digest = Package::digest(seal.hash);
        if key.is_some_and(|key| !key.made(&digest, &seal.signature)) {
            self.fault(Problem::SealSignatureWrong, None, "/seal/signature", &"");
        }
    }
}

/// Lines are counted from 1, members from 0.
fn line_member(seq: u64, member: &str) -> String {
    format!("/lines/{}/{member}", seq.saturating_sub(1))
}
