//! A signed message, read and written as the standard says.

use axum::http::HeaderMap;
use openssl::base64::{decode_block, encode_block};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use serde_json::Value;

/// Seconds.
const TOLERANCE: i64 = 300;

/// A message that was proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub id: String,
    pub content: Value,
}

impl Letter {
    /// None: it is not by whom it should be, or of another time.
    pub(super) fn open(headers: &HeaderMap, body: &[u8], now: i64, secret: &str) -> Option<Self> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let (id, time) = (text("webhook-id")?, text("webhook-timestamp")?);
        let at: i64 = time.parse().ok()?;
        let ours = signature(secret, id, time, body);
        let mut signatures = text("webhook-signature")?.split(' ');
        let is_proved = signatures.any(|one| one == ours) && (at - now).abs() <= TOLERANCE;
        is_proved.then(|| Self {
            id: id.to_owned(),
            content: serde_json::from_slice(body).unwrap_or_default(),
        })
    }
}

/// `v1,` and the base64 of the keyed hash over id, time and body, with dots between them.
pub(super) fn signature(secret: &str, id: &str, time: &str, body: &[u8]) -> String {
    let secret = secret.strip_prefix("whsec_").expect("a secret");
    let secret = PKey::hmac(&decode_block(secret).expect("base64")).expect("a key");
    let mut signer = Signer::new(MessageDigest::sha256(), &secret).expect("HMAC");
    let content = [id.as_bytes(), b".", time.as_bytes(), b".", body].concat();
    let hash = signer.sign_oneshot_to_vec(&content).expect("a hash");
    format!("v1,{}", encode_block(&hash))
}
