//! A password encrypted to a key that only one browser holds, for a short time.

use jiff::{SignedDuration, Timestamp};
use openssl::encrypt::Encrypter;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Public};
use openssl::rsa::Padding;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

/// The browser fetches its answer within this time, or asks again.
const LIFE: SignedDuration = SignedDuration::from_mins(5);
/// Sizes of RSA keys in bits that are neither weak nor a burden.
const SIZES: std::ops::RangeInclusive<u32> = 2048..=4096;

#[derive(Debug, Error)]
#[error("not an RSA public key of 2048 to 4096 bits (SubjectPublicKeyInfo)")]
pub(crate) struct UnfitKey;

/// What the store keeps: ciphertext and its end, eight bytes of milliseconds first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) until: Timestamp,
    pub(crate) ciphertext: Vec<u8>,
}

impl Sealed {
    /// Encrypts as WebCrypto's RSA-OAEP with SHA-256 decrypts.
    pub(crate) fn seal(password: &SecretString, key: &[u8], now: Timestamp) -> Result<Self, ErrorStack> {
        let key = PKey::public_key_from_der(key)?;
        let mut encrypter = Encrypter::new(&key)?;
        encrypter.set_rsa_padding(Padding::PKCS1_OAEP)?;
        encrypter.set_rsa_oaep_md(MessageDigest::sha256())?;
        encrypter.set_rsa_mgf1_md(MessageDigest::sha256())?;
        let plain = password.expose_secret().as_bytes();
        let mut ciphertext = vec![0; encrypter.encrypt_len(plain)?];
        let length = encrypter.encrypt(plain, &mut ciphertext)?;
        ciphertext.truncate(length);
        let until = now.checked_add(LIFE).unwrap_or(now);
        Ok(Self { until, ciphertext })
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let until = self.until.as_millisecond().to_be_bytes();
        [&until[..], &self.ciphertext].concat()
    }

    /// `None` for bytes that [`Sealed::to_bytes`] did not write.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (until, ciphertext) = bytes.split_first_chunk::<8>()?;
        Some(Self {
            until: Timestamp::from_millisecond(i64::from_be_bytes(*until)).ok()?,
            ciphertext: ciphertext.to_vec(),
        })
    }
}

/// A key that a browser sent.
pub(crate) fn check_key(key: &[u8]) -> Result<(), UnfitKey> {
    let key: PKey<Public> = PKey::public_key_from_der(key).map_err(|_| UnfitKey)?;
    match key.rsa() {
        Ok(_) if SIZES.contains(&key.bits()) => Ok(()),
        _ => Err(UnfitKey),
    }
}

#[cfg(test)]
mod tests {
    use openssl::ec::{EcGroup, EcKey};
    use openssl::nid::Nid;
    use openssl::rsa::Rsa;

    use super::*;

    fn rsa(bits: u32) -> Vec<u8> {
        PKey::from_rsa(Rsa::generate(bits).unwrap())
            .unwrap()
            .public_key_to_der()
            .unwrap()
    }

    #[test]
    fn only_sound_rsa_keys_are_taken() {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let curve = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
        assert!(check_key(&rsa(2048)).is_ok());
        for unfit in [
            rsa(1024),
            curve.public_key_to_der().unwrap(),
            b"key".to_vec(),
            vec![],
        ] {
            assert!(check_key(&unfit).is_err());
        }
    }

    #[test]
    fn what_is_kept_is_ciphertext_with_an_end() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let sealed = Sealed::seal(&SecretString::from("first-Passw0rd"), &rsa(2048), now).unwrap();
        assert_eq!(Sealed::read(&sealed.to_bytes()).as_ref(), Some(&sealed));
        assert_eq!(sealed.until, now + LIFE);
        assert!(!String::from_utf8_lossy(&sealed.to_bytes()).contains("first-Passw0rd"));
        assert_eq!(Sealed::read(b"short"), None);
    }
}
