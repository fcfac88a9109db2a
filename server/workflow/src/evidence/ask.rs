//! The check in two halves, for whoever cannot check a signature at once: first all signatures that will have to be
//! checked are told, then the check itself is done with the answers. A browser's own key answers in this way.

use std::cell::RefCell;
use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::evidence::{Known, PublicKey, Verdict, verify};
use crate::hash::Hash;

/// What every public key of Ed25519 begins with as SPKI in DER (RFC 8410, section 4); 32 bytes follow.
const SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
const SPKI_BYTES: usize = 44;
const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";
/// Of a signature of Ed25519, in hexadecimal digits.
const SIGNATURE_DIGITS: usize = 128;

/// Whether the key made this signature over the digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub digest: Hash,
    /// 128 lower-case hexadecimal digits.
    pub signature: String,
}

/// All questions of one file, and the key that they are about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Questions {
    /// SPKI in DER as base64; none: the file has no readable Ed25519 key, and nothing is asked.
    pub key: Option<String>,
    pub asked: BTreeSet<Question>,
}

/// What has to be asked of the key in a file.
pub fn questions(file: &[u8]) -> Questions {
    let asked = RefCell::new(BTreeSet::new());
    let key = RefCell::new(None);
    let open = |pem: &str| {
        let spki = spki(pem)?;
        *key.borrow_mut() = Some(STANDARD.encode(spki));
        Some(Asking {
            fingerprint: Hash::of(&spki),
            asked: &asked,
        })
    };
    verify(file, open, Known::default());
    Questions {
        key: key.into_inner(),
        asked: asked.into_inner(),
    }
}

/// Checks a file by a key that made just these signatures, and no others.
pub fn answered(file: &[u8], made: &BTreeSet<Question>, known: Known) -> Verdict {
    let open = |pem: &str| {
        let fingerprint = Hash::of(&spki(pem)?);
        Some(Answered { fingerprint, made })
    };
    verify(file, open, known)
}

/// Believes everything, and notes what it was asked.
struct Asking<'a> {
    fingerprint: Hash,
    asked: &'a RefCell<BTreeSet<Question>>,
}

struct Answered<'a> {
    fingerprint: Hash,
    made: &'a BTreeSet<Question>,
}

impl PublicKey for Asking<'_> {
    fn fingerprint(&self) -> Hash {
        self.fingerprint
    }

    fn made(&self, digest: &Hash, signature: &str) -> bool {
        self.asked.borrow_mut().extend(question(digest, signature));
        true
    }
}

impl PublicKey for Answered<'_> {
    fn fingerprint(&self) -> Hash {
        self.fingerprint
    }

    fn made(&self, digest: &Hash, signature: &str) -> bool {
        question(digest, signature).is_some_and(|question| self.made.contains(&question))
    }
}

/// None: that is no signature of such a key.
fn question(digest: &Hash, signature: &str) -> Option<Question> {
    let is_digit = |digit: u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit);
    let is_one = signature.len() == SIGNATURE_DIGITS && signature.bytes().all(is_digit);
    is_one.then(|| Question {
        digest: *digest,
        signature: signature.to_owned(),
    })
}

fn spki(pem: &str) -> Option<[u8; SPKI_BYTES]> {
    let text = pem.trim().strip_prefix(BEGIN)?.strip_suffix(END)?.trim();
    let der = STANDARD.decode(text).ok()?;
    <[u8; SPKI_BYTES]>::try_from(der)
        .ok()
        .filter(|der| der.starts_with(&SPKI))
}
