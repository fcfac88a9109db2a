//! Columns that hold what people wrote lie under a data key: AES-256-GCM, each text bound to its place, so that it opens
//! nowhere else. JSON never begins like an encrypted text, so texts of before are told from them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::rand::rand_bytes;
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use secrecy::{ExposeSecret, SecretSlice};

use crate::StoreError;

/// How an encrypted text begins.
const MARK: &str = "aes256gcm:";
const KEY: usize = 32;
/// 96 bits at random. NIST SP 800-38D, 8.3, allows 2^32 texts under one key then; a row is saved some dozens of times.
const NONCE: usize = 12;
const TAG: usize = 16;

/// One for the whole installation. Whoever keeps it keeps it in an envelope.
#[derive(Debug)]
pub struct DataKey(SecretSlice<u8>);

impl DataKey {
    pub fn random() -> Result<Self, StoreError> {
        let mut key = vec![0; KEY];
        rand_bytes(&mut key)?;
        Ok(Self(SecretSlice::from(key)))
    }

    /// None: it has another length than a key.
    pub fn of(bytes: SecretSlice<u8>) -> Option<Self> {
        (bytes.expose_secret().len() == KEY).then_some(Self(bytes))
    }

    pub fn bytes(&self) -> &SecretSlice<u8> {
        &self.0
    }

    pub(crate) fn encrypt(&self, text: &str, place: &str) -> Result<String, StoreError> {
        let (mut nonce, mut tag) = ([0; NONCE], [0; TAG]);
        rand_bytes(&mut nonce)?;
        let (cipher, key) = (Cipher::aes_256_gcm(), self.0.expose_secret());
        let (place, text) = (place.as_bytes(), text.as_bytes());
        let hidden = encrypt_aead(cipher, key, Some(&nonce), place, text, &mut tag)?;
        Ok(format!(
            "{MARK}{}",
            STANDARD.encode([&nonce[..], &tag, &hidden].concat())
        ))
    }

    /// None: it was altered, stood elsewhere, or lies under another key.
    fn decrypt(&self, kept: &str, place: &str) -> Option<String> {
        let kept = STANDARD.decode(kept).ok()?;
        let (nonce, rest) = kept.split_at_checked(NONCE)?;
        let (tag, hidden) = rest.split_at_checked(TAG)?;
        let (cipher, key) = (Cipher::aes_256_gcm(), self.0.expose_secret());
        let text = decrypt_aead(cipher, key, Some(nonce), place.as_bytes(), hidden, tag).ok()?;
        String::from_utf8(text).ok()
    }
}

/// What a column holds, in clear. `key`: none is known.
pub(crate) fn read(
    kept: String,
    key: Option<&DataKey>,
    (column, place): (&'static str, &str),
) -> Result<String, StoreError> {
    let Some(hidden) = kept.strip_prefix(MARK) else {
        return Ok(kept);
    };
    let key = key.ok_or(StoreError::Encrypted { column })?;
    let text = key.decrypt(hidden, place);
    text.ok_or_else(|| StoreError::Unreadable {
        column,
        reason: format!("the encrypted text of {place} was altered, or belongs to another place"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &str = "t/journal/a/1";

    fn open(kept: &str, key: Option<&DataKey>, place: &str) -> Result<String, StoreError> {
        read(kept.to_owned(), key, ("body", place))
    }

    #[test]
    fn a_text_opens_by_its_key_in_its_place_alone() {
        let (key, other) = (DataKey::random().unwrap(), DataKey::random().unwrap());
        let kept = key.encrypt(r#"{"lastName":"高橋"}"#, PLACE).unwrap();
        assert!(!kept.contains("lastName"), "{kept}");
        assert_eq!(open(&kept, Some(&key), PLACE).unwrap(), r#"{"lastName":"高橋"}"#);
        assert!(open(&kept, Some(&key), "t/journal/a/2").is_err());
        assert!(open(&kept, Some(&other), PLACE).is_err());
        let locked = open(&kept, None, PLACE).unwrap_err();
        assert!(matches!(locked, StoreError::Encrypted { column: "body" }));
        assert_ne!(kept, key.encrypt(r#"{"lastName":"高橋"}"#, PLACE).unwrap());
    }

    #[test]
    fn what_was_written_before_is_read_as_it_is() {
        let key = DataKey::random().unwrap();
        for text in ["{}", "[1]", "\"aes256gcm:\"", "null"] {
            assert_eq!(open(text, Some(&key), PLACE).unwrap(), text);
            assert_eq!(open(text, None, PLACE).unwrap(), text);
        }
    }

    #[test]
    fn one_altered_byte_anywhere_opens_nothing() {
        let key = DataKey::random().unwrap();
        let kept = key.encrypt("{}", PLACE).unwrap();
        let bytes = STANDARD.decode(kept.strip_prefix(MARK).unwrap()).unwrap();
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            let altered = format!("{MARK}{}", STANDARD.encode(&altered));
            assert!(open(&altered, Some(&key), PLACE).is_err(), "{at}");
            let cut = format!("{MARK}{}", STANDARD.encode(&bytes[..at]));
            assert!(open(&cut, Some(&key), PLACE).is_err(), "{at}");
        }
        assert!(open(MARK, Some(&key), PLACE).is_err());
    }
}
