//! The tenant's RSA signing key, kept under the data folder: tokens outlive a restart.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::{Signer, Verifier};
use serde_json::{Value, json};

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the signing key cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    #[error("openssl refused: {0}")]
    Crypto(#[from] ErrorStack),
}

/// An RSA key that signs with RS256.
#[derive(Debug)]
pub struct SigningKey {
    key: PKey<Private>,
    kid: String,
}

impl SigningKey {
    /// Makes a key that lives as long as the process.
    pub fn generate() -> Result<Self, KeyError> {
        Ok(Self::of(PKey::from_rsa(Rsa::generate(2048)?)?)?)
    }

    /// Reads `{data}/token-signing.pem`; at the first start makes it, readable by the owner alone.
    pub fn load_or_create(data: &Path) -> Result<Self, KeyError> {
        let path = data.join("token-signing.pem");
        if path.exists() {
            return Ok(Self::of(PKey::private_key_from_pem(&fs::read(path)?)?)?);
        }
        let made = Self::generate()?;
        fs::create_dir_all(data)?;
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        file.write_all(&made.key.private_key_to_pem_pkcs8()?)?;
        Ok(made)
    }

    fn of(key: PKey<Private>) -> Result<Self, ErrorStack> {
        let digest = openssl::hash::hash(MessageDigest::sha256(), &key.public_key_to_der()?)?;
        let kid = URL_SAFE_NO_PAD.encode(&digest[..20]);
        Ok(Self { key, kid })
    }

    /// Signs claims as a compact JWS.
    pub fn sign(&self, claims: &Value) -> Result<String, ErrorStack> {
        let header = json!({"typ": "JWT", "alg": "RS256", "kid": self.kid, "x5t": self.kid});
        let input = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let mut signer = Signer::new(MessageDigest::sha256(), &self.key)?;
        let signature = signer.sign_oneshot_to_vec(input.as_bytes())?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Whether `signature` over `input` is this key's.
    pub fn verifies(&self, input: &[u8], signature: &[u8]) -> bool {
        Verifier::new(MessageDigest::sha256(), &self.key)
            .and_then(|mut verifier| verifier.verify_oneshot(signature, input))
            .unwrap_or(false)
    }

    /// The public key as an entry of a JWKS document.
    pub fn jwk(&self) -> Result<Value, ErrorStack> {
        let rsa = self.key.rsa()?;
        Ok(json!({
            "kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid,
            "n": URL_SAFE_NO_PAD.encode(rsa.n().to_vec()),
            "e": URL_SAFE_NO_PAD.encode(rsa.e().to_vec()),
        }))
    }
}
