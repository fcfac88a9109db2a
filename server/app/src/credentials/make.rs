//! The step before Entra hears of anything: the new certificate is made and kept.

use m365::{ClientProof, Credential};
use secrecy::SecretSlice;
use store::{SealedCredential, transaction};

use super::certificate::{self, Wished};
use super::event::{Certificate, Event, Plan};
use super::journal;
use super::obstacle::{Obstacle, Stop};
use super::renewal::Renewal;
use super::vault::{Vault, VaultError};
use crate::jobs::JobError;
use crate::service::Service;

/// Makes the certificate and keeps it sealed, in one transaction with its line: before Entra hears of it, it is safe.
pub(super) async fn make(service: &Service, holder: &str, renewal: &Renewal) -> Result<(), Stop> {
    let (made, sealed) = sealed(service, &Vault::open(service)?, &renewal.plan).await?;
    let event = Event::Made {
        certificate: Certificate {
            id: sealed.id.clone(),
            thumbprint: made.sha1_hex(),
            ends: made.expires(),
        },
    };
    transaction!(service.store.write(&service.tenant), tx => {
        tx.keep_credential(&sealed).await?;
        journal::add(tx, (service, holder), (renewal.number, renewal.lines), &event).await
    })
}

/// The same in a rehearsal: what was made and sealed opens again, and is forgotten.
pub(super) async fn rehearse(service: &Service, plan: &Plan) -> Result<(), Stop> {
    let vault = Vault::open(service)?;
    let (made, sealed) = sealed(service, &vault, plan).await?;
    match vault.unseal(&sealed)? {
        ClientProof::Certificate(opened) if opened.sha1_hex() == made.sha1_hex() => Ok(()),
        _ => Err(VaultError::Malformed.into()),
    }
}

async fn sealed(
    service: &Service,
    vault: &Vault,
    plan: &Plan,
) -> Result<(Credential, SealedCredential), Stop> {
    let pem = certificate(service, plan).await?;
    let made = Credential::from_pem(&pem).map_err(VaultError::from)?;
    let id = format!("{}-certificate", plan.name);
    let sealed = vault.seal_certificate(&id, &pem, service.now())?;
    Ok((made, sealed))
}

/// Key and certificate in PEM.
async fn certificate(service: &Service, plan: &Plan) -> Result<SecretSlice<u8>, Stop> {
    let (name, bits, ends) = (plan.name.clone(), plan.bits, plan.ends);
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
    made.map_err(|error| {
        let why = error.to_string();
        Obstacle::Unmakeable { why }.into()
    })
}
