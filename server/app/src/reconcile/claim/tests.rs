use std::collections::BTreeSet;

use m365::sharepoint::ItemId;
use store::{ApplicationId, ApplicationRow, SealedItem};

use super::super::progress::{Mode, Scope, Stage};
use super::super::report::Report;
use super::*;
use crate::jobs::Task;
use crate::testing::{Directory, TestService, approved};

const LIST: &str = "Lists/PFApplications";
const IDS: [&str; 4] = ["as-it-was", "busy", "newer", "folded"];

fn due(id: &str) -> Due {
    let pending = Pending {
        application: ApplicationId::new(id),
        number: id.to_owned(),
        list: LIST.to_owned(),
        item: 1,
        tries: 0,
        is_set: false,
    };
    Due {
        pending,
        version: 1,
        change: SetAccess::between(ItemId(1), None, &BTreeSet::new()).unwrap(),
    }
}

async fn applications(service: &Service) {
    let first = approved(service).await;
    let made: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => {
        let pattern = tx.application(&first).await?.unwrap();
        for (number, id) in (1..).zip(IDS) {
            let row = ApplicationRow {
                id: ApplicationId::new(id),
                number: format!("N-{number}"),
                version: 1,
                source: format!("{number}.9"),
                sealed: Some(SealedItem { list: LIST.to_owned(), item: number }),
                ..pattern.clone()
            };
            tx.insert_application(&row).await?;
        }
        Ok(())
    });
    made.unwrap();
}

async fn kept(service: &Service, pending: Vec<Pending>) -> Run {
    let run = Run {
        scope: Scope::All,
        mode: Mode::Repair,
        started: service.now(),
        lists: vec![LIST.to_owned()],
        stage: Stage::Inbox { after: 0 },
        pending,
        total: 4,
        looked_at: 4,
        report: Report::default(),
    };
    let kept: Result<(), JobError> =
        transaction!(service.store.write(&service.tenant), tx => run.keep(tx, service.now()).await);
    kept.unwrap();
    super::super::load(service, Scope::All, Mode::Repair)
        .await
        .unwrap()
        .unwrap()
}

/// What may happen between the look and the request.
async fn meanwhile(service: &Service) {
    let publish = Task::Publish {
        application: ApplicationId::new("busy"),
    };
    let happened: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx => {
        tx.enqueue(&publish.job(service.now())?).await?;
        let mut row = tx.application(&ApplicationId::new("newer")).await?.unwrap();
        tx.save_application(&mut row).await?;
        Ok(tx.keep_fold(&ApplicationId::new("folded"), "app-only").await?)
    });
    happened.unwrap();
}

fn names(due: &[Due]) -> Vec<&str> {
    due.iter().map(|due| due.pending.application.as_str()).collect()
}

#[tokio::test]
async fn only_what_is_as_it_was_looked_at_is_set_and_that_is_written_down_first() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    applications(service).await;
    let due = IDS.map(due);
    let before = kept(service, due.iter().map(|due| due.pending.clone()).collect()).await;
    meanwhile(service).await;
    let claimed = claim(service, &before, &due).await.unwrap().unwrap();
    assert_eq!(names(&claimed.still), ["as-it-was"]);
    assert_eq!(names(&claimed.changed), ["busy", "newer", "folded"]);
    let run = super::super::load(service, Scope::All, Mode::Repair)
        .await
        .unwrap()
        .unwrap();
    let set: Vec<_> = run.pending.iter().map(|pending| pending.is_set).collect();
    assert_eq!(set, [true, false, false, false]);
    assert_eq!(run, claimed.run);
    let late = claim(service, &before, &due).await.unwrap();
    assert!(late.is_none(), "somebody else made the stride");
}
