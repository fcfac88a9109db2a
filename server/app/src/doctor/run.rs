//! The order: each step needs the ones before it.

use super::patience::Patience;
use super::{Finding, credentials, intake, lists, lockdown, permissions, scopes, server, strangers};
use crate::service::Service;

/// Token, roles, site grant, lists, levels, lockdown, strangers, webhook, database, credentials, budget of scopes,
/// heartbeat, last comparison. Changes nothing.
pub async fn run(service: &Service) -> Vec<Finding> {
    let mut patience = Patience::default();
    let mut findings = patience.with(async || permissions::look(service).await).await;
    findings.extend(patience.with(async || lists::look(service).await).await);
    findings.extend(patience.with(async || lockdown::look(service).await).await);
    findings.extend(patience.with(async || strangers::look(service).await).await);
    findings.extend(patience.with(async || server::look(service).await).await);
    findings.extend(credentials::look(service).await);
    findings.extend(scopes::look(service).await);
    findings.extend(intake::look(service).await);
    findings
}
