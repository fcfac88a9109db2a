//! A renewal driven by hand, until there is nothing to do but to wait for the overlap.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use store::jobs::JobEnd;

use super::super::{print, print_error};
use super::{shown, told};
use crate::credentials::{self, Halt, Stop, Wait, YOUNG};
use crate::service::Service;
use crate::setup::Words;

/// The clock may be moved by others.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
pub(super) struct Wishes {
    /// Only show what would be done.
    #[arg(long)]
    pub(super) plan: bool,
    /// Renew although the present credential is young.
    #[arg(long)]
    force: bool,
    /// Who runs it, for the report.
    #[arg(long, default_value = "command line")]
    by: String,
}

pub(super) async fn renew(service: &Service, wishes: &Wishes) -> anyhow::Result<ExitCode> {
    let language = service.config.mail.language;
    // Whoever runs it twice means it once.
    let young = match credentials::young(service, YOUNG).await {
        Ok(young) => young,
        Err(stop) => return told(service, stop),
    };
    if young && !wishes.force {
        let words = Words {
            ja: "今の資格情報は作って 30 日未満です。何もしません(それでも更新するには --force)".into(),
            en:
                "the present credential is less than 30 days old: nothing to do (--force renews all the same)"
                    .into(),
        };
        print(words.in_language(language));
        return Ok(ExitCode::SUCCESS);
    }
    let holder = holder(service);
    let done = match credentials::begin(service, &holder, &wishes.by).await {
        Ok(_) => go_on(service, &holder).await,
        Err(stop) => Err(stop),
    };
    ended(service, &holder, done).await
}

pub(super) async fn rollback(service: &Service, reason: &str) -> anyhow::Result<ExitCode> {
    let holder = holder(service);
    let done = match credentials::undo(service, &holder, reason).await {
        Ok(true) => go_on(service, &holder).await,
        Ok(false) => {
            print_error("no renewal is under way that could be rolled back");
            return Ok(ExitCode::FAILURE);
        }
        Err(stop) => Err(stop),
    };
    ended(service, &holder, done).await
}

/// Names this run to others.
fn holder(service: &Service) -> String {
    format!(
        "command {}-{}",
        std::process::id(),
        service.now().as_millisecond()
    )
}

async fn ended(service: &Service, holder: &str, done: Result<(), Stop>) -> anyhow::Result<ExitCode> {
    // What cannot be given back ends by itself: why the run ended is what is told.
    let released = credentials::release(service, holder).await;
    match done.and(released.map_err(Stop::from)) {
        Ok(()) => shown::report(service, None, super::Format::Text).await,
        Err(stop) => told(service, stop),
    }
}

/// Until it is over, or the old one only waits for its overlap to end.
async fn go_on(service: &Service, holder: &str) -> Result<(), Stop> {
    let mut attempts = 1;
    loop {
        let until = match credentials::advance(service, holder).await {
            Ok(
                Halt::Over
                | Halt::Wait {
                    why: Wait::Overlap, ..
                },
            ) => return Ok(()),
            Ok(Halt::Wait { until, .. } | Halt::Unready { until }) => until,
            Err(Stop::Job(error)) => match error.end(service.now(), attempts) {
                JobEnd::Later(until, why) => {
                    attempts += 1;
                    tracing::info!(why, "waiting");
                    until
                }
                _ => return Err(error.into()),
            },
            Err(stop) => return Err(stop),
        };
        wait(service, until).await;
    }
}

async fn wait(service: &Service, until: Timestamp) {
    while service.now() < until {
        let _ = tokio::time::timeout(LOOK, std::future::pending::<()>()).await;
    }
}
