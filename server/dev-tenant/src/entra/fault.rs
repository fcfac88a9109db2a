//! Refusals in Entra's JSON shape.

use serde_json::json;

use crate::call::{Call, Reply};
use crate::world::World;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    status: u16,
    error: &'static str,
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

pub(crate) fn refusal(world: &World, call: &Call, fault: &Fault) -> Reply {
    let trace = call.request_id;
    let correlation = call
        .header("client-request-id")
        .map_or_else(|| trace.to_string(), str::to_owned);
    let at = world.clock.now().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
    let code = fault.code;
    Reply::json(
        fault.status,
        &json!({
            "error": fault.error,
            "error_description": format!(
                "AADSTS{code}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}", fault.text
            ),
            "error_codes": [code],
            "timestamp": at,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={code}"),
        }),
    )
}
