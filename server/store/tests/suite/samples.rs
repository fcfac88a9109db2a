//! What the scenarios work with.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::jobs::{Claim, Job, NewJob, Priority};
use store::{
    ApplicationId, ApplicationRow, Hash, JournalLine, PersonId, Store, StoreError, TenantId, WorkflowKey,
    transaction,
};

pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

pub(crate) fn contoso() -> TenantId {
    TenantId::new("contoso")
}

pub(crate) fn application(id: &str) -> ApplicationRow {
    ApplicationRow {
        id: ApplicationId::new(id),
        number: format!("NEW-2026-{id}"),
        version: 1,
        workflow: WorkflowKey::new("new-user"),
        definition_version: 3,
        code: "SU".to_owned(),
        state: json!({"step": 1, "名": "山田"}),
        applicant: PersonId::new("applicant"),
        inbox_item: Some(12),
        round: 1,
        source: format!("{id}.1"),
        sealed: None,
        judged_version: None,
        own_versions: vec![],
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn job(key: &str) -> NewJob {
    NewJob {
        kind: "walk".to_owned(),
        key: key.to_owned(),
        lane: None,
        payload: json!({"key": key}),
        run_at: at(0),
        priority: Priority::Normal,
    }
}

pub(crate) fn in_lane(key: &str, lane: &str) -> NewJob {
    NewJob {
        lane: Some(lane.to_owned()),
        ..job(key)
    }
}

pub(crate) fn line(seq: i64) -> JournalLine {
    let byte = |n: i64| Hash([u8::try_from(n).unwrap(); 32]);
    JournalLine {
        seq,
        at: at(seq),
        actor: "applicant".to_owned(),
        body: format!("{{\"seq\":{seq}}}"),
        prev_hash: byte(seq - 1),
        hash: byte(seq),
    }
}

pub(crate) async fn enqueue(store: &Store, jobs: &[NewJob]) {
    let done = transaction!(store.write(&contoso()), tx => {
        for job in jobs {
            tx.enqueue(job).await?;
        }
        Ok::<_, StoreError>(())
    });
    done.unwrap();
}

pub(crate) async fn claim(store: &Store, owner: &str, second: i64, limit: i64) -> Vec<Job> {
    claim_from(store, owner, (second, limit), Priority::Person).await
}

pub(crate) async fn claim_from(
    store: &Store,
    owner: &str,
    (second, limit): (i64, i64),
    from: Priority,
) -> Vec<Job> {
    let claim = Claim {
        now: at(second),
        owner: owner.to_owned(),
        lease: LEASE,
        limit,
        from,
    };
    store.claim(&claim).await.unwrap()
}

pub(crate) async fn finish(store: &Store, job: &Job, end: &store::jobs::JobEnd) -> Result<(), StoreError> {
    transaction!(store.write(&job.tenant), tx => tx.finish(job, end).await)
}

pub(crate) fn keys(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.key.as_str()).collect()
}
