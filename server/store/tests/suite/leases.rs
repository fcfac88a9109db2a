use crate::samples::{application, at, claim, contoso, enqueue, finish, in_lane, job, keys};
use store::jobs::JobEnd;
use store::{Store, StoreError, transaction};

pub(crate) async fn an_expired_lease_goes_to_another_worker_and_fences_the_first(store: Store) {
    enqueue(&store, &[in_lane("a", "lane"), in_lane("b", "lane")]).await;
    let first = claim(&store, "w", 0, 10).await;
    assert_eq!(keys(&claim(&store, "v", 59, 10).await), [""; 0]);
    let second = claim(&store, "v", 60, 10).await;
    assert_eq!(keys(&second), ["a"]);
    assert_eq!(second[0].attempts, 2);
    let late = finish(&store, &first[0], &JobEnd::Done).await;
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
    // The same instance is fenced as well once it took the job again.
    let third = claim(&store, "v", 120, 10).await;
    let late = finish(&store, &second[0], &JobEnd::Park("late".to_owned())).await;
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
    finish(&store, &third[0], &JobEnd::Done).await.unwrap();
    assert_eq!(keys(&claim(&store, "w", 121, 10).await), ["b"]);
}

pub(crate) async fn a_renewed_lease_holds(store: Store) {
    enqueue(&store, &[job("a")]).await;
    let mut mine = claim(&store, "w", 0, 1).await;
    store.renew(&mut mine[0], at(100)).await.unwrap();
    assert_eq!(keys(&claim(&store, "v", 99, 1).await), [""; 0]);
    assert_eq!(keys(&claim(&store, "v", 100, 1).await), ["a"]);
    let late = store.renew(&mut mine[0], at(200)).await;
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
}

pub(crate) async fn a_job_put_off_comes_back_when_due(store: Store) {
    enqueue(&store, &[job("a")]).await;
    let mine = claim(&store, "w", 0, 1).await;
    finish(&store, &mine[0], &JobEnd::Later(at(30), "throttled".to_owned()))
        .await
        .unwrap();
    let due = transaction!(store.read(&contoso()), tx => tx.next_due().await).unwrap();
    assert_eq!(due, Some(at(30)));
    assert_eq!(keys(&claim(&store, "w", 29, 1).await), [""; 0]);
    assert_eq!(claim(&store, "w", 30, 1).await[0].attempts, 2);
}

pub(crate) async fn a_parked_job_waits_for_an_admin(store: Store) {
    enqueue(&store, &[job("a")]).await;
    let mine = claim(&store, "w", 0, 1).await;
    finish(&store, &mine[0], &JobEnd::Park("refused".to_owned()))
        .await
        .unwrap();
    enqueue(&store, &[job("a")]).await;
    assert_eq!(keys(&claim(&store, "w", 1000, 1).await), [""; 0]);
    let parked = transaction!(store.read(&contoso()), tx => tx.parked_jobs().await).unwrap();
    assert_eq!(
        (parked.len(), parked[0].key.as_str(), parked[0].why.as_str()),
        (1, "a", "refused")
    );
    let retry = async || -> Result<bool, StoreError> {
        transaction!(store.write(&contoso()), tx => tx.retry_parked("walk", "a", at(1001)).await)
    };
    assert!(retry().await.unwrap());
    assert!(!retry().await.unwrap());
    assert_eq!(keys(&claim(&store, "w", 1001, 1).await), ["a"]);
}

pub(crate) async fn a_fenced_worker_commits_nothing(store: Store) {
    enqueue(&store, &[job("a")]).await;
    let mine = claim(&store, "w", 0, 1).await;
    claim(&store, "v", 60, 1).await;
    let row = application("a");
    let late = transaction!(store.write(&contoso()), tx => {
        tx.insert_application(&row).await?;
        tx.finish(&mine[0], &JobEnd::Done).await
    });
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
    let seen = transaction!(store.read(&contoso()), tx => tx.application(&row.id).await).unwrap();
    assert_eq!(seen, None);
}

pub(crate) async fn work_that_nobody_does_is_told_from_work_that_waits(store: Store) {
    let overdue = async |second| -> bool {
        let found: Result<_, StoreError> =
            transaction!(store.read(&contoso()), tx => tx.is_overdue("walk", "a", at(second)).await);
        found.unwrap()
    };
    let busy = async |second| -> bool {
        let found: Result<_, StoreError> =
            transaction!(store.read(&contoso()), tx => tx.is_lane_busy("lane", at(second)).await);
        found.unwrap()
    };
    assert!(!overdue(100).await && !busy(100).await, "no job");
    enqueue(&store, &[in_lane("a", "lane")]).await;
    assert!(!overdue(0).await && overdue(3).await);
    assert!(!busy(-1).await && busy(0).await);
    let job = claim(&store, "one", 5, 1).await.remove(0);
    assert!(!overdue(60).await && busy(0).await, "it runs");
    assert!(overdue(66).await, "its worker is dead");
    finish(&store, &job, &JobEnd::Later(at(90), "later".into()))
        .await
        .unwrap();
    assert!(!overdue(90).await && !busy(89).await, "it waits");
    let job = claim(&store, "one", 90, 1).await.remove(0);
    finish(&store, &job, &JobEnd::Park("why".into())).await.unwrap();
    assert!(overdue(90).await && !busy(100).await, "it waits for a person");
}
