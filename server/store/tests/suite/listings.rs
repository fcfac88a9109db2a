use crate::samples::{application, at, contoso};
use store::{
    ApplicationId, ApplicationRow, Cursor, Listed, PersonId, Role, SealedItem, Store, StoreError, transaction,
};

const APPLICATIONS: i64 = 600;
const PAGE: i64 = 7;

/// Many applications of as many people; every fiftieth is kei's and waits for the chief. Two share a moment.
async fn fill(store: &Store) {
    let filled: Result<(), StoreError> = transaction!(store.write(&contoso()), tx => {
        for number in 0..APPLICATIONS {
            let person = if number % 50 == 0 { "kei".to_owned() } else { format!("p{number}") };
            let row = ApplicationRow {
                applicant: PersonId::new(person.as_str()),
                created_at: at(number / 100),
                ..application(&format!("a{number:03}"))
            };
            tx.insert_application(&row).await?;
            let holder = PersonId::new(if person == "kei" { "chief".to_owned() } else { person });
            tx.set_people(&row.id, Role::Holder, &[holder]).await?;
        }
        Ok(())
    });
    filled.unwrap();
}

pub(crate) async fn pages_follow_one_another_without_gap_or_repetition(store: Store) {
    fill(&store).await;
    let newest_first: Vec<_> = (0..APPLICATIONS / 50)
        .rev()
        .map(|number| format!("a{:03}", number * 50))
        .collect();
    for of_kei in [true, false] {
        let (mut after, mut all) = (None, Vec::new());
        loop {
            let page: Result<Vec<Listed>, StoreError> = transaction!(store.read(&contoso()), tx => {
                if of_kei {
                    tx.applications_of(&PersonId::new("kei"), after.as_ref(), PAGE).await
                } else {
                    tx.applications_with(&PersonId::new("chief"), Role::Holder, after.as_ref(), PAGE).await
                }
            });
            let page = page.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(Cursor {
                at: last.created_at,
                id: last.id.clone(),
            });
            all.extend(page.into_iter().map(|row| row.id.to_string()));
        }
        assert_eq!(all, newest_first);
    }
}

pub(crate) async fn a_listing_tells_where_each_item_lies(store: Store) {
    let (kei, chief) = (PersonId::new("kei"), PersonId::new("chief"));
    let listed: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        for (number, item) in [(1, Some(7)), (2, Some(8)), (3, None)] {
            let row = ApplicationRow {
                applicant: kei.clone(),
                sealed: item.map(|item| SealedItem { list: "list1".to_owned(), item }),
                created_at: at(number),
                ..application(&format!("a{number}"))
            };
            tx.insert_application(&row).await?;
            tx.set_people(&row.id, Role::Holder, std::slice::from_ref(&chief)).await?;
        }
        tx.keep_fold(&ApplicationId::new("a1"), "f").await?;
        let mine = tx.applications_of(&kei, None, PAGE).await?;
        Ok((mine, tx.applications_with(&chief, Role::Holder, None, PAGE).await?))
    });
    let (mine, waiting) = listed.unwrap();
    let places = mine.iter().map(|row| {
        let item = row.sealed.as_ref().map(|sealed| sealed.item);
        (row.id.as_str(), item, row.fold.as_deref())
    });
    let expected = [
        ("a3", None, None),
        ("a2", Some(8), None),
        ("a1", Some(7), Some("f")),
    ];
    assert_eq!(places.collect::<Vec<_>>(), expected);
    assert_eq!(waiting, mine);
}

pub(crate) async fn every_listing_is_found_by_an_index_alone(store: Store) {
    fill(&store).await;
    let plans: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => tx.listing_plans().await);
    for plan in plans.unwrap() {
        let index = plan.contains("application_applicant") || plan.contains("party_person");
        assert!(index, "{plan}");
        // SQLite and PostgreSQL say so when they read a whole table or sort what they read.
        for costly in ["SCAN ", "TEMP B-TREE", "Seq Scan", "Sort"] {
            assert!(!plan.contains(costly), "{plan}");
        }
    }
}
