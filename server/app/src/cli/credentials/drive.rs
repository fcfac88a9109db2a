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
    match credentials::undo(service, &holder, reason).await {
        Ok(true) => {
            let done = go_on(service, &holder).await;
            ended(service, &holder, done).await
        }
        Ok(false) => {
            credentials::release(service, &holder).await?;
            let words = Words::new(
                "取り消せる更新がありません(始まっていないか、取り消し済みか、以前の資格情報を削除済みです)。今の資格情報に問題があれば、`provisioning-flow credentials renew --force` で新しいものを作ってください",
                "no renewal is under way that could be rolled back (none was begun, it was rolled back, or the former credential is removed already); if the present one is in doubt, make a new one with `provisioning-flow credentials renew --force`",
            );
            print_error(words.in_language(service.config.mail.language));
            Ok(ExitCode::FAILURE)
        }
        Err(stop) => ended(service, &holder, Err(stop)).await,
    }
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
    let (mut attempts, mut shown) = (1, String::new());
    loop {
        let halt = credentials::advance(service, holder).await;
        if let Some(words) = halt.as_ref().ok().and_then(waiting) {
            let words = words.in_language(service.config.mail.language).to_owned();
            if words != shown {
                print_error(&words);
            }
            shown = words;
        }
        let until = match halt {
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

/// For whom it takes minutes.
fn waiting(halt: &Halt) -> Option<Words> {
    match halt {
        Halt::Wait { why: Wait::Round, .. } => Some(Words::new(
            "新しい資格情報を繰り返し確かめています…",
            "proving the new credential again and again…",
        )),
        Halt::Unready { .. } => Some(Words::new(
            "新しい資格情報が Microsoft 365 に行き渡るのを待っています…",
            "waiting until Microsoft 365 knows the new credential everywhere…",
        )),
        Halt::Wait {
            why: Wait::Lagging, ..
        } => Some(Words::new(
            "以前の資格情報で動いているインスタンスを待っています…",
            "waiting for instances that still work by the former credential…",
        )),
        Halt::Wait {
            why: Wait::Overlap, ..
        }
        | Halt::Over => None,
    }
}

async fn wait(service: &Service, until: Timestamp) {
    while service.now() < until {
        let _ = tokio::time::timeout(LOOK, std::future::pending::<()>()).await;
    }
}
