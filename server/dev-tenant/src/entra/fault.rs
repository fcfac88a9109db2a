//! Refusals in Entra's JSON shape.

use serde_json::json;

use crate::call::{Call, Reply};
use crate::world::World;

/// Why Entra refuses; its text carries the AADSTS code.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("AADSTS{code}: {text}")]
pub struct Fault {
    pub(crate) status: u16,
    /// The `error` of OAuth 2.0.
    pub(crate) error: &'static str,
    pub(crate) code: u32,
    text: String,
}

impl Fault {
    pub(crate) fn new(status: u16, error: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self {
            status,
            error,
            code,
            text: text.into(),
        }
    }

    pub(crate) fn client(code: u32, text: impl Into<String>) -> Self {
        Self::new(401, "invalid_client", code, text)
    }

    /// A code, refresh token or person that no longer counts.
    pub(crate) fn grant(code: u32, text: impl Into<String>) -> Self {
        Self::new(400, "invalid_grant", code, text)
    }

    /// The authorization endpoint calls a missing consent by OpenID's own name.
    pub(crate) fn asking_for_consent(self) -> Self {
        let error = if self.code == 65001 {
            "consent_required"
        } else {
            self.error
        };
        Self { error, ..self }
    }

    pub(crate) fn unknown_client(world: &World, id: &str) -> Self {
        let name = &world.names.display_name;
        let text = format!("Application with identifier '{id}' was not found in the directory '{name}'.");
        Self::new(400, "unauthorized_client", 700_016, text)
    }

    pub(crate) fn unknown_resource(name: &str) -> Self {
        let text = format!("The resource principal named {name} was not found in the tenant.");
        Self::new(400, "invalid_resource", 500_011, text)
    }

    pub(crate) fn missing(parameter: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{parameter}'.");
        Self::new(400, "invalid_request", 900_144, text)
    }

    /// The tenant itself failed.
    pub(crate) fn ours() -> Self {
        Self::new(
            500,
            "server_error",
            90033,
            "A transient error has occurred. Please try again.",
        )
    }
}

/// What goes by `error_description`.
pub(crate) fn description(world: &World, call: &Call, fault: &Fault) -> String {
    let trace = call.request_id;
    let (correlation, at) = (correlation(call), timestamp(world));
    format!("{fault} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}")
}

pub(crate) fn address(fault: &Fault) -> String {
    format!("https://login.microsoftonline.com/error?code={}", fault.code)
}

pub(crate) fn refusal(world: &World, call: &Call, fault: &Fault) -> Reply {
    Reply::json(
        fault.status,
        &json!({
            "error": fault.error,
            "error_description": description(world, call, fault),
            "error_codes": [fault.code],
            "timestamp": timestamp(world),
            "trace_id": call.request_id.to_string(),
            "correlation_id": correlation(call),
            "error_uri": address(fault),
        }),
    )
}

fn correlation(call: &Call) -> String {
    let asked = call.header("client-request-id");
    asked.map_or_else(|| call.request_id.to_string(), str::to_owned)
}

fn timestamp(world: &World) -> String {
    world.clock.now().strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
