//! What a token must say before its bearer may read or decide anything. Every refusal has one code.

use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;
use thiserror::Error;
use uuid::Uuid;

use super::signature::{BadSignature, verified_claims};

/// Clocks may differ by this many seconds.
const LEEWAY: i64 = 60;
/// The delegated permission that a web part's token must carry: it reads.
const READ: &str = "access_as_user";
/// The delegated permission of clients that decide. The principal of web parts is never granted it, for any script
/// in the tenant can obtain that one's token.
const DECIDE: &str = "decide";

/// What tokens are measured against.
#[derive(Debug, Clone)]
pub struct Expected {
    pub tenant: Uuid,
    /// Our own app registration.
    pub client_id: Uuid,
    /// Clients whose tokens may read by the API.
    pub allowed_clients: Vec<Uuid>,
    /// Clients whose tokens may read and decide; never one of those above.
    pub deciding_clients: Vec<Uuid>,
}

/// A person who calls the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    pub person: Uuid,
    /// Whether he came with a client and a scope for deciding.
    pub may_decide: bool,
}

/// A person who signed in at one of our own pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub person: Uuid,
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenRefusal {
    #[error(transparent)]
    Signature(#[from] BadSignature),
    #[error("the token was issued by another authority or tenant")]
    Issuer,
    #[error("the token is meant for another service")]
    Audience,
    #[error("the token is not valid now")]
    Time,
    #[error(
        "the token lacks the scope access_as_user (or decide, for a deciding client), or is not a person's"
    )]
    Scope,
    #[error("the token was issued to a client that may not call this API")]
    Client,
    #[error("the sign-in was not started here")]
    Nonce,
}

impl TokenRefusal {
    /// Stable code for problem answers and logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Signature(_) => "tokenSignature",
            Self::Issuer => "tokenIssuer",
            Self::Audience => "tokenAudience",
            Self::Time => "tokenTime",
            Self::Scope => "tokenScope",
            Self::Client => "tokenClient",
            Self::Nonce => "signInNonce",
        }
    }
}

#[derive(Deserialize)]
struct Claims {
    aud: String,
    iss: String,
    tid: Uuid,
    oid: Uuid,
    exp: f64,
    nbf: Option<f64>,
    scp: Option<String>,
    azp: Option<Uuid>,
    appid: Option<Uuid>,
    idtyp: Option<String>,
    nonce: Option<String>,
    name: Option<String>,
}

/// The person behind an access token for our API.
pub fn visitor(
    token: &str,
    keys: &JwkSet,
    expected: &Expected,
    now: Timestamp,
) -> Result<Visitor, TokenRefusal> {
    let claims: Claims = verified_claims(token, keys)?;
    claims.check(expected, now)?;
    if claims.idtyp.as_deref() == Some("app") {
        return Err(TokenRefusal::Scope);
    }
    // Version 1 tokens name the client `appid`, version 2 tokens `azp`.
    let client = claims.azp.or(claims.appid).ok_or(TokenRefusal::Client)?;
    let may_decide = if expected.allowed_clients.contains(&client) {
        false
    } else if expected.deciding_clients.contains(&client) {
        true
    } else {
        return Err(TokenRefusal::Client);
    };
    if !claims.has_scope(if may_decide { DECIDE } else { READ }) {
        return Err(TokenRefusal::Scope);
    }
    Ok(Visitor {
        person: claims.oid,
        may_decide,
    })
}

/// The person behind an ID token that answers the sign-in with `nonce`.
pub fn sign_in(
    token: &str,
    keys: &JwkSet,
    expected: &Expected,
    nonce: &str,
    now: Timestamp,
) -> Result<SignIn, TokenRefusal> {
    let claims: Claims = verified_claims(token, keys)?;
    claims.check(expected, now)?;
    let answered = claims.nonce.as_deref().unwrap_or_default().as_bytes();
    if answered.len() != nonce.len() || !openssl::memcmp::eq(answered, nonce.as_bytes()) {
        return Err(TokenRefusal::Nonce);
    }
    Ok(SignIn {
        person: claims.oid,
        name: claims.name.unwrap_or_default(),
    })
}

impl Claims {
    fn has_scope(&self, wanted: &str) -> bool {
        let scopes = self.scp.as_deref().unwrap_or_default();
        scopes.split(' ').any(|scope| scope == wanted)
    }

