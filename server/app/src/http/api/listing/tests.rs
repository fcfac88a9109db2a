use axum::extract::Path;
use m365::random_uuid;
use store::{ApplicationRow, Fold, SealedItem};
use uuid::Uuid;

use super::super::detail;
use super::*;
use crate::report::Desk;
use crate::shards::APP_ONLY;
use crate::testing::{TestService, approved, person};

fn visitor(number: u8) -> Visitor {
    Visitor {
        person: person(number).as_str().parse().unwrap(),
        may_decide: false,
    }
}

fn api_of(test: &TestService) -> Api {
    Api::new(test.service.clone(), Desk::new(test.service.clone()))
}

fn asked(after: Option<String>, limit: u16) -> Query<Asked> {
    Query(Asked {
        after,
        limit: Some(limit),
    })
}

fn numbers(listing: &Listing) -> Vec<&str> {
    listing.items.iter().map(|entry| entry.number.as_str()).collect()
}

/// Three applications of person 10 beside one of another; person 11 is asked in one of them.
async fn filled(api: &Api) {
    let service = &api.service;
    let mut rows = Vec::new();
    let first: store::ApplicationId = approved(service).await;
    let done: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => {
        let pattern = tx.application(&first).await?.unwrap();
        for (number, applicant) in [(2, 10), (3, 10), (4, 12)] {
            let row = ApplicationRow {
                id: store::ApplicationId::new(random_uuid().to_string()),
                number: format!("N-{number}"),
                applicant: PersonId::new(person(applicant).as_str()),
                source: format!("{number}.1"),
                created_at: pattern.created_at + jiff::SignedDuration::from_secs(i64::from(number)),
                ..pattern.clone()
            };
            tx.insert_application(&row).await?;
            rows.push(row);
        }
        tx.set_people(&rows[1].id, Role::Holder, &[PersonId::new(person(11).as_str())]).await
    });
    done.unwrap();
}

#[tokio::test]
async fn everybody_gets_his_own_applications_and_tasks_newest_first_page_by_page() {
    let directory = crate::testing::Directory::start().await;
    let test = TestService::with(&directory).await;
    let api = api_of(&test);
    filled(&api).await;
    let page = |after| mine(State(api.clone()), visitor(10), asked(after, 2));
    let first = page(None).await.unwrap().0;
    assert_eq!(numbers(&first), ["N-3", "N-2"]);
    let second = page(first.next).await.unwrap().0;
    assert_eq!((second.items.len(), second.next), (1, None));
    let waiting = tasks(State(api.clone()), visitor(11), asked(None, 2))
        .await
        .unwrap()
        .0;
    assert_eq!((numbers(&waiting), &waiting.next), (vec!["N-3"], &None));
    let nothing = tasks(State(api.clone()), visitor(10), asked(None, 2))
        .await
        .unwrap()
        .0;
    assert_eq!(nothing.items, []);
}

#[tokio::test]
async fn an_application_that_left_sharepoint_is_still_shown_to_its_readers_alone() {
    let directory = crate::testing::Directory::start().await;
    let test = TestService::with(&directory).await;
    let api = api_of(&test);
    let service = &api.service;
    let id = approved(service).await;
    let fold = |name: &str| Fold {
        list: "Lists/PFApplications".to_owned(),
        name: name.to_owned(),
        item: 9,
    };
    let row: Result<_, StoreError> = transaction!(service.store.write(&service.tenant), tx => {
        let mut row = tx.application(&id).await?.unwrap();
        row.sealed = Some(SealedItem { list: "Lists/PFApplications".to_owned(), item: 4 });
        tx.save_application(&mut row).await?;
        tx.add_fold(&fold(APP_ONLY)).await?;
        tx.keep_fold(&id, APP_ONLY).await?;
        Ok(row)
    });
    let number = row.unwrap().number;
    let look = |person: Visitor| detail::detail(State(api.clone()), person, Path(number.clone()));
    let shown = serde_json::to_value(look(visitor(21)).await.unwrap().0).unwrap();
    assert_eq!(
        (&shown["url"], &shown["values"]["lastName"]),
        (&serde_json::Value::Null, &"高橋".into())
    );
    assert!(shown["plan"]["ja"][0].is_string() && shown["plan"]["en"][0].is_string());
    let decided = shown["history"].as_array().unwrap().iter();
    let decided: Vec<_> = decided
        .filter(|line| line["name"] == "decided")
        .map(|line| &line["by"])
        .collect();
    assert_eq!(
        decided,
        [11, 21, 22].map(|number| person(number).to_string()).each_ref()
    );
    let stranger = Visitor {
        person: Uuid::from_u128(99),
        may_decide: false,
    };
    assert!(matches!(look(stranger).await, Err(Problem::NotFound)));
    let unknown = detail::detail(State(api.clone()), visitor(10), Path("N-0".to_owned())).await;
    assert!(matches!(unknown, Err(Problem::NotFound)));
    let again: Result<(), StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.keep_fold(&id, "shared").await);
    again.unwrap();
    let url = look(visitor(10)).await.unwrap().0;
    let url = serde_json::to_value(url).unwrap()["url"].clone();
    let site = api.service.site.url();
    assert_eq!(url, format!("{site}/Lists/PFApplications/DispForm.aspx?ID=4"));
}
