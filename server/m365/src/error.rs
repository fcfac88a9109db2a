//! What can go wrong, said once and so that a job can decide its schedule from it.

use std::time::Duration;

/// Which service answered (or did not).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// `login.microsoftonline.com`
    Login,
    /// `graph.microsoft.com`
    Graph,
    /// `outlook.office365.com`
    Exchange,
    /// `{tenant}.sharepoint.com`
    SharePoint,
}

/// What a failure means for the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was done; the same call may work later.
    Transient { retry_after: Option<Duration> },
    /// Refused for pace (by the service, or by our own pace-keeper before sending). Nothing was done.
    Throttled { retry_after: Duration },
    /// A write whose answer was lost: it may or may not have happened. Find first, then decide.
    Ambiguous,
    /// The object does not exist.
    NotFound,
    /// An object that we know to exist is not visible yet: replication lag. Look again later, but not for
    /// ever: an object that was deleted meanwhile looks the same.
    Settling,
    /// Something with this key exists already.
    Conflict,
    /// Somebody else changed the object meanwhile (etag, save conflict). Read again, decide again.
    SaveConflict,
    /// The app lacks a right; `needs` names the permission that is plausibly missing.
    Denied { needs: &'static str },
    /// The request itself is wrong; repeating it is useless. See `code` and `message` of the error.
    Invalid,
    /// The app's own credentials or consent are at fault.
    Credentials(CredentialFault),
    /// An answer that cannot be understood (a page of HTML, a redirect, a missing member).
    Broken,
}

/// Why Entra or a service does not accept who we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialFault {
    /// The certificate has run out, or the assertion is outside its time (AADSTS700024, 7000222).
    Expired,
    /// Entra does not know this certificate, or not yet: a new key takes time to spread (AADSTS700027).
    UnknownKey,
    /// Entra trusts no token of this issuer, subject or audience for the app (AADSTS700211, 700213, 700212, 70021).
    Untrusted,
    /// No such app in the tenant, or it lacks consent (AADSTS700016, 65001, 500011).
    UnknownApp,
    /// No such tenant (AADSTS90002).
    UnknownTenant,
    /// SharePoint takes certificates only ("Unsupported app only token.").
    CertificateRequired,
    /// A fresh token was refused for a reason that the service does not name better.
    Refused,
}

/// A failed call. Never holds a body, a token or a password of ours; its `Display` is fit for logs.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{operation}: {verdict:?} (status {status:?}, code {code:?}, request {request_id:?})")]
pub struct Error {
    /// Who was asked.
    pub service: Service,
    /// What was asked, in words, e.g. `read items`.
    pub operation: &'static str,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The service's own code: `AADSTS700027`, `Request_BadRequest`, `-2130575338`.
    pub code: Option<String>,
    /// The service's own words (in the site's language), at most a few hundred characters. It may
    /// name people: for the admin's eyes, not for logs.
    pub message: String,
    /// What Microsoft's support asks for (`request-id`, `SPRequestGuid`).
    pub request_id: Option<String>,
    /// What it means.
    pub verdict: Verdict,
}

impl Error {
    /// Whether the object was not there.
    pub fn is_not_found(&self) -> bool {
        self.verdict == Verdict::NotFound
    }

    /// For how long nobody is to send, if the call was refused for pace.
    pub(crate) fn refused_for(&self) -> Option<Duration> {
        match self.verdict {
            Verdict::Throttled { retry_after } => Some(retry_after),
            _ => None,
        }
    }

    /// For an object that the caller made a moment ago: not found means not visible yet.
    #[must_use]
    pub fn settling(mut self) -> Self {
        if self.verdict == Verdict::NotFound {
            self.verdict = Verdict::Settling;
        }
        self
    }

    /// The words given do not make an address.
    pub(crate) fn unaddressable(service: Service, operation: &'static str) -> Self {
        Self::unsent(service, operation, "not sent: the names given make no address")
    }

    /// A request that is wrong before it is sent.
    pub(crate) fn unsent(service: Service, operation: &'static str, why: &str) -> Self {
        Self {
            service,
            operation,
            status: None,
            code: None,
            message: why.to_owned(),
            request_id: None,
            verdict: Verdict::Invalid,
        }
    }

    /// A 2xx answer that lacks what it must have.
    pub(crate) fn broken(service: Service, operation: &'static str, why: &str) -> Self {
        let verdict = Verdict::Broken;
        Self {
            message: why.to_owned(),
            verdict,
            ..Self::unaddressable(service, operation)
        }
    }

    /// A numeric SharePoint code, if that is what `code` is.
    pub fn sharepoint_code(&self) -> Option<i64> {
        self.code.as_deref()?.parse().ok()
    }
}

/// `None` for an object that does not exist.
pub(crate) fn found<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
