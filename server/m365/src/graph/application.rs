//! Our own app registration: what proves us, and who owns it.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use openssl::hash::{MessageDigest, hash};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, credential::upper_hex, error::found, odata};

/// `key` is told for a single registration only, and only when it is selected ("keyCredential resource type").
const SELECT: &str = "$select=id,appId,displayName,createdDateTime,keyCredentials,passwordCredentials";

/// An app registration.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// Object id: what paths and proofs name, other than the client id.
    pub id: Uuid,
    pub app_id: Uuid,
    pub display_name: Option<String>,
    #[serde(rename = "createdDateTime")]
    pub created: Option<Timestamp>,
    #[serde(default)]
    pub key_credentials: Vec<KeyCredential>,
    #[serde(default)]
    pub password_credentials: Vec<PasswordCredential>,
    /// The version that was read, where Graph tells one.
    #[serde(rename = "@odata.etag")]
    pub etag: Option<String>,
}

/// A registered certificate, without its private key.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyCredential {
    pub key_id: Uuid,
    pub display_name: Option<String>,
    #[serde(rename = "endDateTime")]
    pub ends: Option<Timestamp>,
    /// The thumbprint: hexadecimal digits, or those or the digest itself in base64.
    custom_key_identifier: Option<String>,
    /// The certificate in base64.
    key: Option<String>,
    /// Whatever else Graph says of it; a list that is written must say it again.
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

/// A registered secret, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordCredential {
    pub key_id: Uuid,
    pub display_name: Option<String>,
    #[serde(rename = "endDateTime")]
    pub ends: Option<Timestamp>,
}

impl KeyCredential {
    /// SHA-1 of the certificate in upper-case hexadecimal digits, as [`Credential::sha1_hex`](crate::Credential::sha1_hex) gives it; `None` when
    /// Graph tells neither it nor the certificate.
    pub fn thumbprint(&self) -> Option<String> {
        let named = self.custom_key_identifier.as_deref().and_then(digits);
        let whole = self.key.as_deref().and_then(|key| STANDARD.decode(key).ok());
        named.or_else(|| Some(upper_hex(&hash(MessageDigest::sha1(), &whole?).ok()?)))
    }

    /// As it is sent back within a list: without `key` it is kept as it is.
    pub(super) fn kept(&self) -> Value {
        let mut kept = self.other.clone();
        kept.insert("keyId".to_owned(), Value::from(self.key_id.to_string()));
        kept.insert("key".to_owned(), Value::Null);
        kept.insert("displayName".to_owned(), self.display_name.clone().into());
        let name = self.custom_key_identifier.clone();
        kept.insert("customKeyIdentifier".to_owned(), name.into());
        let ends = self.ends.map(|end| end.to_string());
        kept.insert("endDateTime".to_owned(), ends.into());
        Value::Object(kept)
    }
}

const DIGITS: usize = 40;

/// A thumbprint out of one of its spellings.
fn digits(name: &str) -> Option<String> {
    let is_digits = |text: &str| text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digits(name) {
        return Some(name.to_ascii_uppercase());
    }
    let inside = STANDARD.decode(name).ok()?;
    match std::str::from_utf8(&inside) {
        Ok(text) if is_digits(text) => Some(text.to_ascii_uppercase()),
        _ if inside.len() * 2 == DIGITS => Some(upper_hex(&inside)),
        _ => None,
    }
}

impl Graph {
    /// The registration of this client id, if the tenant has it.
    pub async fn application(&self, client_id: Uuid) -> Result<Option<Application>> {
        let client_id = odata::quoted(&client_id.to_string());
        let path = format!("applications(appId={client_id})?{SELECT}");
        found(self.get(operation::READ_APPLICATION, &path).await)
    }

    /// Object ids of the owners (people and service principals), all pages.
    pub async fn application_owners(&self, application: Uuid) -> Result<Vec<Uuid>> {
        let path = format!("applications/{application}/owners?$select=id&$top=999");
        self.ids(operation::READ_APPLICATION_OWNERS, &path).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tests::server::credentials;

    #[test]
    fn a_certificate_is_known_by_its_thumbprint_however_written_or_by_itself() {
        let ours = &credentials()[0].0;
        let hex = ours.sha1_hex();
        let digest: Vec<u8> = (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap())
            .collect();
        for (name, key) in [
            (json!(hex), json!(null)),
            (json!(hex.to_lowercase()), json!(null)),
            (json!(STANDARD.encode(&hex)), json!(null)),
            (json!(STANDARD.encode(digest)), json!(null)),
            (json!(null), json!(STANDARD.encode(ours.certificate()))),
        ] {
            let registered = json!({ "keyId": Uuid::nil(), "customKeyIdentifier": name, "key": key });
            let registered: KeyCredential = serde_json::from_value(registered).unwrap();
            assert_eq!(registered.thumbprint(), Some(ours.sha1_hex()), "{registered:?}");
        }
    }
}
