//! Which calls are the same: a repetition asks for the same thing in the same words, but for a password.

use serde_json::Value;

use crate::call::Call;

/// Drawn anew whenever an account is to be made.
const PASSWORD: &str = "passwordProfile";

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    method: String,
    address: String,
    body: Vec<u8>,
}

impl Identity {
    pub(super) fn of(call: &Call) -> Self {
        Self {
            method: call.method.to_string(),
            address: format!("{}{}?{}", call.host, call.path, call.query),
            body: asked(&call.body),
        }
    }
}

fn asked(body: &[u8]) -> Vec<u8> {
    let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
        return body.to_vec();
    };
    members.remove(PASSWORD);
    Value::Object(members).to_string().into_bytes()
}
