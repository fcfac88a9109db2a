//! The proof that whoever adds or removes a certificate holds one that is registered already ("Generate
//! proof-of-possession tokens for rolling keys").

use jiff::Timestamp;
use openssl::error::ErrorStack;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Credential,
    jwt::{self, Signing},
};

/// Azure Active Directory Graph, whom the proof is made for.
const AUDIENCE: &str = "00000002-0000-0000-c000-000000000000";
/// At most ten minutes; clocks differ, so it begins a little before now.
const LIFE: i64 = 480;
const BEFORE: i64 = 60;

/// `application`: object id of the registration.
pub(crate) fn sign(credential: &Credential, application: Uuid, now: Timestamp) -> Result<String, ErrorStack> {
    let begins = now.as_second() - BEFORE;
    let claims = json!({ "aud": AUDIENCE, "iss": application, "nbf": begins, "exp": begins + LIFE });
    jwt::sign(credential, Signing::Possession, &claims)
}
