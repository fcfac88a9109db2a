//! Whether changes reach us: the heartbeat of webhooks, and the last nightly comparison.

use jiff::SignedDuration;
use store::transaction;

use super::Finding;
use crate::heartbeat::{Health, Heartbeat};
use crate::jobs::JobError;
use crate::reconcile::{self, Mode, Run, Scope};
use crate::service::Service;

/// A night may be missed, two may not.
const TOO_OLD: SignedDuration = SignedDuration::from_hours(49);

/// What the database tells; a database that does not answer is another check's finding.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Ok(health) = health(service).await {
        findings.extend(heartbeat(health));
    }
    if let Ok(Some(run)) = reconcile::load(service, Scope::Open, Mode::Repair).await {
        findings.push(nightly(service, &run));
    }
    findings
}

async fn health(service: &Service) -> Result<Health, JobError> {
    let now = service.clock.now();
    transaction!(service.store.read(&service.tenant), tx => Ok(Heartbeat::of(tx).await?.health(now)))
}

fn heartbeat(health: Health) -> Option<Finding> {
    let what = "webhook heartbeat";
    match health {
        Health::Unknown => None,
        Health::Prompt { .. } => Some(Finding::good(what)),
        Health::Late { delay } => {
            let seconds = delay.as_secs();
            Some(Finding::warning(
                what,
                format!("Webhook が {seconds} 秒遅れています。定期巡回が処理を続けています"),
                format!("webhooks are {seconds} seconds late; the timer carries on"),
            ))
        }
        Health::Silent { since } => Some(Finding::warning(
            what,
            format!("{since} から Webhook が届いていません。定期巡回が処理を続けています"),
            format!("webhooks are silent since {since}; the timer carries on"),
        )),
    }
}

fn nightly(service: &Service, run: &Run) -> Finding {
    let what = "nightly comparison";
    let (started, now) = (run.started, service.clock.now());
    if run.report.needs_attention() {
        return Finding::warning(
            what,
            "人の確認が必要です。`provisioning-flow reconcile --last` で内容を見てください",
            "a person must look: `provisioning-flow reconcile --last` shows what it found",
        );
    }
    let done = run.done_at().unwrap_or(started);
    if now.duration_since(done) > TOO_OLD {
        return Finding::warning(
            what,
            format!("{started} から終わっていません。`serve` が動いているか確かめてください"),
            format!("not done since {started}: is `serve` running?"),
        );
    }
    Finding::good(what)
}
