//! The step before Entra hears of anything: the new certificate is made and kept.

use store::transaction;

use super::certificate::{self, Wished};
use super::event::{Certificate, Event};
use super::journal;
use super::obstacle::Stop;
use super::renewal::Renewal;
use super::vault::{Vault, VaultError};
use crate::jobs::JobError;
use crate::service::Service;

/// Makes the certificate and keeps it sealed, in one transaction with its line: before Entra hears of it, it is safe.
pub(super) async fn make(service: &Service, holder: &str, renewal: &Renewal) -> Result<(), Stop> {
    let vault = Vault::open(service)?;
    let (name, bits, ends) = (renewal.plan.name.clone(), renewal.plan.bits, renewal.plan.ends);
    let now = service.now();
    let wished = move || {
        certificate::make(Wished {
            name: &name,
            bits,
            now,
            ends,
        })
    };
    // A large key takes seconds.
    let made = tokio::task::spawn_blocking(wished).await;
    let made = made.map_err(|error| JobError::Stuck(error.to_string()))?;
    let pem = made.map_err(|error| JobError::Stuck(error.to_string()))?;
    let credential = m365::Credential::from_pem(&pem).map_err(VaultError::from)?;
    let id = format!("{}-certificate", renewal.plan.name);
    let sealed = vault.seal_certificate(&id, &pem, now)?;
    let event = Event::Made {
        certificate: Certificate {
            id,
            thumbprint: credential.sha1_hex(),
            ends: credential.expires(),
        },
    };
    transaction!(service.store.write(&service.tenant), tx => {
        tx.keep_credential(&sealed).await?;
        journal::add(tx, (service, holder), (renewal.number, renewal.lines), &event).await
    })
}
