use std::collections::BTreeSet;

use crate::samples::{application, at, contoso};
use store::{
    ApplicationId, Fold, Ordinal, PersonId, Role, SealedItem, Shard, Store, StoreError, transaction,
};

fn shard(ordinal: i64) -> Shard {
    Shard {
        ordinal: Ordinal(ordinal),
        url: format!("list{ordinal}"),
        list: format!("id{ordinal}"),
        opened_at: at(ordinal),
        closed_at: None,
    }
}

async fn open(store: &Store, ordinal: i64) -> bool {
    let opened: Result<_, StoreError> =
        transaction!(store.write(&contoso()), tx => tx.open_shard(&shard(ordinal)).await);
    opened.unwrap()
}

/// Inserts an application and asks for its place.
async fn place(store: &Store, id: &str, cap: i64) -> Option<String> {
    let placed: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        let row = application(id);
        if tx.application(&row.id).await?.is_none() {
            tx.insert_application(&row).await?;
        }
        tx.place(&row.id, cap).await
    });
    placed.unwrap()
}

async fn scopes(store: &Store, url: &str) -> i64 {
    let scopes: Result<_, StoreError> = transaction!(store.read(&contoso()), tx => tx.scopes(url).await);
    scopes.unwrap()
}

pub(crate) async fn a_shard_is_opened_once_and_closes_those_before(store: Store) {
    assert!(open(&store, 1).await && open(&store, 2).await);
    assert!(!open(&store, 2).await, "a second instance opens nothing");
    let found: Result<_, StoreError> = transaction!(store.read(&contoso()), tx => {
        Ok((tx.shards().await?, tx.shard("list2").await?, tx.shard("list3").await?))
    });
    let closed = Shard {
        closed_at: Some(at(2)),
        ..shard(1)
    };
    assert_eq!(found.unwrap(), (vec![closed, shard(2)], Some(shard(2)), None));
}

pub(crate) async fn an_application_keeps_the_shard_that_was_chosen_for_it(store: Store) {
    assert_eq!(place(&store, "early", 5).await, None, "there is no shard yet");
    open(&store, 1).await;
    assert_eq!(place(&store, "a", 1).await.as_deref(), Some("list1"));
    assert_eq!(place(&store, "b", 1).await, None, "full");
    open(&store, 2).await;
    assert_eq!(place(&store, "b", 1).await.as_deref(), Some("list2"));
    assert_eq!(place(&store, "a", 1).await.as_deref(), Some("list1"));
    let row: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        let mut row = tx.application(&ApplicationId::new("a")).await?.unwrap();
        assert_eq!(row.sealed, None);
        tx.save_application(&mut row).await?;
        tx.place(&row.id, 1).await
    });
    assert_eq!(row.unwrap().as_deref(), Some("list1"), "saving forgets no choice");
}

pub(crate) async fn writers_racing_for_the_last_places_never_overfill_a_shard(store: Store) {
    open(&store, 1).await;
    let racing = (0..12).map(|number| {
        let store = store.clone();
        tokio::spawn(async move { place(&store, &format!("r{number}"), 5).await.is_some() })
    });
    let mut placed = 0;
    for writer in racing.collect::<Vec<_>>() {
        placed += i64::from(writer.await.unwrap());
    }
    assert_eq!((placed, scopes(&store, "list1").await), (5, 5));
}

pub(crate) async fn a_folded_application_frees_its_scope_and_the_folder_costs_one(store: Store) {
    open(&store, 1).await;
    let (kei, chief) = (PersonId::new("kei"), PersonId::new("chief"));
    let fold = Fold {
        list: "list1".to_owned(),
        name: "f".to_owned(),
        item: 9,
    };
    let done: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        for (number, code) in [(1, "CO"), (2, "WD"), (3, "IA")] {
            let mut row = application(&format!("a{number}"));
            row.code = code.to_owned();
            row.created_at = at(10 - number);
            row.sealed = Some(SealedItem { list: "list1".to_owned(), item: number });
            tx.insert_application(&row).await?;
            tx.set_people(&row.id, Role::Reader, &[kei.clone(), chief.clone()]).await?;
            tx.set_people(&row.id, Role::Holder, std::slice::from_ref(&kei)).await?;
        }
        let unfolded = tx.unfolded("list1").await?;
        tx.add_fold(&fold).await?;
        tx.add_fold(&fold).await?;
        tx.keep_fold(&ApplicationId::new("a1"), "f").await?;
        let after = tx.unfolded("list1").await?;
        let own = tx.items_with_own_scope("list1").await?;
        Ok((unfolded, after, own, tx.folds("list1").await?, tx.fold_of(&ApplicationId::new("a1")).await?))
    });
    let (unfolded, after, own, folds, of) = done.unwrap();
    let ids = |all: &[store::Unfolded]| -> Vec<String> {
        all.iter().map(|one| one.application.to_string()).collect()
    };
    assert_eq!(
        (ids(&unfolded), ids(&after)),
        (vec!["a2".to_owned(), "a1".to_owned()], vec!["a2".to_owned()])
    );
    assert_eq!(unfolded[0].readers, BTreeSet::from([kei, chief]));
    assert_eq!(own, BTreeSet::from([2, 3, 9]));
    assert_eq!((folds, of.as_deref()), (vec![fold], Some("f")));
    assert_eq!(
        scopes(&store, "list1").await,
        3,
        "two of their own, and the folder"
    );
}

pub(crate) async fn days_with_applications_are_counted(store: Store) {
    const DAY: i64 = 86_400;
    let counted: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        for (number, day) in [0, 3, 3, 4, 4, 4].into_iter().enumerate() {
            let mut row = application(&format!("d{number}"));
            row.created_at = at(day * DAY);
            tx.insert_application(&row).await?;
        }
        tx.created_per_day(at(DAY)).await
    });
    assert_eq!(counted.unwrap(), [2, 3]);
}
