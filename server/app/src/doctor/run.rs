//! The order: each step needs the ones before it.

use super::patience::Patience;
use super::{
    App, Finding, credentials, files, grant, intake, lists, lockdown, owners, permissions, profiles, scopes,
    server, strangers,
};
use crate::service::Service;

/// What can be looked at of the app alone: tokens, roles, the site's grant, files with secrets. Changes nothing.
pub(crate) async fn run_on_app(app: &App<'_>) -> Vec<Finding> {
    let mut patience = Patience::default();
    let mut findings = patience.with(async || permissions::look(app).await).await;
    findings.extend(patience.with(async || vec![grant::look(app).await]).await);
    findings.extend(files::look_at(app.config, Vec::new()));
    findings
}

/// Token, roles, site grant, lists, levels, lockdown, strangers, webhook, database, licence profiles, credentials, files with secrets,
/// budget of scopes, owners, heartbeat, last comparison. Changes nothing.
pub async fn run(service: &Service) -> Vec<Finding> {
    let mut patience = Patience::default();
    let mut findings = patience
        .with(async || permissions::look(&App::of(service)).await)
        .await;
    findings.extend(patience.with(async || lists::look(service).await).await);
    findings.extend(patience.with(async || lockdown::look(service).await).await);
    findings.extend(patience.with(async || strangers::look(service).await).await);
    findings.extend(patience.with(async || server::look(service).await).await);
    findings.extend(patience.with(async || profiles::look(service).await).await);
    findings.extend(patience.with(async || credentials::look(service).await).await);
    findings.extend(files::look(service));
    findings.extend(scopes::look(service).await);
    findings.extend(owners::look(service).await);
    findings.extend(intake::look(service).await);
    findings
}