    fn check(&self, expected: &Expected, now: Timestamp) -> Result<(), TokenRefusal> {
        let tenant = expected.tenant;
        // Version 1 and version 2 tokens have different issuers; which one comes is set in the registration.
        let issuers = [
            format!("https://sts.windows.net/{tenant}/"),
            format!("https://login.microsoftonline.com/{tenant}/v2.0"),
        ];
        if self.tid != tenant || !issuers.contains(&self.iss) {
            return Err(TokenRefusal::Issuer);
        }
        let client = expected.client_id.to_string();
        if self.aud != client && self.aud != format!("api://{client}") {
            return Err(TokenRefusal::Audience);
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds since 1970 are exact in 53 bits"
        )]
        let (now, leeway) = (now.as_second() as f64, LEEWAY as f64);
        if now > self.exp + leeway || self.nbf.is_some_and(|start| now + leeway < start) {
            return Err(TokenRefusal::Time);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use openssl::hash::MessageDigest;
    use openssl::pkey::{PKey, Private};
    use openssl::rsa::Rsa;
    use openssl::sign::Signer;
    use serde_json::{Value, json};

    const TENANT: Uuid = Uuid::from_u128(1);
    const CLIENT: Uuid = Uuid::from_u128(2);
    const SPFX: Uuid = Uuid::from_u128(3);
    const PORTAL: Uuid = Uuid::from_u128(5);
    const PERSON: Uuid = Uuid::from_u128(4);
    const NOW: i64 = 1_800_000_000;

    fn key() -> PKey<Private> {
        PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap()
    }

    fn published(key: &PKey<Private>) -> JwkSet {
        let rsa = key.rsa().unwrap();
        let (n, e) = (
            URL_SAFE_NO_PAD.encode(rsa.n().to_vec()),
            URL_SAFE_NO_PAD.encode(rsa.e().to_vec()),
        );
        serde_json::from_value(json!({"keys": [{"kty": "RSA", "use": "sig", "kid": "k", "n": n, "e": e}]}))
            .unwrap()
    }

    fn signed(key: &PKey<Private>, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(header), part(claims));
        let mut signer = Signer::new(MessageDigest::sha256(), key).unwrap();
        let signature = signer.sign_oneshot_to_vec(text.as_bytes()).unwrap();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn good() -> Value {
        json!({"aud": format!("api://{CLIENT}"), "iss": format!("https://sts.windows.net/{TENANT}/"), "tid": TENANT,
               "oid": PERSON, "exp": NOW + 600, "nbf": NOW - 5, "scp": "access_as_user", "appid": SPFX,
               "nonce": "n", "name": "A"})
    }

    fn expected() -> Expected {
        Expected {
            tenant: TENANT,
            client_id: CLIENT,
            allowed_clients: vec![SPFX],
            deciding_clients: vec![PORTAL],
        }
    }

    fn seen(claims: &Value) -> Result<Visitor, TokenRefusal> {
        let key = key();
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": "k"});
        let token = signed(&key, &header, claims);
        let now = Timestamp::from_second(NOW).unwrap();
        visitor(&token, &published(&key), &expected(), now)
    }

    #[test]
    fn both_token_versions_of_the_web_part_are_accepted() {
        let key = key();
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": "k"});
        let mut second = good();
        second["aud"] = json!(CLIENT);
        second["iss"] = json!(format!("https://login.microsoftonline.com/{TENANT}/v2.0"));
        second["azp"] = json!(SPFX);
        second["appid"] = Value::Null;
        for claims in [good(), second] {
            let token = signed(&key, &header, &claims);
            let now = Timestamp::from_second(NOW).unwrap();
            assert_eq!(
                visitor(&token, &published(&key), &expected(), now),
                Ok(Visitor {
                    person: PERSON,
                    may_decide: false
                })
            );
        }
    }

    #[test]
    fn only_a_deciding_client_with_its_scope_may_decide_whatever_a_web_part_was_granted() {
        let of = |client: Uuid, scopes: &str| {
            let mut claims = good();
            claims["appid"] = json!(client);
            claims["scp"] = json!(scopes);
            seen(&claims).map(|visitor| visitor.may_decide)
        };
        assert_eq!(of(PORTAL, "decide"), Ok(true));
        assert_eq!(of(SPFX, "access_as_user decide"), Ok(false));
        assert_eq!(of(SPFX, "decide"), Err(TokenRefusal::Scope));
        assert_eq!(of(PORTAL, "access_as_user"), Err(TokenRefusal::Scope));
        assert_eq!(of(PERSON, "access_as_user decide"), Err(TokenRefusal::Client));
    }

    #[test]
    fn every_wrong_claim_is_refused_by_its_own_code() {
        let (key, now) = (key(), Timestamp::from_second(NOW).unwrap());
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": "k"});
        for (claim, value, code) in [
            (
                "iss",
                json!("https://sts.windows.net/00000000-0000-0000-0000-000000000009/"),
                "tokenIssuer",
            ),
            ("tid", json!(CLIENT), "tokenIssuer"),
            ("aud", json!("https://graph.microsoft.com"), "tokenAudience"),
            ("exp", json!(NOW - 61), "tokenTime"),
            ("nbf", json!(NOW + 61), "tokenTime"),
            ("scp", json!("access_as_users"), "tokenScope"),
            ("scp", Value::Null, "tokenScope"),
            ("idtyp", json!("app"), "tokenScope"),
            ("appid", json!(PERSON), "tokenClient"),
        ] {
            let mut claims = good();
            claims[claim] = value;
            let refused = visitor(
                &signed(&key, &header, &claims),
                &published(&key),
                &expected(),
                now,
            )
            .unwrap_err();
            assert_eq!(refused.code(), code, "{claim}");
        }
    }

    #[test]
    fn a_forged_signature_or_algorithm_never_counts() {
        let (key, other) = (key(), super::tests::key());
        let now = Timestamp::from_second(NOW).unwrap();
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": "k"});
        let forged = signed(&other, &header, &good());
        let hmac = signed(&key, &json!({"alg": "HS256", "typ": "JWT", "kid": "k"}), &good());
        let stranger = signed(&key, &json!({"alg": "RS256", "typ": "JWT", "kid": "z"}), &good());
        for (token, refusal) in [
            (forged, BadSignature::Mismatch),
            (hmac, BadSignature::Algorithm),
            (stranger, BadSignature::UnknownKey),
            ("a.b".to_owned(), BadSignature::Malformed),
        ] {
            let refused = visitor(&token, &published(&key), &expected(), now).unwrap_err();
            assert_eq!(refused, TokenRefusal::Signature(refusal));
        }
    }

    #[test]
    fn a_sign_in_must_answer_the_question_that_was_asked() {
        let (key, now) = (key(), Timestamp::from_second(NOW).unwrap());
        let token = signed(&key, &json!({"alg": "RS256", "kid": "k"}), &good());
        let keys = published(&key);
        assert_eq!(
            sign_in(&token, &keys, &expected(), "n", now).unwrap().person,
            PERSON
        );
        assert_eq!(
            sign_in(&token, &keys, &expected(), "m", now),
            Err(TokenRefusal::Nonce)
        );
    }
}
