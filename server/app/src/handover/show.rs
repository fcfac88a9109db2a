//! The job that sets a fresh password for the browser that asked.

use store::jobs::JobEnd;
use store::{Handover, HandoverState, StoreError, transaction};
use uuid::Uuid;
use workflow::{Command, PersonId};

use super::{Sealed, fresh_password};
use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

/// Sets and encrypts when a browser asked; takes away what no browser fetched in time.
pub(crate) async fn show(
    service: &Service,
    id: Uuid,
    manager: &PersonId,
    account: Uuid,
) -> Result<JobEnd, JobError> {
    let (now, reader) = (service.now(), store::PersonId::new(manager.as_str()));
    let found: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx =>
        tx.handover(&id.to_string(), &reader, now).await);
    let Some(handover) = found? else {
        return Ok(JobEnd::Done);
    };
    match &handover.state {
        HandoverState::Waiting => Ok(JobEnd::Done),
        // Whoever left between asking and now is shown nothing.
        HandoverState::Asked { .. } if !people::reread(service, manager).await?.is_active() => {
            forget(service, &handover).await
        }
        HandoverState::Asked { public_key } => {
            let sealed = set(service, account, public_key).await?;
            keep(service, &handover, manager, &sealed).await?;
            Ok(until_fetched(&sealed))
        }
        HandoverState::Ready { ciphertext } => match Sealed::read(ciphertext) {
            Some(sealed) if sealed.until > now => Ok(until_fetched(&sealed)),
            _ => forget(service, &handover).await,
        },
    }
}

fn until_fetched(sealed: &Sealed) -> JobEnd {
    JobEnd::Later(sealed.until, "the browser may still fetch it".to_owned())
}

/// A fresh password: on the account, and for the browser alone.
async fn set(service: &Service, account: Uuid, key: &[u8]) -> Result<Sealed, JobError> {
    let password = fresh_password()?;
    let sealed = Sealed::seal(&password, key, service.now())
        .map_err(|error| JobError::Stuck(format!("a password cannot be encrypted: {error}")))?;
    service.microsoft.graph().set_password(account, &password).await?;
    Ok(sealed)
}

/// The showing stands in the journal before the browser can have it.
async fn keep(
    service: &Service,
    handover: &Handover,
    manager: &PersonId,
    sealed: &Sealed,
) -> Result<(), JobError> {
    let ready = HandoverState::Ready {
        ciphertext: sealed.to_bytes(),
    };
    let id = &handover.application;
    transaction!(service.store.write(&service.tenant), tx => {
        let mut case = Case::load(tx, id)
            .await?
            .ok_or_else(|| JobError::Stuck(format!("there is no application {id}")))?;
        let command = Command::ShowPassword { to: manager.clone() };
        if let Outcome::Refused(refusal) = case.decide(tx, service, command).await? {
            return Err(JobError::Stuck(refusal.to_string()));
        }
        Ok(tx.move_handover(handover, &ready).await?)
    })
}

async fn forget(service: &Service, handover: &Handover) -> Result<JobEnd, JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        tx.move_handover(handover, &HandoverState::Waiting).await?;
        Ok(JobEnd::Done)
    })
}
