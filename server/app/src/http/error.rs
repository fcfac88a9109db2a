//! One error type for all handlers, answered as `application/problem+json` (RFC 9457).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use thiserror::Error;

/// What a handler may answer instead of a result. `code` is stable and in English; texts are the client's job.
#[derive(Debug, Error)]
pub enum Problem {
    #[error("{field}: {remedy}")]
    BadInput {
        code: &'static str,
        field: &'static str,
        remedy: String,
    },
    #[error("sign in: {0}")]
    NotSignedIn(&'static str),
    #[error("not permitted: {0}")]
    Forbidden(&'static str),
    #[error("not found")]
    NotFound,
    #[error("the state has changed: {0}")]
    Conflict(&'static str),
    #[error("asked too often; wait {0} seconds")]
    TooOften(u64),
    #[error("not available now")]
    Unavailable,
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Problem {
    /// An error of ours: logged once, answered without details.
    pub fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(error))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::BadInput { .. } => StatusCode::BAD_REQUEST,
            Self::NotSignedIn(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::BadInput { code, .. }
            | Self::NotSignedIn(code)
            | Self::Forbidden(code)
            | Self::Conflict(code) => code,
            Self::NotFound => "notFound",
            Self::TooOften(_) => "tooOften",
            Self::Unavailable => "unavailable",
            Self::Internal(_) => "internal",
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Self::Internal(error) = &self {
            tracing::error!(error = error.as_ref(), "request failed");
        }
        let status = self.status();
        let field = match &self {
            Self::BadInput { field, .. } => Some(*field),
            _ => None,
        };
        let body = json!({"type": "about:blank", "status": status.as_u16(), "code": self.code(),
                          "detail": self.to_string(), "field": field});
        let mut response = (status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(
                header::WWW_AUTHENTICATE,
                header::HeaderValue::from_static("Bearer"),
            );
        }
        if let Self::TooOften(seconds) = &self {
            headers.insert(header::RETRY_AFTER, header::HeaderValue::from(*seconds));
        }
        response
    }
}
