use jiff::SignedDuration;
use store::jobs::Claim;

use super::*;
use crate::cases::{Outcome, act};
use crate::testing::{Directory, TestService, approved, mails, person};

/// Claims the job of the key and ends it so.
async fn end(service: &Service, key: &str, end: &JobEnd) {
    let claim = Claim {
        now: service.now(),
        owner: "test".into(),
        lease: SignedDuration::from_secs(60),
        limit: 10,
        from: store::jobs::Priority::Person,
    };
    let jobs = service.store.claim(&claim).await.unwrap();
    let job = jobs.iter().find(|job| job.key == key).expect("the job");
    let ended: Result<(), StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.finish(job, end).await);
    ended.unwrap();
}

async fn ask(service: &Service, id: &ApplicationId) {
    let task = Task::Fold {
        application: id.clone(),
        fold: APP_ONLY.to_owned(),
    };
    let job = task.job(service.now()).unwrap();
    let asked: Result<(), StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.enqueue(&job).await);
    asked.unwrap();
}

#[tokio::test]
async fn a_queued_fold_is_dropped_while_another_is_parked_and_begun_when_it_is_not() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let id = approved(service).await;
    let withdraw = workflow::Command::Withdraw {
        by: person(10),
        comment: None,
    };
    let closed = act(service, &id, &withdraw).await.unwrap();
    assert!(matches!(closed, Outcome::Done(_)));
    mails(service).await;
    let refused = ApplicationId::new("refused");
    ask(service, &refused).await;
    end(service, "refused", &JobEnd::Park("the tenant refuses".into())).await;
    let dropped = run(service, &id, APP_ONLY).await.unwrap();
    assert!(
        matches!(&dropped, JobEnd::Drop(why) if why.contains("parked")),
        "{dropped:?}"
    );
    let again: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx =>
        tx.retry_parked(Task::FOLD, "refused", service.now()).await.map(drop));
    again.unwrap();
    end(service, "refused", &JobEnd::Done).await;
    // There is no item yet: nothing to do, which is more than being dropped.
    assert_eq!(run(service, &id, APP_ONLY).await.unwrap(), JobEnd::Done);
    ask(service, &id).await;
    end(service, id.as_str(), &JobEnd::Park("refused too".into())).await;
    let own = run(service, &id, APP_ONLY).await.unwrap();
    assert_eq!(own, JobEnd::Done, "its own refusal does not stand in its way");
}
