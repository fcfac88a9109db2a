//! One request to be, and the answer that came.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::{
    Error, Operation, Service, Verdict,
    pace::{Door, units},
};

/// Whether a lost answer leaves the world unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Write,
}

/// What is sent along.
#[derive(Debug, Clone)]
pub(crate) enum Payload {
    Empty,
    Json(Value),
    Typed { content_type: &'static str, body: Bytes },
}

/// One request. The type has no way to carry a token: only the sender adds it.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) service: Service,
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) payload: Payload,
    pub(crate) effect: Effect,
    /// The permission that is plausibly missing when this call is refused.
    pub(crate) needs: &'static str,
    /// The objects named are known to exist, so "not found" is replication lag.
    pub(crate) known: bool,
    /// The status, besides 2xx, with which the service answers what was asked.
    pub(crate) answered_by: Option<StatusCode>,
    /// What it costs, where method and kind do not say it.
    units: Option<u32>,
    /// The longest body of an answer that is read.
    pub(crate) at_most: Option<usize>,
}

impl Call {
    pub(crate) fn new(service: Service, operation: &'static str, method: Method, url: Url) -> Self {
        let effect = if method == Method::GET {
            Effect::Read
        } else {
            Effect::Write
        };
        let (headers, payload) = (HeaderMap::new(), Payload::Empty);
        Self {
            service,
            operation,
            method,
            url,
            headers,
            payload,
            effect,
            needs: "",
            known: false,
            answered_by: None,
            units: None,
            at_most: None,
        }
    }

    /// A call that stands in a table of operations.
    pub(crate) fn of(operation: Operation, method: Method, url: Url) -> Self {
        Self::new(operation.service, operation.name, method, url).needs(operation.needs)
    }

    /// By which it goes out.
    pub(crate) fn door(&self) -> Door {
        Door::of(self.service, &self.url)
    }

    pub(crate) fn needs(mut self, permission: &'static str) -> Self {
        self.needs = permission;
        self
    }

    pub(crate) fn json(mut self, body: Value) -> Self {
        self.payload = Payload::Json(body);
        self
    }

    pub(crate) fn body(mut self, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.payload = Payload::Typed {
            content_type,
            body: body.into(),
        };
        self
    }

    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// A POST that changes nothing (queries of SharePoint).
    pub(crate) fn read_only(mut self) -> Self {
        self.effect = Effect::Read;
        self
    }

    /// A call to which a refusal of this status is the answer.
    pub(crate) fn answered_by(mut self, status: StatusCode) -> Self {
        self.answered_by = Some(status);
        self
    }

    /// A call that costs so many resource units.
    pub(crate) fn costing(mut self, units: u32) -> Self {
        self.units = Some(units);
        self
    }

    /// Its cost in resource units; Outlook counts requests.
    pub(crate) fn units(&self) -> u32 {
        if self.door() == Door::Mailbox {
            return 1;
        }
        self.units.unwrap_or(match self.effect {
            Effect::Read => units::READ,
            Effect::Write => units::WRITE,
        })
    }

    pub(crate) fn at_most(mut self, bytes: usize) -> Self {
        self.at_most = Some(bytes);
        self
    }

    pub(crate) fn known(mut self) -> Self {
        self.known = true;
        self
    }
}

/// An answer of the 2xx kind, or of the status that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) service: Service,
    pub(crate) operation: &'static str,
    /// As the call says.
    pub(crate) needs: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether `body` is all of it.
    pub(crate) whole: bool,
}

impl Answer {
    /// Reads the JSON body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body)
            .map_err(|error| self.broken(&format!("not the expected JSON: {error}")))
    }

    /// An error for an answer that cannot be understood.
    pub(crate) fn broken(&self, why: &str) -> Error {
        self.error(Verdict::Broken, None, why.to_owned())
    }

    /// An error that the service hid in a 2xx answer.
    pub(crate) fn error(&self, verdict: Verdict, code: Option<String>, message: String) -> Error {
        Error {
            service: self.service,
            operation: self.operation,
            status: Some(self.status.as_u16()),
            code,
            message,
            request_id: crate::verdict::request_id(&self.headers),
            verdict,
        }
    }
}
