//! `verify-journal`, `export-journal`.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use crate::service::Service;
use crate::{journal, licences};

#[derive(Debug, Args)]
pub(super) struct Which {
    /// Number of the application, e.g. USR-2026-00001.
    #[arg(long)]
    pub(super) application: String,
}

pub(super) async fn verify(service: Arc<Service>) -> anyhow::Result<ExitCode> {
    licences::recall(&service).await?;
    let (count, faults) = journal::verify_all(&service).await?;
    for fault in &faults {
        super::print(&format!("{}: {}", fault.number, fault.problem));
    }
    super::print(&format!("{count} journal(s), {} fault(s)", faults.len()));
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

pub(super) async fn export(service: Arc<Service>, which: Which) -> anyhow::Result<()> {
    super::print(&journal::export(&service, &which.application).await?.to_string());
    Ok(())
}
