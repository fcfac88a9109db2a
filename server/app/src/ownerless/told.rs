//! One mail to each administrator of all that a search found for the first time.

use store::Tx;

use super::found::Ownerless;
use crate::jobs::{About, Alarm, JobError, Task};
use crate::people;
use crate::service::Service;

/// So many are named; `doctor` names the others.
const NAMED: usize = 50;

/// In the transaction that keeps them, so that nobody is told twice and nothing stays untold.
pub(super) async fn tell(tx: &mut Tx, service: &Service, new: &[Ownerless]) -> Result<(), JobError> {
    if new.is_empty() {
        return Ok(());
    }
    for to in people::administrators(tx).await? {
        let alarm = Alarm {
            to,
            work: "owners".to_owned(),
            why: mark(new),
            day: service.today(),
            about: About::Ownerless {
                count: new.len(),
                some: new.iter().take(NAMED).cloned().collect(),
            },
        };
        tx.enqueue(&Task::Alarm(Box::new(alarm)).job(service.now())?)
            .await?;
    }
    Ok(())
}

/// Those that a mail tells of make it another one.
fn mark(new: &[Ownerless]) -> String {
    let ids: Vec<u8> = new.iter().flat_map(|one| *one.id.as_bytes()).collect();
    workflow::Hash::of(&ids).to_string()
}
