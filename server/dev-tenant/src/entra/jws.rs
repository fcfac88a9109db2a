//! A compact JWS taken apart, not yet believed.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

/// Clients pad, or use the plain alphabet: both are accepted, as Entra does.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[derive(Debug)]
pub(crate) struct Jws<'a> {
    pub(crate) header: Value,
    pub(crate) claims: Value,
    pub(crate) input: &'a str,
    pub(crate) signature: Vec<u8>,
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    LENIENT.decode(text.replace('+', "-").replace('/', "_")).ok()
}

impl<'a> Jws<'a> {
    /// `None` when `text` is not three parts of base64 with JSON in the first two.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (input, signature) = text.rsplit_once('.')?;
        let (header, claims) = input.split_once('.')?;
        Some(Self {
            header: serde_json::from_slice(&decode(header)?).ok()?,
            claims: serde_json::from_slice(&decode(claims)?).ok()?,
            input,
            signature: decode(signature)?,
        })
    }

    pub(crate) fn text(&self, claim: &str) -> &str {
        self.claims[claim].as_str().unwrap_or_default()
    }

    /// A numeric date in seconds; clients also send fractions.
    pub(crate) fn date(&self, claim: &str) -> Option<f64> {
        self.claims[claim].as_f64()
    }

    pub(crate) fn list(&self, claim: &str) -> Vec<String> {
        let all = self.claims[claim].as_array().into_iter().flatten();
        all.filter_map(|one| one.as_str().map(str::to_owned)).collect()
    }
}
