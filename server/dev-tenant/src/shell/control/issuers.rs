//! Issuers elsewhere, and the certificates by which they sign: what Entra would fetch at their addresses.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use openssl::x509::X509;
use serde::Deserialize;

use super::refusal::Refusal;
use crate::shell::state::Shell;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Issuer {
    /// Its address, letter by letter as in its tokens.
    issuer: String,
    /// PEM.
    certificate: String,
}

pub(super) async fn tell(
    State(shell): State<Arc<Shell>>,
    Json(told): Json<Issuer>,
) -> Result<StatusCode, Refusal> {
    X509::from_pem(told.certificate.as_bytes())
        .map_err(|error| Refusal::Unreadable(format!("certificate: no PEM of a certificate: {error}")))?;
    let mut tenant = shell.world.tenant();
    tenant.directory.issuers.insert(told.issuer, told.certificate);
    Ok(StatusCode::NO_CONTENT)
}
