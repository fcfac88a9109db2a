//! A renewal driven by hand, until there is nothing to do but to wait for the overlap.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use store::jobs::JobEnd;

use super::super::{print, print_error};
use super::{shown, told};
use crate::config::Language;
use crate::credentials::{self, Halt, Idle, Plan, Stop, Wait};
use crate::service::Service;
use crate::setup::Words;

/// The clock may be moved by others.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
pub(super) struct Wishes {
    /// Only show what would be done.
    #[arg(long)]
    pub(super) plan: bool,
    /// Renew although the last renewal is less than 30 days old; without this such a young credential is left alone, so
    /// that running it twice renews once. Fails as long as the old certificate of the last renewal is registered.
    #[arg(long)]
    force: bool,
    /// Who runs it: stands in the signed report. The last one counts, for a script has given one before.
    #[arg(long, default_value = "command line", overrides_with = "by")]
    by: String,
}

#[derive(Debug, Args)]
pub(super) struct Back {
    /// Why it is turned back: stands in the signed report.
    #[arg(long, default_value = "-")]
    reason: String,
    /// Who turns it back: stands in the signed report. The last one counts, for a script has given one before.
    #[arg(long, default_value = "command line", overrides_with = "by")]
    by: String,
}

pub(super) async fn renew(service: &Service, wishes: &Wishes) -> anyhow::Result<ExitCode> {
    let idle = match credentials::idle(service).await {
        Ok(idle) => idle,
        Err(stop) => return told(service, stop),
    };
    let Some(idle) = idle else {
        return work(service, wishes).await;
    };
    // Nothing is left alone that does not do what it was made for.
    match (credentials::refused(service).await, &idle) {
        (Ok(None), _) => left_alone(service, wishes, &idle).await,
        (Ok(Some(_)), Idle::Young { .. }) => work(service, wishes).await,
        (Ok(Some(obstacle)), Idle::Overlap { .. }) => told(service, obstacle.into()),
        (Err(stop), _) => told(service, stop),
    }
}

/// Whoever runs it twice means it once, unless it is forced.
async fn left_alone(service: &Service, wishes: &Wishes, idle: &Idle) -> anyhow::Result<ExitCode> {
    let (zone, language) = (service.calendar.zone(), service.config.mail.language);
    match idle {
        idle if wishes.force => match idle.unforced(zone) {
            Some(words) => {
                print_error(words.in_language(language));
                Ok(ExitCode::FAILURE)
            }
            None => work(service, wishes).await,
        },
        Idle::Young { .. } => {
            print(idle.words(zone).in_language(language));
            Ok(ExitCode::SUCCESS)
        }
        Idle::Overlap { .. } => {
            print_error(idle.words(zone).in_language(language));
            shown::report(service, None, super::Format::Text).await
        }
    }
}

async fn work(service: &Service, wishes: &Wishes) -> anyhow::Result<ExitCode> {
    let holder = holder(service);
    let done = Box::pin(through(service, &holder, wishes)).await;
    ended(service, &holder, done).await
}

async fn through(service: &Service, holder: &str, wishes: &Wishes) -> Result<(), Stop> {
    let language = service.config.mail.language;
    let renewal = credentials::begin(service, holder, &wishes.by).await?;
    warn(&renewal.plan, language);
    go_on(service, holder).await?;
    // It had only its old one left to be removed: what was asked for is yet to be done.
    if wishes.force && renewal.has_switched() {
        let next = credentials::begin(service, holder, &wishes.by).await?;
        if next.number != renewal.number {
            warn(&next.plan, language);
            go_on(service, holder).await?;
        }
    }
    Ok(())
}

/// What is rarely meant is told before anything is made.
fn warn(plan: &Plan, language: Language) {
    if let Some(words) = credentials::shortened(plan) {
        print_error(words.in_language(language));
    }
}

pub(super) async fn rollback(service: &Service, back: &Back) -> anyhow::Result<ExitCode> {
    let holder = holder(service);
    match credentials::undo(service, &holder, (&back.by, &back.reason)).await {
        Ok(true) => {
            let done = go_on(service, &holder).await;
            let is_stopped = done.is_err();
            let ended = ended(service, &holder, done).await;
            if is_stopped {
                print_error(halfway().in_language(service.config.mail.language));
            }
            ended
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

/// What stopped it was told.
fn halfway() -> Words {
    Words::new(
        "元に戻す処理は始まっています。サービスは以前の資格情報で動きます。上の障害を直したあと、`provisioning-flow credentials rollback` をもう一度実行すると、続きから進みます",
        "the way back has begun, and the service works by the former credential: mend the above, then run `provisioning-flow credentials rollback` again, and it goes on where it stopped",
    )
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
    let configured = service.config.credentials.as_ref();
    let rounds = configured.map_or(0, |configured| configured.renewal.rounds);
    loop {
        let halt = credentials::advance(service, holder).await;
        if let Some(words) = halt.as_ref().ok().and_then(|halt| waiting(halt, rounds)) {
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

/// For whom it takes minutes. `rounds`: so often in a row the new one must do its calls.
fn waiting(halt: &Halt, rounds: u32) -> Option<Words> {
    match halt {
        Halt::Wait {
            why: Wait::Round { passed },
            ..
        } => Some(Words::new(
            format!("新しい資格情報を繰り返し確かめています({rounds} 回のうち {passed} 回成功)…"),
            format!("proving the new credential again and again ({passed} of {rounds} times so far)…"),
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
