//! Verdicts on refusals of Entra's token endpoint ("Microsoft Entra authentication & authorization error codes").

use http::StatusCode;

use super::body::Remote;
use crate::{CredentialFault, Verdict};

/// The verdict by AADSTS code; a server's failure may pass, any other refusal is one of our credentials.
pub(super) fn verdict(remote: &Remote, status: StatusCode) -> Verdict {
    if status.is_server_error() {
        return Verdict::Transient { retry_after: None };
    }
    let fault = match remote.code.as_deref() {
        Some("AADSTS700024" | "AADSTS7000222") => CredentialFault::Expired,
        Some("AADSTS700027" | "AADSTS7000215") => CredentialFault::UnknownKey,
        Some("AADSTS700211" | "AADSTS700212" | "AADSTS700213" | "AADSTS70021") => CredentialFault::Untrusted,
        Some("AADSTS700016" | "AADSTS65001" | "AADSTS500011") => CredentialFault::UnknownApp,
        Some("AADSTS90002") => CredentialFault::UnknownTenant,
        _ => CredentialFault::Refused,
    };
    Verdict::Credentials(fault)
}
