use crate::samples::{at, claim, claim_from, contoso, enqueue, finish, in_lane, job, keys};
use jiff::Timestamp;
use std::collections::HashSet;
use store::jobs::{JobEnd, NewJob, Priority};
use store::{Store, StoreError, transaction};

pub(crate) async fn no_job_is_claimed_twice(store: Store) {
    const JOBS: usize = 60;
    let jobs: Vec<NewJob> = (0..JOBS).map(|n| job(&format!("{n:02}"))).collect();
    enqueue(&store, &jobs).await;
    let workers = (0..6).map(|worker| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let taken = claim(&store, &format!("w{worker}"), 1, 3).await;
                if taken.is_empty() {
                    return mine;
                }
                mine.extend(taken.into_iter().map(|job| job.key));
            }
        })
    });
    let mut all = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        all.extend(worker.await.unwrap());
    }
    assert_eq!(all.len(), JOBS);
    assert_eq!(all.into_iter().collect::<HashSet<_>>().len(), JOBS);
}

pub(crate) async fn two_jobs_of_one_lane_never_run_at_once(store: Store) {
    enqueue(
        &store,
        &[in_lane("1", "a"), in_lane("2", "a"), in_lane("3", "b"), job("4")],
    )
    .await;
    let first = claim(&store, "w", 1, 10).await;
    let mut taken = keys(&first);
    taken.sort_unstable();
    assert_eq!(taken, ["1", "3", "4"]);
    assert_eq!(keys(&claim(&store, "v", 1, 10).await), [""; 0]);
    let one = first.iter().find(|job| job.key == "1").unwrap();
    finish(&store, one, &JobEnd::Done).await.unwrap();
    assert_eq!(keys(&claim(&store, "v", 1, 10).await), ["2"]);
}

pub(crate) async fn workers_racing_for_one_lane_get_one_job(store: Store) {
    let jobs: Vec<NewJob> = (0..20).map(|n| in_lane(&format!("{n:02}"), "a")).collect();
    enqueue(&store, &jobs).await;
    for round in 1..=5 {
        let racers: Vec<_> = (0..6)
            .map(|worker| {
                let store = store.clone();
                tokio::spawn(async move { claim(&store, &format!("w{worker}"), round, 5).await })
            })
            .collect();
        let mut taken = Vec::new();
        for racer in racers {
            taken.extend(racer.await.unwrap());
        }
        assert_eq!(taken.len(), 1, "{:?}", keys(&taken));
        finish(&store, &taken[0], &JobEnd::Done).await.unwrap();
    }
}

pub(crate) async fn asking_twice_runs_once(store: Store) {
    enqueue(&store, &[job("a"), job("a")]).await;
    let taken = claim(&store, "w", 1, 10).await;
    assert_eq!(keys(&taken), ["a"]);
    finish(&store, &taken[0], &JobEnd::Done).await.unwrap();
    assert_eq!(keys(&claim(&store, "w", 2, 10).await), [""; 0]);
    enqueue(&store, &[job("a")]).await;
    assert_eq!(keys(&claim(&store, "w", 3, 10).await), ["a"]);
}

pub(crate) async fn asking_while_it_runs_runs_once_more(store: Store) {
    enqueue(&store, &[job("a")]).await;
    let running = claim(&store, "w", 1, 10).await;
    enqueue(&store, &[job("a"), job("a")]).await;
    assert_eq!(keys(&claim(&store, "v", 1, 10).await), [""; 0]);
    finish(&store, &running[0], &JobEnd::Done).await.unwrap();
    let again = claim(&store, "w", 2, 10).await;
    assert_eq!(keys(&again), ["a"]);
    finish(&store, &again[0], &JobEnd::Done).await.unwrap();
    assert_eq!(keys(&claim(&store, "w", 3, 10).await), [""; 0]);
}

