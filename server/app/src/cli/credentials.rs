//! `credentials`: what proves the app, how long yet, and its renewal.

mod broken_off;
mod drive;
mod master_key;
mod plan;
mod shown;

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use store::StoreError;

use crate::config;
use crate::credentials::{self, Obstacle, Stop};
use crate::jobs::JobError;
use crate::service::Service;
use crate::setup::Words;

#[derive(Debug, Args)]
#[command(after_help = super::LANGUAGE)]
pub(super) struct Arguments {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// What proves the app, until when, how far a renewal is, and whether each running instance can go over to it.
    Status {
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// What a renewal would do, and what stands in its way; changes nothing.
    Plan {
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Renew, or go on with a renewal that is not over; ends with its report.
    Renew(drive::Wishes),
    /// Prove by real calls what is in use, each credential alone; changes nothing.
    Verify,
    /// Turn a renewal back, as long as the old credential is registered.
    Rollback(drive::Back),
    /// The signed report of a renewal, to be filed; fails where there is none.
    Report {
        /// Which renewal, as `status` counts them; the last one unless given.
        #[arg(long)]
        number: Option<i64>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
        /// Check a report that was filed, as text or JSON: its signature, and each line against the journal.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["number", "format"])]
        verify: Option<PathBuf>,
    },
    /// Put everything that is kept under the present master key.
    Rewrap,
    /// Make a master key in a file that is not there yet; needs no configuration.
    MasterKey(master_key::Wishes),
    /// Print the certificate of a renewal that waits for somebody to register it; `renew` makes it.
    Certificate,
    /// Write the client secret into a file that is not there yet (mode 0600), for a program beside us.
    Secret { file: PathBuf },
}

pub(super) async fn run(config: &Path, arguments: Arguments) -> anyhow::Result<ExitCode> {
    if let Act::MasterKey(wishes) = &arguments.act {
        return master_key::make(wishes);
    }
    let service = match opened(config).await {
        Ok(service) => service,
        Err(error) => return unopened(config, error),
    };
    match arguments.act {
        Act::Status { format } => shown::status(&service, format).await,
        Act::Plan { format } => plan::show(&service, format).await,
        Act::Renew(wishes) if wishes.plan => plan::show(&service, Format::Text).await,
        Act::Renew(wishes) => broken_off::unless(&service, drive::renew(&service, &wishes)).await,
        Act::Verify => shown::verify(&service).await,
        Act::Rollback(back) => broken_off::unless(&service, drive::rollback(&service, &back)).await,
        Act::Report {
            verify: Some(file), ..
        } => shown::check(&service, &file).await,
        Act::Report { number, format, .. } => shown::report(&service, number, format).await,
        Act::Rewrap => master_key::rewrap(&service).await,
        Act::Certificate => certificate(&service).await,
        Act::Secret { file } => secret(&service, &file).await,
        Act::MasterKey(_) => Ok(ExitCode::SUCCESS),
    }
}

async fn opened(config: &Path) -> anyhow::Result<Arc<Service>> {
    let service = super::open(config).await?;
    service.migrate().await?;
    Ok(service)
}

/// An obstacle that shows before anything is open is told as all others are.
fn unopened(path: &Path, error: anyhow::Error) -> anyhow::Result<ExitCode> {
    let Some(obstacle) = error.chain().find_map(obstacle) else {
        return Err(error);
    };
    let language = config::load(path)?.mail.language;
    super::print_error(obstacle.words().in_language(language));
    Ok(ExitCode::FAILURE)
}

fn obstacle(cause: &(dyn std::error::Error + 'static)) -> Option<Obstacle> {
    if let Some(Stop::Obstacle(obstacle)) = cause.downcast_ref() {
        return Some(obstacle.clone());
    }
    let store: &StoreError = cause.downcast_ref()?;
    store.is_full().then_some(Obstacle::DiskFull)
}

/// An obstacle, or why Microsoft 365 did not answer, in the language of the mails; whatever else went wrong goes up.
fn told(service: &Service, stop: Stop) -> anyhow::Result<ExitCode> {
    match stop {
        Stop::Obstacle(obstacle) => {
            super::print_error(obstacle.words().in_language(service.config.mail.language));
            Ok(ExitCode::FAILURE)
        }
        Stop::Job(JobError::Remote(error)) => {
            let words = credentials::refusal(&error, service.config.app.federation.as_ref());
            super::print_error(words.in_language(service.config.mail.language));
            Ok(ExitCode::FAILURE)
        }
        Stop::Job(error) => Err(error.into()),
    }
}

async fn certificate(service: &Service) -> anyhow::Result<ExitCode> {
    match credentials::waiting_certificate(service).await {
        Ok(Some(pem)) => {
            super::print(pem.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Ok(None) => {
            super::print_error(none_waits().in_language(service.config.mail.language));
            Ok(ExitCode::FAILURE)
        }
        Err(stop) => told(service, stop),
    }
}

fn none_waits() -> Words {
    Words::new(
        "登録を待っている証明書はありません。先に `provisioning-flow credentials renew` を実行してください。今の資格情報が使えなければ、新しい証明書を作ったところで止まるので、そのあとで書き出せます(使えるなら、renew が自分で登録します)",
        "no certificate waits to be registered: run `provisioning-flow credentials renew` first. Where the present credential proves nothing any more, it makes the new certificate and stops, and this command writes it; otherwise it registers it itself",
    )
}

async fn secret(service: &Service, file: &Path) -> anyhow::Result<ExitCode> {
    let text = match credentials::secret(service).await {
        Ok(Some(text)) => text,
        Ok(None) => bail!("no secret is kept: set credentials.renewal.secret to true and renew"),
        Err(stop) => return told(service, stop),
    };
    let opened = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    let mut opened = opened.with_context(|| format!("{}", file.display()))?;
    opened.write_all(secrecy::ExposeSecret::expose_secret(&text).as_bytes())?;
    opened.sync_all()?;
    Ok(ExitCode::SUCCESS)
}
