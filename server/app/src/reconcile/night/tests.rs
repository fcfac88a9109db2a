use store::jobs::{Claim, Job, JobEnd};
use store::{Ordinal, Shard, StoreError};

use super::*;
use crate::testing::TestService;

fn newest(now: &str, at: &str, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap();
    newest_night(now.parse().unwrap(), at.parse().unwrap(), &zone).to_string()
}

#[test]
fn the_night_is_local() {
    for (now, zone, night) in [
        ("2026-11-25T02:00:00Z", "UTC", "2026-11-25T02:00:00Z"),
        ("2026-11-25T01:59:59Z", "UTC", "2026-11-24T02:00:00Z"),
        ("2026-11-25T12:00:00Z", "Asia/Tokyo", "2026-11-24T17:00:00Z"),
        ("2026-11-25T16:59:00Z", "Asia/Tokyo", "2026-11-24T17:00:00Z"),
        ("2026-11-25T17:00:00Z", "Asia/Tokyo", "2026-11-25T17:00:00Z"),
        // On this night clocks go from 02:00 to 03:00.
        ("2026-03-29T12:00:00Z", "Europe/Berlin", "2026-03-29T01:00:00Z"),
    ] {
        assert_eq!(newest(now, "02:00", zone), night, "{now} {zone}");
    }
}

/// Where one list of applications stands.
async fn open() -> TestService {
    let test = TestService::open().await;
    let service = &test.service;
    let shard = Shard {
        ordinal: Ordinal::FIRST,
        url: "Lists/PFApplications".to_owned(),
        list: "00000000-0000-0000-0000-000000000009".to_owned(),
        opened_at: service.now(),
        closed_at: None,
    };
    let opened: Result<bool, StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.open_shard(&shard).await);
    assert!(opened.unwrap());
    test
}

/// From now on; no night falls into the minutes of a test then.
fn an_hour_after_the_next_night(service: &Service) -> SignedDuration {
    let nightly = &service.config.nightly;
    let night = newest_night(
        service.now(),
        nightly.at,
        &nightly.zone().unwrap_or(TimeZone::UTC),
    );
    night.duration_since(service.now()) + A_DAY + SignedDuration::from_hours(1)
}

async fn claimed(service: &Service) -> Vec<Job> {
    let claim = Claim {
        now: service.now(),
        owner: "test".into(),
        lease: SignedDuration::from_secs(60),
        limit: 10,
        from: store::jobs::Priority::Person,
    };
    service.store.claim(&claim).await.unwrap()
}

async fn end(service: &Service, end: &JobEnd) {
    let job = claimed(service).await.pop().expect("the night's run");
    let ended: Result<(), StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.finish(&job, end).await);
    ended.unwrap();
}

#[tokio::test]
async fn a_run_that_was_refused_keeps_its_own_schedule_until_the_next_night() {
    let test = open().await;
    let service = &test.service;
    let begun = an_hour_after_the_next_night(service);
    test.later(begun);
    ensure_nightly(service).await.unwrap();
    let later = service.now() + SignedDuration::from_mins(5);
    end(service, &JobEnd::Later(later, "refused".into())).await;
    for _ in 0..2 {
        ensure_nightly(service).await.unwrap();
        assert_eq!(claimed(service).await, [], "it was begun anew");
    }
    test.later(begun + SignedDuration::from_mins(6));
    end(service, &JobEnd::Park("stuck".into())).await;
    ensure_nightly(service).await.unwrap();
    assert_eq!(claimed(service).await, [], "it was begun anew");
    test.later(begun + A_DAY);
    ensure_nightly(service).await.unwrap();
    // The next night tries again, once.
    end(service, &JobEnd::Park("stuck again".into())).await;
    ensure_nightly(service).await.unwrap();
    assert_eq!(claimed(service).await, [], "it was begun anew");
}
