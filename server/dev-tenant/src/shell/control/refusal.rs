//! What the control API says when it does not do as told.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use crate::shell::clock_file::ClockFileError;
use crate::shell::faults::RuleError;

#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("the control API answers to localhost, 127.0.0.1 and [::1] only")]
    Misdirected,
    #[error("there is no {0}")]
    NotFound(String),
    #[error("{0}")]
    Unreadable(String),
    #[error(transparent)]
    Rule(#[from] RuleError),
    #[error(transparent)]
    Clock(#[from] ClockFileError),
    #[error("the client for webhooks cannot be built: {0}")]
    Courier(#[from] reqwest::Error),
    #[error("the tenant cannot be shown: {0}")]
    Unshowable(#[from] serde_json::Error),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Rule(_) | Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::Clock(_) | Self::Courier(_) | Self::Unshowable(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
