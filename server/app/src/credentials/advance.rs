//! The shell around the machine: reads Entra, does the next step, writes its line. Killed anywhere, it goes on by
//! being called again.

use jiff::{SignedDuration, Timestamp};
use m365::{ClientProof, Credential, Tenant};
use store::transaction;

use super::begin::{configured, not_taken};
use super::decide::{Care, Next, Registered, Wait, decide};
use super::event::{Event, Which};
use super::obstacle::{Obstacle, Stop, is_not_taken};
use super::renewal::{Phase, Renewal};
use super::{entra, in_use, journal, lagging, make, prove, steps};
use crate::config::Renewing;
use crate::jobs::JobError;
use crate::service::Service;
use crate::setup::Words;

/// Why it does not go on at this moment, with nothing wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Halt {
    Wait {
        until: Timestamp,
        why: Wait,
    },
    /// The new one is not known everywhere yet.
    Unready {
        until: Timestamp,
    },
    Over,
}

/// Whoever signs the calls of a step, alone: what is done by the new one proves the new one.
pub(super) struct Signer {
    pub(super) tenant: Tenant,
    pub(super) credential: Credential,
}

pub(super) fn care(renewing: &Renewing) -> Care {
    Care {
        rounds: renewing.rounds,
        pause: SignedDuration::from_secs(i64::from(renewing.pause)),
        overlap: renewing.overlap(),
    }
}

/// Goes on until there is something to wait for. `holder` names this run.
pub(crate) async fn advance(service: &Service, holder: &str) -> Result<Halt, Stop> {
    loop {
        let held: Result<(), Stop> = transaction!(service.store.write(&service.tenant), tx =>
            journal::hold(tx, service, holder).await);
        held?;
        let Some((renewal, lines)) = journal::last(service).await? else {
            return Ok(Halt::Over);
        };
        match one(service, holder, &renewal).await {
            Ok(None) => {}
            Ok(Some(halt)) => return Ok(halt),
            Err(stop) => {
                let last = lines.last().map(|(_, event)| event);
                note(service, holder, (&renewal, last), &stop).await?;
                return Err(stop);
            }
        }
    }
}

/// What stood in the way is part of the evidence; the same is not written twice in a row.
async fn note(
    service: &Service,
    holder: &str,
    (renewal, last): (&Renewal, Option<&Event>),
    stop: &Stop,
) -> Result<(), Stop> {
    let Stop::Obstacle(obstacle) = stop else {
        return Ok(());
    };
    let Words { ja, en } = obstacle.words();
    let event = Event::Hindered {
        why: en,
        ja: Some(ja),
    };
    if last == Some(&event) || matches!(obstacle, Obstacle::Busy { .. } | Obstacle::DiskFull) {
        return Ok(());
    }
    write(service, holder, renewal, &event).await
}

pub(super) async fn write(
    service: &Service,
    holder: &str,
    renewal: &Renewal,
    event: &Event,
) -> Result<(), Stop> {
    let place = (renewal.number, renewal.lines);
    transaction!(service.store.write(&service.tenant), tx =>
        journal::add(tx, (service, holder), place, event).await)
}

/// This process need not look for what it did itself; where it cannot go over, whoever follows tells why.
async fn adopt(service: &Service) {
    if let Err(stop) = in_use::adopt(service, None).await {
        tracing::warn!(why = %stop, "this process has not gone over to the new credential yet");
    }
}

/// One step; `None`: there may be another at once.
async fn one(service: &Service, holder: &str, renewal: &Renewal) -> Result<Option<Halt>, Stop> {
    let care = care(&configured(service)?.renewal);
    let now = service.now();
    // Where Entra need not be asked it is not.
    match decide(renewal, &Registered::default(), now, care) {
        Next::Done => return Ok(Some(Halt::Over)),
        Next::Wait { until, why } => return Ok(Some(Halt::Wait { until, why })),
        Next::Make => {
            make::make(service, holder, renewal).await?;
            return Ok(None);
        }
        Next::Prove => return prove::prove(service, holder, renewal).await,
        Next::Note(event @ (Event::Proven | Event::Switched)) => {
            write(service, holder, renewal, &event).await?;
            if event == Event::Switched {
                adopt(service).await;
            }
            return Ok(None);
        }
        _ => {}
    }
    if let Some(halt) = lagging::waited_for(service, renewal, care.overlap).await? {
        return Ok(Some(halt));
    }
    let signer = signer(service, renewal).await?;
    let application = entra::read(&signer.tenant).await?;
    let step = steps::Step {
        service,
        holder,
        renewal,
        signer: &signer,
        application: &application,
    };
    let done = match decide(renewal, &entra::registered(&application), now, care) {
        Next::AddKey => step.add_key().await,
        Next::AddSecret => step.add_secret().await,
        Next::TakeKey(key) => step.take_key(key).await,
        Next::TakeSecret(key) => step.take_secret(key).await,
        Next::Note(event) => step.close(&event).await,
        Next::Lost => Err(Obstacle::NewLost.into()),
        Next::Make | Next::Prove | Next::Wait { .. } | Next::Done => Ok(()),
    };
    match done {
        // Graph says the same of whoever has no right and of whoever does not own the registration.
        Err(Stop::Obstacle(missing @ Obstacle::PermissionMissing { .. })) => {
            let lacking = entra::lacking(&signer.tenant, &application).await?;
            Err(lacking.unwrap_or(missing).into())
        }
        done => done.map(|()| None),
    }
}

/// The old one until the switch, the new one after it. Where the old one proves nothing any more, the new one, if
/// somebody has registered it.
async fn signer(service: &Service, renewal: &Renewal) -> Result<Signer, Stop> {
    let old = renewal.plan.old.which.clone();
    let new = renewal
        .fresh()
        .map(|fresh| Which::Kept(fresh.certificate.id.clone()));
    let order = match (&renewal.phase, new) {
        (Phase::Switched { .. }, Some(new)) => vec![new],
        (Phase::Made(_), Some(new)) => vec![old, new],
        _ => vec![old],
    };
    for which in order {
        let signer = alone(service, &which).await?;
        match entra::read(&signer.tenant).await {
            Err(Stop::Job(JobError::Remote(error))) if is_not_taken(&error) => {}
            Err(stop) => return Err(stop),
            Ok(_) => return Ok(signer),
        }
    }
    Err(match renewal.phase {
        Phase::Switched { .. } => Obstacle::NewLost,
        Phase::RollingBack(_) => Obstacle::NoWayBack,
        _ => not_taken(&renewal.plan.old, service.now()),
    }
    .into())
}

async fn alone(service: &Service, which: &Which) -> Result<Signer, Stop> {
    let proofs = in_use::proofs(service, std::slice::from_ref(which)).await?;
    let proof = proofs
        .into_iter()
        .find(|proof| matches!(proof, ClientProof::Certificate(_)));
    let Some(ClientProof::Certificate(credential)) = proof else {
        return Err(JobError::Stuck("the credential is no certificate".to_owned()).into());
    };
    Ok(Signer {
        tenant: service.microsoft.alone_by(credential.clone().into()),
        credential,
    })
}
