//! Cookies that we sign, so that every instance believes them and nobody can make one.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Problem;
use crate::service::Service;

/// A kind of cookie. The prefix makes browsers refuse it from other hosts, paths and over plain http (RFC 6265bis).
#[derive(Debug, Clone, Copy)]
pub(super) struct Cookie {
    pub(super) name: &'static str,
    pub(super) life: SignedDuration,
}

#[derive(Serialize, Deserialize)]
struct Signed<T> {
    value: T,
    until: Timestamp,
}

impl Cookie {
    /// The header that sets it.
    pub(super) fn set<T: Serialize>(self, service: &Service, value: T) -> Result<HeaderValue, Problem> {
        let until = service.now().checked_add(self.life).map_err(Problem::internal)?;
        let text = serde_json::to_vec(&Signed { value, until }).map_err(Problem::internal)?;
        let text = URL_SAFE_NO_PAD.encode(text);
        let mac = mac(service, &format!("{}={text}", self.name))?;
        self.header(&format!("{text}.{mac}"), self.life.as_secs())
    }

    /// The header that takes it away.
    pub(super) fn clear(self) -> Result<HeaderValue, Problem> {
        self.header("", 0)
    }

    fn header(self, value: &str, seconds: i64) -> Result<HeaderValue, Problem> {
        let name = self.name;
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
        HeaderValue::from_str(&text).map_err(Problem::internal)
    }

    /// Its value, if it came, is ours and not too old.
    pub(super) fn read<T: DeserializeOwned>(
        self,
        service: &Service,
        headers: &HeaderMap,
    ) -> Result<Option<T>, Problem> {
        let Some((text, given)) = find(headers, self.name).and_then(|value| value.split_once('.')) else {
            return Ok(None);
        };
        if !same(given, &mac(service, &format!("{}={text}", self.name))?) {
            return Ok(None);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        let signed = serde_json::from_slice::<Signed<T>>(&bytes).ok();
        Ok(signed
            .filter(|signed| service.now() < signed.until)
            .map(|signed| signed.value))
    }
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// A keyed hash that only this installation can make.
pub(super) fn mac(service: &Service, text: &str) -> Result<String, Problem> {
    let secret = service
        .evidence
        .derive("cookies of our own pages")
        .map_err(Problem::internal)?;
    let key = PKey::hmac(secret.as_bytes()).map_err(Problem::internal)?;
    let mut signer = Signer::new(MessageDigest::sha256(), &key).map_err(Problem::internal)?;
    let mac = signer
        .sign_oneshot_to_vec(text.as_bytes())
        .map_err(Problem::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(mac))
}

/// Compares in constant time.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && openssl::memcmp::eq(a.as_bytes(), b.as_bytes())
}
