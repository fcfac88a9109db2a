//! One call from its arrival to its answer, with the faults that are to strike it.

use std::sync::Arc;
use std::time::Duration;

use super::dispatch::{self, Service};
use super::faults::{Kind, refusals};
use super::state::Shell;
use crate::call::{Call, Reply};

/// Answers a call; `None` = cut the connection.
pub(super) async fn attend(shell: &Arc<Shell>, call: Arc<Call>) -> Option<Reply> {
    let Some(service) = dispatch::service(&shell.world, &call.host) else {
        return Some(dispatch::misdirected(&call.host));
    };
    let struck = shell.faults().on_arrival(&call);
    let refusal = struck
        .as_ref()
        .and_then(|kind| refusals::of(&shell.world, service, &call, kind));
    if refusal.is_some() {
        return refusal;
    }
    match struck {
        Some(Kind::ResetBefore) => return None,
        Some(Kind::Slow { millis }) => wait(millis).await,
        Some(Kind::ResetAfter) => {
            dispatch::answer(shell, service, call).await;
            return None;
        }
        _ => {}
    }
    answer_and_look_at_effects(shell, service, call).await
}

async fn answer_and_look_at_effects(shell: &Arc<Shell>, service: Service, call: Arc<Call>) -> Option<Reply> {
    let before = shell.world.tenant().ledger.effects.len();
    let reply = dispatch::answer(shell, service, Arc::clone(&call)).await;
    let struck = {
        let tenant = shell.world.tenant();
        let added: Vec<&str> = tenant
            .ledger
            .effects
            .iter()
            .skip(before)
            .filter(|effect| effect.request_id == call.request_id)
            .map(|effect| effect.key.as_str())
            .collect();
        shell.faults().on_effects(&call, &added)
    };
    match struck {
        Some(Kind::ResetAfter) => None,
        Some(Kind::Slow { millis }) => {
            wait(millis).await;
            Some(reply)
        }
        _ => Some(reply),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "slowness is what was asked for, and it lies in real time"
)]
async fn wait(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
