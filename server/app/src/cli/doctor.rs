//! `doctor`.

use std::process::ExitCode;
use std::sync::Arc;

use crate::doctor;
use crate::service::Service;

pub(super) async fn run(service: Arc<Service>) -> ExitCode {
    let findings = doctor::run(&service).await;
    let language = service.config.mail.language;
    for finding in &findings {
        super::print(&finding.line(language));
    }
    if findings.iter().any(doctor::Finding::is_wrong) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
