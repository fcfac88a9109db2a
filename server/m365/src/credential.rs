//! The app's certificate with its private key.

use std::path::{Path, PathBuf};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use openssl::{
    asn1::Asn1Time,
    error::ErrorStack,
    hash::MessageDigest,
    pkey::{PKey, Private},
    x509::X509,
};
use secrecy::{ExposeSecret, SecretSlice};

/// Certificate and private key by which the app proves who it is, to Entra or to a farm.
#[derive(Clone)]
pub struct Credential {
    key: PKey<Private>,
    der: Vec<u8>,
    thumbprint: String,
    sha1_thumbprint: String,
    expires: Timestamp,
}

/// Why a credential could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// The file cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable { path: PathBuf, reason: std::io::Error },
    /// Not a PEM certificate with its key.
    #[error("no PEM certificate with its private key: {0}")]
    Malformed(#[from] ErrorStack),
    /// Key and certificate are not a pair.
    #[error("the private key does not belong to the certificate")]
    NotAPair,
    /// Assertions and tokens are signed by RSA.
    #[error("the private key is not an RSA key")]
    NotRsa,
}

impl Credential {
    /// Reads certificate and key from PEM files (one with both, or one each).
    pub fn from_files<P: AsRef<Path>>(paths: &[P]) -> Result<Self, CredentialError> {
        let mut pem = Vec::new();
        for path in paths.iter().map(AsRef::as_ref) {
            let text =
                std::fs::read(path)
                    .map(SecretSlice::from)
                    .map_err(|reason| CredentialError::Unreadable {
                        path: path.to_owned(),
                        reason,
                    })?;
            pem.extend_from_slice(text.expose_secret());
            pem.push(b'\n');
        }
        Self::from_pem(&SecretSlice::from(pem))
    }

    /// Reads certificate and key from PEM text that holds both, in any order.
    pub fn from_pem(pem: &SecretSlice<u8>) -> Result<Self, CredentialError> {
        let certificate = X509::from_pem(pem.expose_secret())?;
        let key = PKey::private_key_from_pem(pem.expose_secret())?;
        if key.rsa().is_err() {
            return Err(CredentialError::NotRsa);
        }
        if !certificate.public_key()?.public_eq(&key) {
            return Err(CredentialError::NotAPair);
        }
        let thumbprint = |digest| Ok::<_, ErrorStack>(URL_SAFE_NO_PAD.encode(certificate.digest(digest)?));
        Ok(Self {
            key,
            der: certificate.to_der()?,
            thumbprint: thumbprint(MessageDigest::sha256())?,
            sha1_thumbprint: thumbprint(MessageDigest::sha1())?,
            expires: expiry(&certificate)?,
        })
    }

    /// base64url(SHA-256 of the certificate's DER): the `x5t#S256` of Entra's certificate credentials.
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// base64url(SHA-1 of the certificate's DER): the `x5t` by which SharePoint Server finds a certificate.
    pub fn sha1_thumbprint(&self) -> &str {
        &self.sha1_thumbprint
    }

    /// SHA-1 of the certificate's DER in upper-case hexadecimal digits, as portals show it.
    pub fn sha1_hex(&self) -> String {
        let digest = URL_SAFE_NO_PAD.decode(&self.sha1_thumbprint).unwrap_or_default();
        upper_hex(&digest)
    }

    /// The certificate itself in DER, without the key.
    pub fn certificate(&self) -> &[u8] {
        &self.der
    }

    /// When the certificate runs out.
    pub fn expires(&self) -> Timestamp {
        self.expires
    }

    pub(crate) fn key(&self) -> &PKey<Private> {
        &self.key
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({}, until {})", self.thumbprint, self.expires)
    }
}

/// Two upper-case hexadecimal digits for each byte.
pub(crate) fn upper_hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
    digits.map(|digit| digit.to_ascii_uppercase()).collect()
}

fn expiry(certificate: &X509) -> Result<Timestamp, ErrorStack> {
    let since_epoch = Asn1Time::from_unix(0)?.diff(certificate.not_after())?;
    let seconds = i64::from(since_epoch.days) * 86_400 + i64::from(since_epoch.secs);
    Ok(Timestamp::UNIX_EPOCH
        .checked_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX))
}
