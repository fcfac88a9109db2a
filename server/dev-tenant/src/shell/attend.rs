//! One call from its arrival to its answer, with the faults that are to strike it.

use std::sync::Arc;
use std::time::Duration;

use super::dispatch::{self, Service};
use super::faults::{Kind, Strike, refusals};
use super::state::Shell;
use crate::call::{Call, Reply};

/// Answers a call, and remembers its secrets; `None` = cut the connection.
pub(super) async fn attend(shell: &Arc<Shell>, call: Arc<Call>) -> Option<Reply> {
    shell.secrets().notice_call(&call);
    let reply = answer(shell, call).await?;
    shell.secrets().notice_reply(&reply);
    Some(reply)
}

async fn answer(shell: &Arc<Shell>, call: Arc<Call>) -> Option<Reply> {
    let Some(service) = dispatch::service(&shell.world, &call.host) else {
        return Some(dispatch::misdirected(&call.host));
    };
    let struck = shell.faults().on_arrival(&call);
    note(shell, struck.as_ref(), &call, &[]);
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
            let id = call.request_id;
            dispatch::answer(shell, service, call).await;
            shell.world.meter.settle(id, 0);
            shell.world.graph_meter.settle(id);
            return None;
        }
        _ => {}
    }
    let id = call.request_id;
    let reply = answer_and_look_at_effects(shell, service, call).await;
    let bytes = reply.as_ref().map_or(0, |reply| reply.body.len());
    let further = shell.world.meter.settle(id, bytes);
    let latency = u64::from(shell.world.tenant().switches.latency_millis);
    if latency > 0 {
        wait(latency * u64::from(1 + further)).await;
    }
    shell.world.graph_meter.settle(id);
    reply
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
        let struck = shell.faults().on_effects(&call, &added);
        note(shell, struck.as_ref(), &call, &added);
        struck
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

fn note(shell: &Shell, struck: Option<&Kind>, call: &Call, effects: &[&str]) {
    let now = shell.world.clock.now();
    let strike = struck.map(|kind| Strike::new(now, kind.clone(), call, effects));
    shell.strikes().extend(strike);
}

#[expect(
    clippy::disallowed_methods,
    reason = "slowness is what was asked for, and it lies in real time"
)]
async fn wait(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
