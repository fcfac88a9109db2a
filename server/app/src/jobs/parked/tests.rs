use store::jobs::{Claim, JobEnd};
use store::transaction;

use super::*;
use crate::testing::{Directory, TestService, approved, mails, person};

/// Those who are mailed when this work is parked.
async fn told(service: &Service, task: &Task) -> Vec<(ApplicationId, workflow::PersonId)> {
    mails(service).await;
    let asked: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx =>
        Ok(tx.enqueue(&task.job(service.now())?).await?));
    asked.unwrap();
    let claim = Claim {
        now: service.now(),
        owner: "test".into(),
        lease: jiff::SignedDuration::from_secs(60),
        limit: 1,
    };
    let job = service.store.claim(&claim).await.unwrap().pop().unwrap();
    let parked: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx => {
        tx.finish(&job, &JobEnd::Park("why".into())).await?;
        tell(tx, service, &job, "why").await
    });
    parked.unwrap();
    let mails = mails(service).await.into_iter();
    mails.map(|mail| (mail.application, mail.to)).collect()
}

#[tokio::test]
async fn administrators_are_told_of_parked_folds_and_of_rows_that_became_applications() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let application = approved(service).await;
    let seen = Seen {
        version: 1,
        application: Some(application.clone()),
        ..Seen::default()
    };
    let known: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx => {
        people::keep_administrators(tx, &[person(90)], service.now()).await?;
        seen.keep(tx, service, ItemId(7)).await
    });
    known.unwrap();
    let administrator = vec![(application.clone(), person(90))];
    let fold = Task::Fold {
        application,
        fold: "app-only".into(),
    };
    assert_eq!(told(service, &fold).await, administrator);
    assert_eq!(told(service, &Task::Inbox { item: 7 }).await, administrator);
    assert_eq!(told(service, &Task::Inbox { item: 8 }).await, []);
}
