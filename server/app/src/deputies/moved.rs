//! Whoever decides in others' places hands that over too.

use store::transaction;
use workflow::reorganisation::HandOver;
use workflow::route::Delegation;

use super::Entry;
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// What he was deputy for from now on, the other is; how many there are. Asked again, there are none left.
pub(crate) async fn hand_over(service: &Service, wish: &HandOver, plan: bool) -> Result<usize, JobError> {
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        let mut moved = 0;
        for (name, entry) in Entry::named(tx).await? {
            let delegation = &entry.delegation;
            if delegation.to != wish.from || delegation.until.is_some_and(|until| until <= now) {
                continue;
            }
            moved += 1;
            if plan {
                continue;
            }
            let (ended, next) = parted(&entry, wish, now);
            ended.keep_as(tx, &name, now).await?;
            if let Some(next) = next {
                next.keep_as(tx, &format!("{name}/{}", wish.to), now).await?;
            }
        }
        if moved > 0 && !plan {
            tx.enqueue(&Task::Deputies.job(now)?).await?;
        }
        Ok(moved)
    })
}

/// The old line, which ends, and the new one; nobody becomes his own deputy.
fn parted(entry: &Entry, wish: &HandOver, now: jiff::Timestamp) -> (Entry, Option<Entry>) {
    let mut ended = entry.clone();
    // A period that has not begun ends as it begins.
    ended.delegation.until = Some(now.max(entry.delegation.from));
    ended.ended_by = Some(wish.by.clone());
    let next = Entry {
        delegation: Delegation {
            to: wish.to.clone(),
            from: entry.delegation.from.max(now),
            ..entry.delegation.clone()
        },
        by: wish.by.clone(),
        ended_by: None,
    };
    (ended, (next.delegation.of != wish.to).then_some(next))
}
