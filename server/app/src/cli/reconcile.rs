//! `reconcile`: begins a comparison and tells its progress until it is done. A running service does the work;
//! where none runs, this command does.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use store::jobs::JobEnd;
use store::{StoreError, transaction};

use crate::jobs::JobError;
use crate::licences;
use crate::reconcile::{self, Mode, Run, Scope};
use crate::service::Service;

/// A job that nobody took for so long is not taken by a service.
const UNTAKEN: SignedDuration = SignedDuration::from_secs(3);
/// Progress is looked at this often.
const LOOK: Duration = Duration::from_millis(250);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only show what differs.
    #[arg(long)]
    plan: bool,
    /// Closed applications too.
    #[arg(long)]
    all: bool,
    /// Show the last report instead of comparing.
    #[arg(long, conflicts_with = "plan")]
    last: bool,
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let scope = if arguments.all { Scope::All } else { Scope::Open };
    let mode = if arguments.plan { Mode::Plan } else { Mode::Repair };
    let language = service.config.mail.language;
    let run = if arguments.last {
        let last = reconcile::load(&service, scope, mode).await?;
        let Some(last) = last else {
            super::print("-");
            return Ok(ExitCode::SUCCESS);
        };
        last
    } else {
        licences::recall(&service).await?;
        follow(&service, scope, mode).await?
    };
    for line in run.lines(language) {
        super::print(&line);
    }
    Ok(if run.report.needs_attention() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Until the run is done; each piece of progress is printed once.
async fn follow(service: &Service, scope: Scope, mode: Mode) -> anyhow::Result<Run> {
    let begun = reconcile::begin(service, scope, mode).await?;
    let (mut told, mut rest) = (String::new(), Timestamp::MIN);
    loop {
        let run = reconcile::load(service, scope, mode).await?;
        let run = run.filter(|run| run.started >= begun.started);
        let run = run.unwrap_or_else(|| begun.clone());
        let line = run.progress(service.microsoft.background_rate(), service.config.mail.language);
        if line != told {
            super::print(&line);
            told = line;
        }
        if run.is_done() {
            return Ok(run);
        }
        let now = service.clock.now();
        if now >= rest && (mode == Mode::Plan || is_ours(service, scope, now).await?) {
            rest = step(service, scope, mode).await?.unwrap_or(now);
        } else {
            let _ = tokio::time::timeout(LOOK, std::future::pending::<()>()).await;
        }
    }
}

/// Whether no service takes the job.
async fn is_ours(service: &Service, scope: Scope, now: Timestamp) -> Result<bool, StoreError> {
    let since = now.checked_sub(UNTAKEN).unwrap_or(now);
    let (kind, key) = ("reconcile", scope.word());
    transaction!(service.store.read(&service.tenant), tx => tx.is_overdue(kind, key, since).await)
}

/// One stride; the moment before which the next one makes no sense.
async fn step(service: &Service, scope: Scope, mode: Mode) -> Result<Option<Timestamp>, JobError> {
    let Err(error) = reconcile::step(service, scope, mode).await else {
        return Ok(None);
    };
    match error.end(service.clock.now(), 1) {
        JobEnd::Later(when, why) => {
            tracing::info!(why, "waiting");
            Ok(Some(when))
        }
        _ => Err(error),
    }
}
