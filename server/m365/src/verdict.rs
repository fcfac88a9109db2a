//! What a failed call means: the one table of the crate.

mod body;
mod code;
mod entra;
mod exchange;
mod rate_limit;
mod retry_after;

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use crate::{
    CredentialFault, Error, Service, Verdict,
    call::{Call, Effect},
};
pub(crate) use body::Remote;
pub(crate) use code::{of_csom, of_form_value};
pub(crate) use rate_limit::{RateLimit, rate_limit};
pub use retry_after::parse_retry_after;

/// SharePoint's answer to a token that was got by a client secret ("Granting access via Entra ID app-only").
const CERTIFICATE_REQUIRED: &str = "Unsupported app only token";

/// The id by which Microsoft's support finds a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    ["request-id", "sprequestguid", "x-ms-request-id"]
        .iter()
        .find_map(|name| headers.get(*name))
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// Judges an answer that is not 2xx. `pause`: how long to stay away after a refusal that does not say.
pub(crate) fn judge(
    call: &Call,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
    pause: Duration,
) -> Error {
    let remote = match call.service {
        Service::Exchange => exchange::read(headers, body),
        _ => Remote::read(headers, body),
    };
    let verdict = match status.as_u16() {
        429 | 503 => refused(headers, now, pause),
        401 => unauthorised(call, &remote),
        _ if call.service == Service::Login => entra::verdict(&remote, status),
        _ if call.service == Service::Exchange => {
            exchange::verdict(call, &remote).unwrap_or_else(|| by_status(call, status, &remote))
        }
        _ => code::verdict(&remote).unwrap_or_else(|| by_status(call, status, &remote)),
    };
    let verdict = match verdict {
        Verdict::Denied { .. } => Verdict::Denied { needs: call.needs },
        Verdict::NotFound if call.known => Verdict::Settling,
        other => other,
    };
    Error {
        service: call.service,
        operation: call.operation,
        status: Some(status.as_u16()),
        code: remote.code,
        message: remote.message,
        request_id: request_id(headers),
        verdict,
    }
}

/// Judges a call that got no answer. `sent` = the request may have reached the service.
pub(crate) fn unanswered(call: &Call, sent: bool, why: &str) -> Error {
    let verdict = match (call.effect, sent) {
        (Effect::Write, true) => Verdict::Ambiguous,
        _ => Verdict::Transient { retry_after: None },
    };
    Error {
        service: call.service,
        operation: call.operation,
        status: None,
        code: None,
        message: why.to_owned(),
        request_id: None,
        verdict,
    }
}

fn refused(headers: &HeaderMap, now: Timestamp, pause: Duration) -> Verdict {
    Verdict::Throttled {
        retry_after: parse_retry_after(headers, now).unwrap_or(pause),
    }
}

/// A 401 that stands after a fresh token. Since 2026 its body is often empty: the headers hold the reason.
fn unauthorised(call: &Call, remote: &Remote) -> Verdict {
    if call.service == Service::Login {
        return entra::verdict(remote, StatusCode::UNAUTHORIZED);
    }
    if remote.message.contains(CERTIFICATE_REQUIRED) {
        return Verdict::Credentials(CredentialFault::CertificateRequired);
    }
    code::verdict(remote).unwrap_or(Verdict::Credentials(CredentialFault::Refused))
}

fn by_status(call: &Call, status: StatusCode, remote: &Remote) -> Verdict {
    match status.as_u16() {
        403 => Verdict::Denied { needs: call.needs },
        404 | 410 => Verdict::NotFound,
        409 => Verdict::Conflict,
        412 => Verdict::SaveConflict,
        423 => Verdict::Transient { retry_after: None },
        408 | 502 | 504 => lost(call),
        500..=599 if remote.code.is_none() => lost(call),
        500..=599 if matches!(call.service, Service::Graph | Service::Exchange) => lost(call),
        400..=599 => Verdict::Invalid,
        _ => Verdict::Broken,
    }
}

/// A gateway gave up, or a server broke: what happened behind it is unknown.
fn lost(call: &Call) -> Verdict {
    match call.effect {
        Effect::Write => Verdict::Ambiguous,
        Effect::Read => Verdict::Transient { retry_after: None },
    }
}

#[cfg(test)]
mod tests;
