//! Every night everything that a renewal needs is tried without changing anything, and what was found is kept: what is
//! Microsoft's is read, and called by the present credential; what is ours is done, up to the certificate that would be
//! registered next.

use jiff::Timestamp;
use m365::ClientProof;
use serde::{Deserialize, Serialize};
use store::{Document, Shelf, Tx, transaction};

use super::begin::{current, survey};
use super::event::{Old, Which};
use super::obstacle::{Obstacle, Stop};
use super::{checks, in_use, make};
use crate::jobs::JobError;
use crate::service::Service;

const NAME: &str = "credentials";

/// What the last rehearsal found, and of what administrators were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rehearsal {
    pub at: Timestamp,
    /// End of the certificate in use.
    pub ends: Timestamp,
    pub obstacles: Vec<Obstacle>,
    /// The last mark, in days before the end, at which an alarm was given for this end.
    #[serde(default)]
    pub alarmed: Option<Alarmed>,
}

/// An alarm that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alarmed {
    pub ends: Timestamp,
    pub days: i64,
}

impl Rehearsal {
    pub(super) async fn of(tx: &mut Tx) -> Result<Option<Self>, JobError> {
        let kept = tx.get(Shelf::Setting, NAME).await?;
        let kept = kept.map(|kept| serde_json::from_value(kept.body));
        kept.transpose()
            .map_err(|error| JobError::unreadable("the rehearsal", &error))
    }

    pub(super) async fn keep(&self, tx: &mut Tx) -> Result<(), JobError> {
        let document = Document {
            name: NAME.to_owned(),
            body: serde_json::to_value(self)
                .map_err(|error| JobError::unreadable("the rehearsal", &error))?,
            at: self.at,
        };
        Ok(tx.put(Shelf::Setting, &document).await?)
    }
}

/// The last one.
pub(super) async fn last(service: &Service) -> Result<Option<Rehearsal>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => Rehearsal::of(tx).await)
}

/// Tries everything; what stands in the way now.
pub(crate) async fn rehearse(service: &Service) -> Result<(Old, Vec<Obstacle>), Stop> {
    let found = survey(service, "rehearsal").await?;
    let mut obstacles = found.obstacles;
    if obstacles.is_empty()
        && let Err(stop) = proves(service, &found.plan.old.which).await
    {
        obstacles.push(obstacle(stop)?);
    }
    if obstacles.is_empty()
        && let Err(stop) = make::rehearse(service, &found.plan).await
    {
        obstacles.push(obstacle(stop)?);
    }
    Ok((found.plan.old, obstacles))
}

/// The credential in use does the calls that the next one will have to do.
async fn proves(service: &Service, which: &Which) -> Result<(), Stop> {
    for proof in in_use::proofs(service, std::slice::from_ref(which)).await? {
        if let ClientProof::Certificate(_) = proof {
            checks::round(service, &proof).await?;
        }
    }
    Ok(())
}

fn obstacle(stop: Stop) -> Result<Obstacle, Stop> {
    match stop {
        Stop::Obstacle(obstacle) => Ok(obstacle),
        stop @ Stop::Job(_) => Err(stop),
    }
}

/// The end of what is in use, where it has one.
pub(super) async fn ends(service: &Service) -> Result<Timestamp, Stop> {
    current(service).await.map(|old| old.ends)
}
