//! What proves the app now: what the configuration names, until a renewal has switched. Running instances look here
//! and go over without a restart.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use m365::{ClientProof, Credential, ManagedIdentity};
use tokio::sync::watch;

use super::columns;
use super::event::Which;
use super::journal;
use super::obstacle::Stop;
use super::vault::{self, Vault};
use crate::config::{Config, Federation};
use crate::jobs::JobError;
use crate::service::Service;

/// How often a running instance looks whether there is something newer.
const LOOK: Duration = Duration::from_secs(2);

/// What the configuration names: the first credentials.
pub(crate) fn configured(config: &Config) -> anyhow::Result<Vec<ClientProof>> {
    let mut proofs = Vec::new();
    match &config.app.federation {
        Some(Federation::TokenFile(file)) => proofs.push(ClientProof::TokenFile(file.clone())),
        Some(Federation::ManagedIdentity { client_id, endpoint }) => {
            let identity = ManagedIdentity::of_this_machine(*client_id);
            let identity = match endpoint {
                Some(endpoint) => identity.at(endpoint.clone()),
                None => identity,
            };
            proofs.push(ClientProof::ManagedIdentity(identity));
        }
        None => {}
    }
    if let Some(file) = &config.app.certificate {
        proofs.push(Credential::from_files(&[file]).context("app.certificate")?.into());
    }
    Ok(proofs)
}

/// By which credentials, newest first, the app proves itself at this moment. Where another issuer proves it, one that was
/// renewed before does no more: it would hide that the issuer is not trusted until it ends.
pub(crate) async fn which(service: &Service) -> Result<Vec<Which>, Stop> {
    if service.config.app.federation_alone().is_some() {
        return Ok(vec![Which::Configured]);
    }
    let last = match journal::last(service).await {
        Err(Stop::Job(JobError::Store(error))) if error.lacks_tables() => None,
        last => last?,
    };
    Ok(last.map_or_else(|| vec![Which::Configured], |(renewal, _)| renewal.in_use()))
}

/// The credentials themselves.
pub(super) async fn proofs(service: &Service, which: &[Which]) -> Result<Vec<ClientProof>, Stop> {
    let mut proofs = Vec::new();
    for one in which {
        match one {
            Which::Configured => proofs.extend(from_file(service)?),
            Which::Kept(id) => {
                let vault = Vault::open(service)?;
                proofs.push(vault::proof(service, &vault, id).await?);
            }
        }
    }
    Ok(proofs)
}

fn from_file(service: &Service) -> Result<Vec<ClientProof>, Stop> {
    configured(&service.config).map_err(|error| JobError::Stuck(format!("{error:#}")).into())
}

/// Goes over to what proves the app now, if that is not what `known` says; what it is.
pub(crate) async fn adopt(service: &Service, known: Option<Vec<Which>>) -> Result<Vec<Which>, Stop> {
    // Another instance may have made the data key just now.
    columns::open(service).await?;
    let now = which(service).await?;
    let first = now.first().cloned().unwrap_or(Which::Configured);
    // Others of this process may have gone further.
    if known.as_ref() != Some(&now) || *service.proof.borrow() != first {
        // A rollback removes what was switched to: whoever reads between both sees it gone, and looks again.
        service.microsoft.prove_by(proofs(service, &now).await?);
        if known.is_some() {
            tracing::info!("the app proves itself by {} from now on", first.name());
        }
        service.proof.send_replace(first);
    }
    Ok(now)
}

/// Until `stop` turns true. What cannot be opened is told, and what was in use stays.
pub(crate) async fn follow(service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let mut known = None;
    let mut told = String::new();
    while !*stop.borrow() {
        match adopt(&service, known.clone()).await {
            Ok(now) => {
                known = Some(now);
                told.clear();
            }
            Err(stop) => {
                let why = stop.to_string();
                if why != told {
                    tracing::error!(why, "the app goes on by the credential that it has");
                }
                told = why;
            }
        }
        let _ = tokio::time::timeout(LOOK, stop.changed()).await;
    }
}
