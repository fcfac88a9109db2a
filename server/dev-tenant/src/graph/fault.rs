//! Refusals in Graph's own words.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// Why a call was refused. Messages are Microsoft's; programs go by status and code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("{code}: {message}")]
    Refused {
        status: u16,
        code: &'static str,
        message: String,
    },
    #[error("another object holds the value of {property}")]
    Conflict { property: &'static str },
    /// Too many calls in a moment.
    #[error("too many calls")]
    Throttled,
    /// What a delta token stood for is no longer known.
    #[error("begin anew at {location}")]
    Gone { location: String },
    #[error("the dev tenant does not model {0}")]
    NotModelled(String),
}

impl Fault {
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::refused(400, "Request_BadRequest", message)
    }

    pub(crate) fn refused(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused {
            status,
            code,
            message: message.into(),
        }
    }

    pub(crate) fn no_resource(key: &str) -> Self {
        Self::refused(
            404,
            "Request_ResourceNotFound",
            format!(
                "Resource '{key}' does not exist or one of its queried reference-property objects are not present."
            ),
        )
    }

    pub(crate) fn denied() -> Self {
        Self::refused(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        )
    }

    pub(crate) fn required(property: &str, resource: &str) -> Self {
        Self::bad_request(format!(
            "A value is required for property '{property}' of resource '{resource}'."
        ))
    }

    pub(crate) fn invalid(property: &str, resource: &str) -> Self {
        Self::bad_request(format!(
            "Invalid value specified for property '{property}' of resource '{resource}'."
        ))
    }

    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Refused { status, .. } => *status,
            Self::Conflict { .. } => 400,
            Self::Throttled => 429,
            Self::Gone { .. } => 410,
            Self::NotModelled(_) => 501,
        }
    }

    /// As the error of one entry among several.
    pub(crate) fn part(&self) -> Value {
        match self {
            Self::Refused { code, message, .. } => json!({"code": code, "message": message}),
            other => json!({"code": "InternalServerError", "message": other.to_string()}),
        }
    }

    /// The error body; `date` carries no zone suffix, as Graph writes it.
    pub(crate) fn body(&self, now: Timestamp, request_id: Uuid, client_request_id: &str) -> Value {
        let inner = json!({
            "date": now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            "request-id": request_id,
            "client-request-id": client_request_id,
        });
        let mut error = match self {
            Self::Refused { code, message, .. } => json!({"code": code, "message": message}),
            Self::Conflict { property } => {
                let message =
                    format!("Another object with the same value for property {property} already exists.");
                json!({
                    "code": "Request_BadRequest",
                    "message": message,
                    "details": [{"code": "ObjectConflict", "message": message, "target": property}],
                })
            }
            Self::Throttled => json!({"code": "TooManyRequests", "message": "Please retry again later."}),
            Self::Gone { .. } => {
                let message = "The delta token is too old. Begin a full synchronization.";
                json!({"code": "resyncRequired", "message": message})
            }
            Self::NotModelled(what) => {
                json!({"code": "notModelled", "message": format!("The dev tenant does not model {what}.")})
            }
        };
        error["innerError"] = inner;
        if *self == Self::Throttled {
            error["innerError"]["code"] = "429".into();
            error["innerError"]["status"] = "429".into();
            error["innerError"]["message"] = "Please retry after".into();
        }
        json!({ "error": error })
    }
}
