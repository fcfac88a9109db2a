//! The realm of a farm: the part of every principal's name behind the `@`.

use std::{fmt, str::FromStr};

use http::{HeaderMap, header};
use serde::Deserialize;

/// Usually a GUID (`Get-SPAuthenticationRealm`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Realm(String);

/// The text cannot be a realm.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the realm of a farm: {0}")]
pub struct RealmError(String);

/// Far longer than any realm.
const LONGEST: usize = 128;

impl FromStr for Realm {
    type Err = RealmError;

    fn from_str(text: &str) -> Result<Self, RealmError> {
        let is_part = |char: char| char.is_ascii_alphanumeric() || "-._".contains(char);
        let is_realm = (1..=LONGEST).contains(&text.len()) && text.chars().all(is_part);
        if is_realm {
            Ok(Self(text.to_owned()))
        } else {
            Err(RealmError(text.chars().take(LONGEST).collect()))
        }
    }
}

impl TryFrom<String> for Realm {
    type Error = RealmError;

    fn try_from(text: String) -> Result<Self, RealmError> {
        text.parse()
    }
}

impl fmt::Display for Realm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Realm {
    /// What `WWW-Authenticate: Bearer realm="…"` names, beside other schemes (NTLM, Negotiate).
    pub(crate) fn of_challenge(headers: &HeaderMap) -> Option<Self> {
        let challenges = headers.get_all(header::WWW_AUTHENTICATE).iter();
        let mut bearer = challenges.filter_map(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        bearer.find_map(realm)
    }
}

fn realm(parameters: &str) -> Option<Realm> {
    let (_, rest) = parameters.split_once("realm=\"")?;
    let (realm, _) = rest.split_once('"')?;
    realm.parse().ok()
}
