use jiff::SignedDuration;
use store::jobs::{Claim, JobEnd};
use store::{ApplicationId, ApplicationRow, Ordinal, PersonId, Role, SealedItem, StoreError};

use super::super::left::{Hindrance, leave, unfolded};
use super::*;
use crate::testing::{Directory, TestService, approved};

const LIST: &str = "Lists/PFApplications";
const CLOSED: [&str; 4] = ["a1", "a2", "a3", "a4"];

/// Closed applications that the same person reads, in a list that is full.
async fn full(service: &Service) -> Shard {
    let first = approved(service).await;
    let shard = Shard {
        ordinal: Ordinal::FIRST,
        url: LIST.to_owned(),
        list: "00000000-0000-0000-0000-000000000009".to_owned(),
        opened_at: service.now(),
        closed_at: None,
    };
    let filled: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => {
        tx.open_shard(&shard).await?;
        let pattern = tx.application(&first).await?.unwrap();
        for (number, id) in (1..).zip(CLOSED) {
            let row = ApplicationRow {
                id: ApplicationId::new(id),
                number: format!("N-{number}"),
                source: format!("{number}.9"),
                code: "WD".to_owned(),
                sealed: Some(SealedItem { list: LIST.to_owned(), item: number }),
                ..pattern.clone()
            };
            tx.insert_application(&row).await?;
            tx.set_people(&row.id, Role::Reader, &[PersonId::new("p")]).await?;
        }
        Ok(())
    });
    filled.unwrap();
    shard
}

/// Which folds are asked for. Takes all jobs away.
async fn asked(service: &Service, shard: &Shard) -> Vec<String> {
    start(service, shard).await.unwrap();
    let claim = Claim {
        now: service.now(),
        owner: "test".into(),
        lease: SignedDuration::from_secs(60),
        limit: 100,
        from: store::jobs::Priority::Person,
    };
    let mut folds = Vec::new();
    loop {
        let jobs = service.store.claim(&claim).await.unwrap();
        if jobs.is_empty() {
            folds.sort();
            return folds;
        }
        for job in jobs {
            let done: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => tx.finish(&job, &JobEnd::Done).await);
            done.unwrap();
            folds.extend((job.kind == Task::FOLD).then_some(job.key));
        }
    }
}

#[tokio::test]
async fn what_hinders_one_alone_leaves_that_one_for_a_month_and_folds_the_others() {
    let directory = Directory::start().await;
    let mut test = TestService::with(&directory).await;
    let service = std::sync::Arc::get_mut(&mut test.service).unwrap();
    service.config.scopes.cap = 4;
    let service = &test.service;
    let shard = full(service).await;
    assert_eq!(asked(service, &shard).await, CLOSED);
    let now = service.now();
    let left: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx =>
        leave(tx, &ApplicationId::new("a2"), Hindrance::Deleted, now).await);
    left.unwrap();
    assert_eq!(asked(service, &shard).await, ["a1", "a3", "a4"]);
    let told = unfolded(service).await.unwrap();
    assert_eq!(told, [("N-2".to_owned(), Hindrance::Deleted)]);
    test.later(SignedDuration::from_hours(31 * 24));
    assert_eq!(asked(service, &shard).await, CLOSED);
}
