//! The signature of a token: RS256 with one of Entra's published keys. The header may name a key, never an
//! algorithm of its own choice.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, JwkSet, RSAKeyParameters};
use jsonwebtoken::{Algorithm, decode_header};
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Public};
use openssl::rsa::Rsa;
use openssl::sign::Verifier;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Why a token's signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadSignature {
    #[error("not a signed token")]
    Malformed,
    #[error("signed with an algorithm other than RS256")]
    Algorithm,
    #[error("signed with a key that is not published")]
    UnknownKey,
    #[error("the signature does not fit")]
    Mismatch,
}

/// The key that signed `token`, as its header says; to know whether the published keys must be read again.
pub fn key_id(token: &str) -> Result<String, BadSignature> {
    let header = decode_header(token).map_err(|_| BadSignature::Malformed)?;
    if header.alg != Algorithm::RS256 {
        return Err(BadSignature::Algorithm);
    }
    header.kid.ok_or(BadSignature::UnknownKey)
}

/// The claims of `token` if it is signed with one of `keys`.
pub fn verified_claims<T: DeserializeOwned>(token: &str, keys: &JwkSet) -> Result<T, BadSignature> {
    let kid = key_id(token)?;
    let key = keys.find(&kid).ok_or(BadSignature::UnknownKey)?;
    let AlgorithmParameters::RSA(parameters) = &key.algorithm else {
        return Err(BadSignature::Algorithm);
    };
    let (signed, signature) = token.rsplit_once('.').ok_or(BadSignature::Malformed)?;
    let (_, claims) = signed.split_once('.').ok_or(BadSignature::Malformed)?;
    let signature = decoded(signature)?;
    let public = public_key(parameters)?;
    if !fits(&public, signed.as_bytes(), &signature).unwrap_or(false) {
        return Err(BadSignature::Mismatch);
    }
    serde_json::from_slice(&decoded(claims)?).map_err(|_| BadSignature::Malformed)
}

fn decoded(part: &str) -> Result<Vec<u8>, BadSignature> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| BadSignature::Malformed)
}

fn public_key(parameters: &RSAKeyParameters) -> Result<PKey<Public>, BadSignature> {
    let (n, e) = (decoded(&parameters.n)?, decoded(&parameters.e)?);
    let key = || -> Result<PKey<Public>, ErrorStack> {
        PKey::from_rsa(Rsa::from_public_components(
            BigNum::from_slice(&n)?,
            BigNum::from_slice(&e)?,
        )?)
    };
    key().map_err(|_| BadSignature::UnknownKey)
}

fn fits(key: &PKey<Public>, signed: &[u8], signature: &[u8]) -> Result<bool, ErrorStack> {
    Verifier::new(MessageDigest::sha256(), key)?.verify_oneshot(signature, signed)
}
