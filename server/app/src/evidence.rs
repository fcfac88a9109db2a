//! The key that signs journal heads. It is kept apart from database and lists: whoever can write those two
//! still cannot rewrite history unseen.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private, Public};
use openssl::sign::{Signer, Verifier};
use thiserror::Error;
use workflow::Hash;

#[derive(Debug, Error)]
pub enum EvidenceError {
    #[error("evidence.key: {0}. `provisioning-flow setup` makes the file when it is absent")]
    File(#[from] std::io::Error),
    #[error("evidence.key: not an Ed25519 private key in PEM: {0}")]
    Key(#[from] ErrorStack),
}

/// An Ed25519 key pair.
pub struct EvidenceKey {
    private: PKey<Private>,
}

impl EvidenceKey {
    pub fn read(path: &Path) -> Result<Self, EvidenceError> {
        let private = PKey::private_key_from_pem(&std::fs::read(path)?)?;
        Ok(Self { private })
    }

    /// Reads the key at `path`, or makes it there (mode 0600) when there is none.
    pub fn read_or_create(path: &Path) -> Result<Self, EvidenceError> {
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
        {
            Ok(mut file) => {
                let private = PKey::generate_ed25519()?;
                file.write_all(&private.private_key_to_pem_pkcs8()?)?;
                file.sync_all()?;
                Ok(Self { private })
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Self::read(path),
            Err(error) => Err(error.into()),
        }
    }

    /// Signature (64 bytes) over a head's digest.
    pub fn sign(&self, digest: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        Signer::new_without_digest(&self.private)?.sign_oneshot_to_vec(digest)
    }

    /// SHA-256 over the public half (SPKI, DER): what people compare.
    pub fn fingerprint(&self) -> Result<Hash, ErrorStack> {
        Ok(Hash::of(&self.private.public_key_to_der()?))
    }

    /// Names the key in signed heads: the first 16 hex digits of its fingerprint.
    pub fn id(&self) -> Result<String, ErrorStack> {
        let mut digits = self.fingerprint()?.to_string();
        digits.truncate(16);
        Ok(digits)
    }

    /// A secret for one `purpose`, as hexadecimal text; the same key gives the same secret.
    pub fn derive(&self, purpose: &str) -> Result<String, EvidenceError> {
        let key = PKey::hmac(&self.private.raw_private_key()?)?;
        let mut signer = Signer::new(MessageDigest::sha256(), &key)?;
        Ok(workflow::hex(&signer.sign_oneshot_to_vec(purpose.as_bytes())?))
    }

    /// The public half, for our own checks.
    pub fn public(&self) -> Result<PKey<Public>, ErrorStack> {
        PKey::public_key_from_der(&self.private.public_key_to_der()?)
    }

    /// The public half in PEM, for those who verify.
    pub fn public_pem(&self) -> Result<Vec<u8>, ErrorStack> {
        self.private.public_key_to_pem()
    }
}

/// Whether `signature` over `digest` was made by the private half of `public`.
pub fn verify(public: &PKey<Public>, digest: &[u8], signature: &[u8]) -> Result<bool, ErrorStack> {
    Verifier::new_without_digest(public)?.verify_oneshot(signature, digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_digest_and_key_alone() {
        let folder = tempfile::tempdir().unwrap();
        let key = EvidenceKey::read_or_create(&folder.path().join("a.pem")).unwrap();
        let other = EvidenceKey::read_or_create(&folder.path().join("b.pem")).unwrap();
        let public = |key: &EvidenceKey| PKey::public_key_from_pem(&key.public_pem().unwrap()).unwrap();
        let signature = key.sign(b"head").unwrap();
        assert!(verify(&public(&key), b"head", &signature).unwrap());
        assert!(!verify(&public(&key), b"heal", &signature).unwrap());
        assert!(!verify(&public(&other), b"head", &signature).unwrap());
    }

    #[test]
    fn the_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("evidence.pem");
        let made = EvidenceKey::read_or_create(&path).unwrap();
        assert_eq!(
            made.id().unwrap(),
            EvidenceKey::read_or_create(&path).unwrap().id().unwrap()
        );
    }
}
