//! The signed statement by which the app proves to Entra that it holds the certificate's key.

use jiff::Timestamp;
use openssl::error::ErrorStack;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Credential,
    jwt::{self, Signing},
};

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
    let claims = json!({
        "aud": audience, "iss": client_id, "sub": client_id, "jti": jti,
        "nbf": now, "iat": now, "exp": now + LIFE,
    });
    jwt::sign(credential, Signing::Ps256, &claims)
}
