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
        from: store::jobs::Priority::Person,
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

/// What the same work tells of itself when it is no application's.
async fn alarms(service: &Service, task: &Task) -> Vec<Alarm> {
    let job = task.job(service.now()).unwrap();
    let asked: Result<(), JobError> =
        transaction!(service.store.write(&service.tenant), tx => Ok(tx.enqueue(&job).await?));
    asked.unwrap();
    let claim = Claim {
        now: "2100-01-01T00:00:00Z".parse().unwrap(),
        owner: "test".into(),
        lease: jiff::SignedDuration::from_secs(60),
        limit: 10,
        from: store::jobs::Priority::Person,
    };
    let stopped = service.store.claim(&claim).await.unwrap().pop().unwrap();
    let parked: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx => {
        tx.finish(&stopped, &JobEnd::Park("why".into())).await?;
        tell(tx, service, &stopped, "why").await
    });
    parked.unwrap();
    let asked = service.store.claim(&claim).await.unwrap();
    for job in &asked {
        let sent: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx =>
            Ok(tx.finish(job, &JobEnd::Done).await?));
        sent.unwrap();
    }
    let tasks = asked.iter().map(|job| Task::read(job).unwrap());
    tasks
        .filter_map(|task| match task {
            Task::Alarm(alarm) => Some(*alarm),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn administrators_are_told_of_a_row_that_stopped_before_it_became_an_application() {
    let test = TestService::open().await;
    let service = &test.service;
    let known: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx =>
        Ok(people::keep_administrators(tx, &[person(90)], service.now()).await?));
    known.unwrap();
    let [first, second] = [
        alarms(service, &Task::Inbox { item: 8 }).await,
        alarms(service, &Task::Inbox { item: 9 }).await,
    ];
    assert_eq!((&first[0].to, first[0].work.as_str()), (&person(90), "inbox 8"));
    assert_eq!(first[0].key(), second[0].key(), "one mail a day for one reason");
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
