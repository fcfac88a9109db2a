//! Signing, and telling genuine messages from others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::memcmp;
use openssl::sign::Signer;

use super::Secret;

/// Spec, "Webhook headers".
pub const ID: &str = "webhook-id";
/// Whole seconds since the epoch.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// Signatures with a blank between them, each `v1,` and base64.
pub const SIGNATURE: &str = "webhook-signature";
/// Of HMAC-SHA256 (spec, "Signature scheme").
const VERSION: &str = "v1,";
/// How far a message's time may be from ours. The spec asks for "some allowable tolerance"; its reference libraries
/// take five minutes (`WEBHOOK_TOLERANCE_IN_SECONDS`).
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
/// Longer ids are nobody's.
const MAX_ID: usize = 200;
/// A sender that rotates its secret signs twice; more signatures are not looked at.
const MAX_SIGNATURES: usize = 8;

/// A message whose sender shares a secret with us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The same however often it is sent.
    pub id: String,
}

/// Why a message is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotGenuine {
    /// A header is missing or cannot be read.
    Header(&'static str),
    /// Its time is not ours, by more than [`TOLERANCE`].
    Stale,
    /// No signature is by a secret that we share.
    Signature,
}

/// The header [`SIGNATURE`]: one signature for each secret, so that either side can change its secret at any time.
pub fn sign(secrets: &[Secret], id: &str, at: Timestamp, body: &[u8]) -> Result<String, ErrorStack> {
    let signed = |secret: &Secret| {
        let signature = hmac(secret, id, &at.as_second().to_string(), body)?;
        Ok(format!("{VERSION}{}", STANDARD.encode(signature)))
    };
    let signatures: Result<Vec<String>, ErrorStack> = secrets.iter().map(signed).collect();
    Ok(signatures?.join(" "))
}

/// Believes a message that carries a signature by one of the secrets, of a time that is ours.
pub fn verify(
    secrets: &[Secret],
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Message, NotGenuine> {
    let id = text(headers, ID)?;
    // A dot in it could be mistaken for the one between id and time.
    if id.is_empty() || id.len() > MAX_ID || id.contains('.') {
        return Err(NotGenuine::Header(ID));
    }
    let seconds = text(headers, TIMESTAMP)?;
    let at = seconds
        .parse()
        .ok()
        .and_then(|at| Timestamp::from_second(at).ok());
    let at = at.ok_or(NotGenuine::Header(TIMESTAMP))?;
    let told = text(headers, SIGNATURE)?;
    let told = told
        .split(' ')
        .take(MAX_SIGNATURES)
        .filter_map(|one| STANDARD.decode(one.strip_prefix(VERSION)?).ok());
    let told: Vec<Vec<u8>> = told.collect();
    let is_ours = |secret: &Secret| {
        hmac(secret, id, seconds, body).is_ok_and(|ours| told.iter().any(|told| is_same(told, &ours)))
    };
    if !secrets.iter().any(is_ours) {
        return Err(NotGenuine::Signature);
    }
    if at.duration_since(now).abs() > TOLERANCE {
        return Err(NotGenuine::Stale);
    }
    Ok(Message { id: id.to_owned() })
}

fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, NotGenuine> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or(NotGenuine::Header(name))
}

/// In constant time.
fn is_same(told: &[u8], ours: &[u8]) -> bool {
    told.len() == ours.len() && memcmp::eq(told, ours)
}

fn hmac(secret: &Secret, id: &str, seconds: &str, body: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let mut signer = Signer::new(MessageDigest::sha256(), secret.key())?;
    signer.update(format!("{id}.{seconds}.").as_bytes())?;
    signer.update(body)?;
    signer.sign_to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"a":1}"#;
    const SECONDS: i64 = 1_800_000_000;

    fn secret(byte: u8) -> Secret {
        Secret::parse(&format!("whsec_{}", STANDARD.encode([byte; 24]))).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn headers(id: &str, seconds: &str, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [(ID, id), (TIMESTAMP, seconds), (SIGNATURE, signature)] {
            headers.insert(name, value.parse().unwrap());
        }
        headers
    }

    fn judged(id: &str, seconds: i64, signature: &str, body: &[u8]) -> Result<Message, NotGenuine> {
        let headers = headers(id, &seconds.to_string(), signature);
        verify(&[secret(1), secret(2)], &headers, body, at(SECONDS))
    }

    #[test]
    fn r24_the_signature_is_the_one_that_the_standard_gives_for_its_example() {
        // From the test of the reference libraries.
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = br#"{"test": 2432232314}"#;
        let signed = sign(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", at(1_614_265_330), body).unwrap();
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn r24_either_of_two_secrets_is_believed_and_no_third() {
        for (signer, is_believed) in [(1, true), (2, true), (3, false)] {
            let signature = sign(&[secret(9), secret(signer)], "m1", at(SECONDS), BODY).unwrap();
            assert_eq!(
                judged("m1", SECONDS, &signature, BODY).is_ok(),
                is_believed,
                "{signer}"
            );
        }
    }

    #[test]
    fn r24_whatever_was_altered_is_not_believed() {
        let signature = sign(&[secret(1)], "m1", at(SECONDS), BODY).unwrap();
        let good = judged("m1", SECONDS, &signature, BODY);
        assert_eq!(good, Ok(Message { id: "m1".to_owned() }));
        let forged = Err(NotGenuine::Signature);
        assert_eq!(judged("m2", SECONDS, &signature, BODY), forged);
        assert_eq!(judged("m1", SECONDS + 1, &signature, BODY), forged);
        assert_eq!(judged("m1", SECONDS, &signature, b"{}"), forged);
        assert_eq!(
            judged("m1", SECONDS, &signature.replace("v1,", "v1a,"), BODY),
            forged
        );
        assert_eq!(judged("m1", SECONDS, "v1,", BODY), forged);
        assert_eq!(
            judged("m.1", SECONDS, &signature, BODY),
            Err(NotGenuine::Header(ID))
        );
        let odd = verify(
            &[secret(1)],
            &headers("m1", "soon", &signature),
            BODY,
            at(SECONDS),
        );
        assert_eq!(odd, Err(NotGenuine::Header(TIMESTAMP)));
    }

    #[test]
    fn r24_a_genuine_message_is_believed_for_five_minutes() {
        for (seconds, is_believed) in [(-301, false), (-300, true), (300, true), (301, false)] {
            let sent = SECONDS + seconds;
            let signature = sign(&[secret(1)], "m1", at(sent), BODY).unwrap();
            let judged = judged("m1", sent, &signature, BODY);
            assert_eq!(judged.is_ok(), is_believed, "{seconds}: {judged:?}");
        }
    }
}
