//! `credentials`: what proves the app, how long yet, and its renewal.

mod broken_off;
mod drive;
mod shown;

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use store::{StoreError, transaction};

use crate::config;
use crate::credentials::{self, MasterKey, Obstacle, Stop, Vault};
use crate::service::Service;

#[derive(Debug, Args)]
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
    /// What proves the app, until when, and how far a renewal is.
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
    Rollback {
        /// Goes into the report.
        #[arg(long, default_value = "-")]
        reason: String,
    },
    /// The signed report of a renewal, to be filed.
    Report {
        /// The last one unless given.
        #[arg(long)]
        number: Option<i64>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Put everything that is kept under the present master key.
    Rewrap,
    /// Make a master key in a file that is not there yet.
    MasterKey { file: PathBuf },
    /// Print the certificate of a renewal that waits for somebody to register it.
    Certificate,
    /// Write the client secret into a file that is not there yet (mode 0600), for a program beside us.
    Secret { file: PathBuf },
}

pub(super) async fn run(config: &Path, arguments: Arguments) -> anyhow::Result<ExitCode> {
    if let Act::MasterKey { file } = &arguments.act {
        let key = MasterKey::create(file)?;
        super::print(key.name());
        return Ok(ExitCode::SUCCESS);
    }
    let service = match opened(config).await {
        Ok(service) => service,
        Err(error) => return unopened(config, error),
    };
    match arguments.act {
        Act::Status { format } => shown::status(&service, format).await,
        Act::Plan { format } => shown::plan(&service, format).await,
        Act::Renew(wishes) if wishes.plan => shown::plan(&service, Format::Text).await,
        Act::Renew(wishes) => broken_off::unless(&service, drive::renew(&service, &wishes)).await,
        Act::Verify => shown::verify(&service).await,
        Act::Rollback { reason } => broken_off::unless(&service, drive::rollback(&service, &reason)).await,
        Act::Report { number, format } => shown::report(&service, number, format).await,
        Act::Rewrap => rewrap(&service).await,
        Act::Certificate => certificate(&service).await,
        Act::Secret { file } => secret(&service, &file).await,
        Act::MasterKey { .. } => Ok(ExitCode::SUCCESS),
    }
}

async fn opened(config: &Path) -> anyhow::Result<Arc<Service>> {
    let service = super::open(config).await?;
    service.store.migrate().await?;
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

/// An obstacle in the language of the mails; whatever else went wrong goes up.
fn told(service: &Service, stop: Stop) -> anyhow::Result<ExitCode> {
    match stop {
        Stop::Obstacle(obstacle) => {
            super::print_error(obstacle.words().in_language(service.config.mail.language));
            Ok(ExitCode::FAILURE)
        }
        Stop::Job(error) => Err(error.into()),
    }
}

async fn rewrap(service: &Service) -> anyhow::Result<ExitCode> {
    let vault = match Vault::open(service) {
        Ok(vault) => vault,
        Err(error) => return told(service, error.into()),
    };
    let done: Result<usize, credentials::VaultError> =
        transaction!(service.store.write(&service.tenant), tx => vault.rewrap(tx).await);
    match done {
        Ok(count) => {
            super::print(&format!("{count} -> {}", vault.master()));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => told(service, error.into()),
    }
}

async fn certificate(service: &Service) -> anyhow::Result<ExitCode> {
    match credentials::waiting_certificate(service).await {
        Ok(Some(pem)) => {
            super::print(pem.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Ok(None) => bail!("no renewal waits for its certificate to be registered"),
        Err(stop) => told(service, stop),
    }
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
