//! Mails of the last days are asked for again: each is looked for under its key at the sender's mailbox first, so
//! that only what never went out goes out now.

use jiff::{SignedDuration, Timestamp};
use store::Tx;
use workflow::Event;

use super::work::Kept;
use crate::cases::letters;
use crate::jobs::{JobError, Task};
use crate::service::Service;
use crate::{handover, people};

/// Mail does not wait longer than this for Microsoft 365; what is older went out, or nobody needs it any more.
const LOOKED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// `newest`: the moment of the newest line of all, which is about when the database was lost.
pub(super) fn since(newest: Timestamp) -> Timestamp {
    newest.checked_sub(LOOKED_FOR).unwrap_or(newest)
}

pub(super) async fn again(
    tx: &mut Tx,
    service: &Service,
    kept: &Kept,
    since: Timestamp,
) -> Result<(), JobError> {
    let administrators = people::administrators(tx).await?;
    let mut before = None;
    for decision in kept.decisions() {
        let mut after = before.clone();
        for line in decision {
            let next = workflow::apply(after, &line.event, line.at);
            after = Some(next.map_err(|misfit| JobError::Stuck(misfit.to_string()))?);
        }
        let (Some(application), Some(last)) = (after, decision.last()) else {
            continue;
        };
        let events: Vec<Event> = decision.iter().map(|line| line.event.clone()).collect();
        if last.at >= since {
            let states = (before.as_ref(), &application);
            let definition = &kept.case.definition;
            for wish in letters(service, definition, states, decision, &administrators) {
                tx.enqueue(&Task::Mail(Box::new(wish)).job(service.now())?)
                    .await?;
            }
        }
        handover::open(tx, service, &kept.case, (&events, last.at)).await?;
        before = Some(application);
    }
    Ok(())
}
