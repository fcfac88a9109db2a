//! A call of another system. Nothing of it can be looked up: the id of the message makes a second sending harmless.

use m365::standard_webhook::{Outgoing, Reply};
use serde_json::json;

use super::StepOutcome;
use crate::{CallFailure, Failure};

/// `call`: the message, where its destination is known; `name`: what the destination is called.
pub(super) async fn send(call: Option<&Outgoing>, name: &str) -> StepOutcome {
    let Some(call) = call else {
        let name = name.to_owned();
        return StepOutcome::Failed(Failure::Call(CallFailure::NoDestination { name }));
    };
    match call.send().await {
        Reply::Taken => StepOutcome::Done(json!({ "action": { "message": call.id } })),
        Reply::Refused { status, words } => {
            StepOutcome::Failed(Failure::Call(CallFailure::Refused { status, words }))
        }
        Reply::Later { why, retry_after } => StepOutcome::Later { why, retry_after },
    }
}
