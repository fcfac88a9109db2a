//! Answers as HTTP: status, headers, refusals.

use serde_json::Value;
use uuid::Uuid;

use super::shape::Shape;
use crate::call::{Call, Reply};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;

/// What a call answers, before it has a shape's content type.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    None,
    Json(Value),
    Bytes(Vec<u8>),
}

impl Answer {
    pub(super) fn json(status: u16, value: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::Json(value),
        }
    }

    pub(super) fn scalar(session: &Session<'_>, name: &str, value: Value, shape: Shape) -> Self {
        Self::json(200, shape.scalar(name, value, &context(session, name)))
    }

    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::None,
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(super) fn into_reply(self, shape: Shape) -> Reply {
        let reply = match self.body {
            Body::None => Reply::empty(self.status),
            // Atom is what SharePoint answers to who asks for no JSON; it is outside the model.
            Body::Json(_) if shape == Shape::Atom => {
                Reply::not_modelled("Atom answers: send Accept: application/json")
            }
            Body::Json(value) => Reply::text(self.status, shape.content_type(), value.to_string()),
            Body::Bytes(bytes) => {
                let typed = self.headers.iter().any(|(name, _)| *name == "Content-Type");
                let content_type = if typed {
                    None
                } else {
                    Some("application/octet-stream")
                };
                let reply = Reply {
                    body: bytes,
                    ..Reply::empty(self.status)
                };
                content_type
                    .into_iter()
                    .fold(reply, |reply, kind| reply.with("Content-Type", kind))
            }
        };
        self.headers
            .into_iter()
            .fold(reply, |reply, (name, value)| reply.with(name, value))
    }
}

pub(super) fn context(session: &Session<'_>, what: &str) -> String {
    format!("{}/_api/$metadata#{what}", session.web_url())
}

/// A refusal in the shape of the call; 401 says why in its headers only, when the switch says so.
pub(super) fn fault(fault: &Fault, shape: Shape, tenant: Uuid, empty_401: bool) -> Reply {
    let code = format!("{}, {}", fault.code, fault.kind);
    let body = shape.error(&code, &fault.message).to_string();
    if fault.status != 401 {
        return Reply::text(fault.status, shape.content_type(), body);
    }
    unauthenticated(
        tenant,
        &format!("3000003;reason=\"{}\"", fault.message),
        empty_401,
    )
}

/// A 401: `diagnostics` is the number and reason of `x-ms-diagnostics`; the body may be empty.
pub(super) fn unauthenticated(tenant: Uuid, diagnostics: &str, empty: bool) -> Reply {
    let reason = diagnostics.split('"').nth(1).unwrap_or(diagnostics);
    let reply = if empty {
        Reply::empty(401)
    } else {
        Reply::json(401, &serde_json::json!({"error_description": reason}))
    };
    reply.with("WWW-Authenticate", challenge(tenant)).with(
        "x-ms-diagnostics",
        format!("{diagnostics};category=\"invalid_client\""),
    )
}

/// The `WWW-Authenticate` of SharePoint Online.
fn challenge(tenant: Uuid) -> String {
    format!(
        "Bearer realm=\"{tenant}\",client_id=\"00000003-0000-0ff1-ce00-000000000000\",trusted_issuers=\"00000001-0000-0000-c000-000000000000@*,D3776938-3DBA-481F-A652-4BEDFCAB7CD8@*,https://sts.windows.net/*/,00000003-0000-0ff1-ce00-000000000000@90140122-8516-11e1-8eff-49304924019b\",authorization_uri=\"https://login.windows.net/common/oauth2/authorize\""
    )
}

/// What every answer of SharePoint carries.
pub(super) fn decorate(reply: Reply, call: &Call) -> Reply {
    let id = call.request_id.to_string();
    reply
        .with("SPRequestGuid", id.clone())
        .with("request-id", id)
        .with("SPClientServiceRequestDuration", "12")
        .with("SPRequestDuration", "13")
        .with("X-SharePointHealthScore", "1")
        .with("X-SP-SERVERSTATE", "ReadOnly=0")
        .with("MicrosoftSharePointTeamServices", "16.0.0.25912")
}
