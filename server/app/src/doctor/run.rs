//! The order: each step needs the ones before it.

use super::{Finding, intake, lists, permissions, scopes, server, strangers};
use crate::service::Service;

/// Token, roles, site grant, lists, levels, strangers, webhook, database, budget of scopes, heartbeat, last
/// comparison. Changes nothing.
pub async fn run(service: &Service) -> Vec<Finding> {
    let mut findings = permissions::look(service).await;
    findings.extend(lists::look(service).await);
    findings.extend(strangers::look(service).await);
    findings.extend(server::look(service).await);
    findings.extend(scopes::look(service).await);
    findings.extend(intake::look(service).await);
    findings
}
