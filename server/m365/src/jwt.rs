//! Statements (RFC 7515, compact) that the app signs with its certificate's key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openssl::{
    error::ErrorStack,
    hash::MessageDigest,
    rsa::Padding,
    sign::{RsaPssSaltlen, Signer},
};
use serde_json::{Value, json};

use crate::Credential;

/// How a statement is signed and how it names the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signing {
    /// RSA-PSS; the certificate by SHA-256. What Entra advises.
    Ps256,
    /// RSA PKCS#1 v1.5; the certificate by SHA-1. All that SharePoint Server knows.
    Rs256,
    /// The same with the thumbprint as `kid` too, as Microsoft's sample of a proof of possession writes it.
    Possession,
}

/// Header, claims and signature.
pub(crate) fn sign(credential: &Credential, signing: Signing, claims: &Value) -> Result<String, ErrorStack> {
    let header = match signing {
        Signing::Ps256 => json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": credential.thumbprint() }),
        Signing::Rs256 => json!({ "alg": "RS256", "typ": "JWT", "x5t": credential.sha1_thumbprint() }),
        Signing::Possession => json!({
            "alg": "RS256", "typ": "JWT", "x5t": credential.sha1_thumbprint(), "kid": credential.sha1_hex(),
        }),
    };
    let unsigned = format!("{}.{}", encode(&header), encode(claims));
    let signature = signature(credential, signing, unsigned.as_bytes())?;
    Ok(format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn signature(credential: &Credential, signing: Signing, text: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let mut signer = Signer::new(MessageDigest::sha256(), credential.key())?;
    match signing {
        Signing::Ps256 => {
            signer.set_rsa_padding(Padding::PKCS1_PSS)?;
            signer.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
        }
        Signing::Rs256 | Signing::Possession => signer.set_rsa_padding(Padding::PKCS1)?,
    }
    signer.sign_oneshot_to_vec(text)
}
