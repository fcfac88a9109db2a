use crate::samples::contoso;
use jiff::{SignedDuration, Timestamp};
use store::{ApplicationId, DeletionLimit, DeletionOutcome, Store, transaction};

const LIMIT: DeletionLimit = DeletionLimit {
    most: 10,
    within: SignedDuration::from_hours(24),
};

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + hour * 3600).unwrap()
}

async fn count(store: &Store, by: &str, objects: u32, hour: i64) -> DeletionOutcome {
    let by = ApplicationId::new(by);
    transaction!(store.write(&contoso()), tx => {
        tx.count_deletions(&by, objects, LIMIT, at(hour)).await
    })
    .unwrap()
}

pub(crate) async fn a_limit_is_never_passed_by_two_at_once(store: Store) {
    let racers: Vec<_> = (0..8)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { count(&store, &n.to_string(), 3, 0).await })
        })
        .collect();
    let mut counted = 0;
    for racer in racers {
        counted += usize::from(racer.await.unwrap() == DeletionOutcome::Counted);
    }
    assert_eq!(counted, 3, "three times three, and not a fourth time");
}

pub(crate) async fn what_is_counted_counts_once_and_for_its_time(store: Store) {
    for _ in 0..3 {
        assert_eq!(count(&store, "a", 6, 0).await, DeletionOutcome::Counted);
    }
    let too_many = DeletionOutcome::TooMany { before: 6 };
    assert_eq!(count(&store, "b", 5, 1).await, too_many);
    assert_eq!(count(&store, "b", 4, 1).await, DeletionOutcome::Counted);
    assert_eq!(
        count(&store, "c", 1, 2).await,
        DeletionOutcome::TooMany { before: 10 }
    );
    // What b deletes counts an hour longer.
    assert_eq!(
        count(&store, "c", 7, 25).await,
        DeletionOutcome::TooMany { before: 4 }
    );
    assert_eq!(count(&store, "c", 7, 26).await, DeletionOutcome::Counted);
    // More than the limit by itself is too many even where nobody else deleted anything.
    let alone = count(&store, "d", 11, 60).await;
    assert_eq!(alone, DeletionOutcome::TooMany { before: 0 });
}
