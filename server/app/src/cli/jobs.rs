//! `jobs`: work that stopped and waits for a person.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use store::{StoreError, transaction};

use crate::service::Service;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Let this stopped job run again, once what stopped it is mended.
    #[arg(long, num_args = 2, value_names = ["KIND", "KEY"])]
    retry: Option<Vec<String>>,
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.retry.as_deref() {
        Some([kind, key]) => retry(&service, kind, key).await,
        _ => list(&service).await,
    }
}

/// One line a job: kind, key, runs so far, what stopped it.
async fn list(service: &Service) -> anyhow::Result<ExitCode> {
    let parked: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.parked_jobs().await);
    for job in parked? {
        super::print(&format!(
            "{} {} ({}): {}",
            job.kind, job.key, job.attempts, job.why
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn retry(service: &Service, kind: &str, key: &str) -> anyhow::Result<ExitCode> {
    let now = service.now();
    let found: Result<bool, StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.retry_parked(kind, key, now).await);
    if found? {
        return Ok(ExitCode::SUCCESS);
    }
    anyhow::bail!("no job {kind} {key} is stopped: see `provisioning-flow jobs`")
}
