//! Whether what is relied on proves the app: each credential alone, by real calls.

use m365::ClientProof;

use super::checks::{self, Failed};
use super::obstacle::{Obstacle, Stop, is_not_taken};
use super::renewal::Renewal;
use super::standing::{named, relied_on};
use super::{in_use, journal, unproven};
use crate::jobs::JobError;
use crate::service::Service;
use crate::setup::Words;

/// One credential.
pub(crate) struct Proven {
    pub name: Words,
    /// An error: that it ran out, or which call failed, and what to do about it.
    pub outcome: Result<(), Words>,
}

/// Each credential that is relied on. One that has run out proves nothing; behind a newer one it need not.
pub(crate) async fn verify(service: &Service) -> Result<Vec<Proven>, Stop> {
    let mut proven = Vec::new();
    let last = journal::last(service).await?;
    let last = last.as_ref().map(|(renewal, _)| renewal);
    for which in relied_on(service, last) {
        let name = named(which.name());
        for proof in in_use::proofs(service, &[which]).await? {
            let ended = proof.expires().filter(|end| *end <= service.now());
            let outcome = match ended {
                Some(ends) if proven.is_empty() => Err(Obstacle::OldExpired { ends }.words()),
                Some(_) => continue,
                None => called(service, &proof, last.filter(|_| proven.is_empty())).await,
            };
            let name = name.clone();
            proven.push(Proven { name, outcome });
        }
    }
    Ok(proven)
}

/// `last`: the renewal that this credential may be the new one of.
async fn called(service: &Service, proof: &ClientProof, last: Option<&Renewal>) -> Result<(), Words> {
    let Err(failed) = checks::round(service, proof).await else {
        return Ok(());
    };
    if last.is_some_and(Renewal::has_switched) && is_refused(&failed) {
        return Err(unproven::asked(failed.asked, &Obstacle::NewLost.words()));
    }
    Err(unproven::words(&failed, service.config.app.federation.as_ref()))
}

fn is_refused(failed: &Failed) -> bool {
    matches!(&failed.error, JobError::Remote(error) if is_not_taken(error))
}
