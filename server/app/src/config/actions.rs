//! Systems outside Microsoft 365 that workflows may ask for something.

use std::collections::BTreeMap;
use std::path::PathBuf;

use m365::standard_webhook;
use serde::Deserialize;
use url::Url;

/// Where signed requests go. Definitions name it by the name of its section, and can send nothing anywhere else.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destination {
    /// https.
    pub url: Url,
    /// Files with a secret each (`whsec_` and base64): one, or two while one takes the other's place.
    pub secrets: Vec<PathBuf>,
}

pub(super) fn check(actions: &BTreeMap<String, Destination>) -> Result<(), (&'static str, String)> {
    for (name, destination) in actions {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(1..=40).contains(&name.len()) || !name.chars().all(plain) {
            let remedy = format!("\"{name}\" must be 1 to 40 lower-case letters, digits and hyphens");
            return Err(("actions", remedy));
        }
        standard_webhook::Destination::check(&destination.url)
            .map_err(|why| ("actions", format!("{name}.url {why}")))?;
        if !(1..=2).contains(&destination.secrets.len()) {
            let why = standard_webhook::DestinationError::Secrets;
            return Err(("actions", format!("{name}.secrets {why}")));
        }
    }
    Ok(())
}