pub(crate) async fn what_was_asked_for_while_it_ran_is_not_put_off(store: Store) {
    let ends: [fn(Timestamp) -> JobEnd; 2] = [
        |then| JobEnd::Later(then, "no answer yet".to_owned()),
        |then| JobEnd::Onward(then, "no answer yet".to_owned()),
    ];
    for (second, end) in [10, 20].into_iter().zip(ends) {
        let later = |run_at| NewJob {
            run_at: at(run_at),
            ..job("a")
        };
        enqueue(&store, &[later(second)]).await;
        let running = claim(&store, "w", second, 1).await;
        enqueue(&store, &[later(second + 1), later(second + 5)]).await;
        finish(&store, &running[0], &end(at(1000))).await.unwrap();
        assert_eq!(keys(&claim(&store, "w", second, 1).await), [""; 0]);
        let again = claim(&store, "w", second + 1, 1).await;
        assert_eq!(keys(&again), ["a"]);
        finish(&store, &again[0], &JobEnd::Done).await.unwrap();
    }
}

fn of_each() -> [NewJob; 3] {
    let with = |key: &str, priority| NewJob { priority, ..job(key) };
    [
        with("sweep", Priority::Sweep),
        job("normal"),
        with("person", Priority::Person),
    ]
}

pub(crate) async fn people_go_before_sweeps(store: Store) {
    enqueue(&store, &of_each()).await;
    for expected in ["person", "normal", "sweep"] {
        assert_eq!(keys(&claim(&store, "w", 1, 1).await), [expected]);
    }
}

pub(crate) async fn a_place_for_what_yields_takes_nothing_else(store: Store) {
    enqueue(&store, &of_each()).await;
    let taken = claim_from(&store, "w", (1, 10), Priority::Sweep).await;
    assert_eq!(keys(&taken), ["sweep"]);
    // Nor does it take over what somebody else let lie.
    assert_eq!(claim(&store, "dead", 1, 10).await.len(), 2);
    let taken = claim_from(&store, "w", (10_000, 10), Priority::Normal).await;
    let mut keys = keys(&taken);
    keys.sort_unstable();
    assert_eq!(keys, ["normal", "sweep"]);
}

pub(crate) async fn a_commit_wakes_the_worker(store: Store) {
    let wake = store.wake();
    let woken = wake.notified();
    enqueue(&store, &[job("a")]).await;
    tokio::time::timeout(std::time::Duration::from_secs(10), woken)
        .await
        .expect("no wake after a commit");
}

pub(crate) async fn what_waits_can_be_taken_back_and_what_runs_cannot(store: Store) {
    let take_back = async |key: &str| {
        let done: Result<_, StoreError> =
            transaction!(store.write(&contoso()), tx => tx.take_back("walk", key).await);
        done.unwrap();
    };
    enqueue(&store, &[job("a"), job("b")]).await;
    take_back("a").await;
    let taken = claim(&store, "w", 1, 10).await;
    assert_eq!(keys(&taken), ["b"]);
    take_back("b").await;
    finish(&store, &taken[0], &JobEnd::Done).await.unwrap();
    assert_eq!(keys(&claim(&store, "w", 2, 10).await), [""; 0]);
}

pub(crate) async fn attempts_count_until_a_job_comes_further(store: Store) {
    enqueue(&store, &[job("a")]).await;
    let ends: [fn(Timestamp) -> JobEnd; 3] = [
        |then| JobEnd::Later(then, "in vain".to_owned()),
        |then| JobEnd::Onward(then, "one step further".to_owned()),
        |then| JobEnd::Later(then, "in vain".to_owned()),
    ];
    let mut attempts = Vec::new();
    for (second, end) in (1..).zip(ends) {
        let taken = claim(&store, "w", second, 1).await;
        attempts.push(taken[0].attempts);
        finish(&store, &taken[0], &end(at(second))).await.unwrap();
    }
    attempts.push(claim(&store, "w", 4, 1).await[0].attempts);
    assert_eq!(attempts, [1, 2, 1, 2]);
}
