//! What two systems share, and nobody else knows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Private};
use thiserror::Error;

/// Spec, "Signature scheme": a serialised symmetric secret begins so, then follows its base64.
const PREFIX: &str = "whsec_";
/// Spec, "Signature scheme": at least 24 bytes (192 bits), at most 512 bits.
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;

/// A signing secret. Its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Secret(PKey<Private>);

#[derive(Debug, Error)]
pub enum SecretError {
    #[error("no signing secret: write whsec_ and the base64 of 24 to 64 random bytes")]
    Malformed,
    #[error(transparent)]
    Crypto(#[from] ErrorStack),
}

impl Secret {
    /// Reads `whsec_…`; white space around it is ignored.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let encoded = text.trim().strip_prefix(PREFIX).ok_or(SecretError::Malformed)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| SecretError::Malformed)?;
        if !LENGTHS.contains(&bytes.len()) {
            return Err(SecretError::Malformed);
        }
        Ok(Self(PKey::hmac(&bytes)?))
    }

    pub(super) fn key(&self) -> &PKey<Private> {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r24_a_secret_is_long_enough_and_never_shown() {
        let of = |bytes: usize| Secret::parse(&format!(" whsec_{}\n", STANDARD.encode(vec![7; bytes])));
        assert!(of(23).is_err() && of(65).is_err());
        assert_eq!(format!("{:?}", of(24).unwrap()), "Secret(…)");
        let bare = STANDARD.encode([7; 32]);
        assert!(Secret::parse(&bare).is_err() && Secret::parse("whsec_!").is_err());
    }
}
