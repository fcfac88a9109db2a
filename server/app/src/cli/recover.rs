//! `recover`.

use std::process::ExitCode;
use std::sync::Arc;

use crate::recover;
use crate::service::Service;

/// Fails when something was left alone, although everything else came back.
pub(super) async fn run(service: Arc<Service>) -> anyhow::Result<ExitCode> {
    service.migrate().await?;
    let recovered = recover::run(&service).await?;
    for fault in &recovered.faults {
        super::print(&format!("{}: {}", fault.number, fault.problem));
    }
    super::print(&format!(
        "{} application(s) recovered, {} of them open, {} fault(s)",
        recovered.applications,
        recovered.open,
        recovered.faults.len()
    ));
    Ok(if recovered.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
