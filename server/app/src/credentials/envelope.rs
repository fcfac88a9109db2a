//! Envelope encryption: what is kept lies under a key of its own (AES-256-GCM), and that key under the master key. A
//! new master key wraps the small keys anew and never touches what they hold.

use openssl::error::ErrorStack;
use openssl::rand::rand_bytes;
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use secrecy::{ExposeSecret, SecretSlice};
use thiserror::Error;

use super::master_key::MasterKey;

const KEY: usize = 32;
/// NIST SP 800-38D: 96 bits; random, for no key here ever encrypts more than a few times.
const NONCE: usize = 12;
const TAG: usize = 16;

/// What may be kept anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// Nonce, tag and ciphertext.
    pub sealed: Vec<u8>,
    /// The same, of the key.
    pub wrapped: Vec<u8>,
    /// Name of the master key.
    pub master: String,
}

#[derive(Debug, Error)]
pub(crate) enum EnvelopeError {
    /// It lies under another master key.
    #[error("it lies under the master key {under}, and the one given is {given}")]
    OtherKey { under: String, given: String },
    /// Altered, or put in the place of another.
    #[error("what is kept was altered, or belongs to another place")]
    Altered,
    #[error("OpenSSL: {0}")]
    Crypto(#[from] ErrorStack),
}

impl Envelope {
    /// `place` names where it is kept: elsewhere it cannot be opened.
    pub(crate) fn seal(plain: &SecretSlice<u8>, place: &str, master: &MasterKey) -> Result<Self, ErrorStack> {
        let mut key = vec![0; KEY];
        rand_bytes(&mut key)?;
        let key = SecretSlice::from(key);
        Ok(Self {
            sealed: encrypt(key.expose_secret(), plain.expose_secret(), place)?,
            wrapped: wrap(&key, place, master)?,
            master: master.name().to_owned(),
        })
    }

    pub(crate) fn open(&self, place: &str, master: &MasterKey) -> Result<SecretSlice<u8>, EnvelopeError> {
        let key = self.unwrap(place, master)?;
        decrypt(key.expose_secret(), &self.sealed, place)
    }

    /// The same under another master key.
    pub(crate) fn rewrap(
        &self,
        place: &str,
        from: &MasterKey,
        to: &MasterKey,
    ) -> Result<Self, EnvelopeError> {
        let key = self.unwrap(place, from)?;
        Ok(Self {
            sealed: self.sealed.clone(),
            wrapped: wrap(&key, place, to)?,
            master: to.name().to_owned(),
        })
    }

    fn unwrap(&self, place: &str, master: &MasterKey) -> Result<SecretSlice<u8>, EnvelopeError> {
        if self.master != master.name() {
            return Err(EnvelopeError::OtherKey {
                under: self.master.clone(),
                given: master.name().to_owned(),
            });
        }
        decrypt(master.bytes(), &self.wrapped, &key_place(place, master))
    }
}

fn wrap(key: &SecretSlice<u8>, place: &str, master: &MasterKey) -> Result<Vec<u8>, ErrorStack> {
    encrypt(master.bytes(), key.expose_secret(), &key_place(place, master))
}

fn key_place(place: &str, master: &MasterKey) -> String {
    format!("{place}/key/{}", master.name())
}

fn encrypt(key: &[u8], plain: &[u8], place: &str) -> Result<Vec<u8>, ErrorStack> {
    let (mut nonce, mut tag) = ([0; NONCE], [0; TAG]);
    rand_bytes(&mut nonce)?;
    let cipher = Cipher::aes_256_gcm();
    let text = encrypt_aead(cipher, key, Some(&nonce), place.as_bytes(), plain, &mut tag)?;
    Ok([&nonce[..], &tag, &text].concat())
}

fn decrypt(key: &[u8], kept: &[u8], place: &str) -> Result<SecretSlice<u8>, EnvelopeError> {
    let (nonce, rest) = kept.split_at_checked(NONCE).ok_or(EnvelopeError::Altered)?;
    let (tag, text) = rest.split_at_checked(TAG).ok_or(EnvelopeError::Altered)?;
    let cipher = Cipher::aes_256_gcm();
    let plain = decrypt_aead(cipher, key, Some(nonce), place.as_bytes(), text, tag);
    plain.map(SecretSlice::from).map_err(|_| EnvelopeError::Altered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> MasterKey {
        let folder = tempfile::tempdir().unwrap();
        MasterKey::create(&folder.path().join(name)).unwrap()
    }

    fn sealed(master: &MasterKey) -> Envelope {
        Envelope::seal(&SecretSlice::from(b"a private key".to_vec()), "tenant/c1", master).unwrap()
    }

    #[test]
    fn what_is_sealed_is_opened_by_its_master_key_in_its_place_alone() {
        let (master, other) = (key("one"), key("two"));
        let envelope = sealed(&master);
        let opened = envelope.open("tenant/c1", &master).unwrap();
        assert_eq!(opened.expose_secret(), b"a private key");
        let bytes = [&envelope.sealed[..], &envelope.wrapped].concat();
        assert!(!bytes.windows(9).any(|part| part == b"a private"));
        let refused = envelope.open("tenant/c1", &other).unwrap_err();
        let EnvelopeError::OtherKey { under, given } = &refused else {
            panic!("{refused:?}")
        };
        assert_eq!((under.as_str(), given.as_str()), (master.name(), other.name()));
        let elsewhere = envelope.open("tenant/c2", &master);
        assert!(matches!(elsewhere, Err(EnvelopeError::Altered)));
        // A key that claims the name of another one opens nothing.
        let forged = Envelope {
            master: other.name().to_owned(),
            ..envelope
        };
        assert!(matches!(
            forged.open("tenant/c1", &other),
            Err(EnvelopeError::Altered)
        ));
    }

    #[test]
    fn one_altered_bit_anywhere_opens_nothing() {
        let master = key("one");
        let envelope = sealed(&master);
        for at in 0..envelope.sealed.len() + envelope.wrapped.len() {
            let mut altered = envelope.clone();
            match at.checked_sub(altered.sealed.len()) {
                None => altered.sealed[at] ^= 1,
                Some(at) => altered.wrapped[at] ^= 1,
            }
            assert!(matches!(
                altered.open("tenant/c1", &master),
                Err(EnvelopeError::Altered)
            ));
        }
        for short in 0..NONCE + TAG {
            let mut cut = envelope.clone();
            cut.sealed.truncate(short);
            assert!(matches!(
                cut.open("tenant/c1", &master),
                Err(EnvelopeError::Altered)
            ));
        }
    }

    #[test]
    fn a_new_master_key_wraps_the_key_anew_and_leaves_the_rest() {
        let (old, new) = (key("old"), key("new"));
        let before = sealed(&old);
        let after = before.rewrap("tenant/c1", &old, &new).unwrap();
        assert_eq!(after.sealed, before.sealed);
        assert_eq!(
            after.open("tenant/c1", &new).unwrap().expose_secret(),
            b"a private key"
        );
        assert!(after.open("tenant/c1", &old).is_err());
        assert!(
            before.rewrap("tenant/c1", &new, &old).is_err(),
            "a wrong key writes nothing"
        );
    }

    #[test]
    fn the_same_is_never_sealed_the_same_twice() {
        let master = key("one");
        assert_ne!(sealed(&master).sealed, sealed(&master).sealed);
    }
}
