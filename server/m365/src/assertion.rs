//! The signed statement by which the app proves to Entra that it holds the certificate's key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use openssl::{
    error::ErrorStack,
    hash::MessageDigest,
    rsa::Padding,
    sign::{RsaPssSaltlen, Signer},
};
use serde_json::json;
use uuid::Uuid;

use crate::Credential;

/// Life of an assertion in seconds; Microsoft's page on certificate credentials suggests 5 to 10 minutes.
const LIFE: i64 = 600;

/// A client assertion (PS256, `x5t#S256`) as in Microsoft's "Microsoft identity platform application
/// authentication certificate credentials". `audience` is the token endpoint.
pub(crate) fn sign(
    credential: &Credential,
    client_id: Uuid,
    audience: &str,
    now: Timestamp,
    jti: Uuid,
) -> Result<String, ErrorStack> {
    let now = now.as_second();
    let header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": credential.thumbprint() });
    let claims = json!({
        "aud": audience, "iss": client_id, "sub": client_id, "jti": jti,
        "nbf": now, "iat": now, "exp": now + LIFE,
    });
    let unsigned = format!("{}.{}", encode(&header), encode(&claims));
    let signature = pss(credential, unsigned.as_bytes())?;
    Ok(format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn encode(part: &serde_json::Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn pss(credential: &Credential, text: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let mut signer = Signer::new(MessageDigest::sha256(), credential.key())?;
    signer.set_rsa_padding(Padding::PKCS1_PSS)?;
    signer.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
    signer.sign_oneshot_to_vec(text)
}
