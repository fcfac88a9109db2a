use crate::samples::{application, at, contoso, in_lane, line};
use store::{
    Hash, PersonId, PinnedDefinition, Role, SealedItem, Store, StoreError, TenantId, WorkflowKey, transaction,
};

async fn insert(store: &Store, row: &store::ApplicationRow) -> Result<(), StoreError> {
    transaction!(store.write(&contoso()), tx => tx.insert_application(row).await)
}

pub(crate) async fn a_saved_application_reads_back_the_same(store: Store) {
    let mut row = application("a");
    insert(&store, &row).await.unwrap();
    let item = SealedItem {
        list: "list".to_owned(),
        item: 7,
    };
    row.sealed = Some(item.clone());
    row.judged_version = Some(4);
    row.own_versions = vec![1, 3];
    row.code = "IA".into();
    row.updated_at = at(9);
    let saved = transaction!(store.write(&contoso()), tx => {
        let mut saved = row.clone();
        tx.save_application(&mut saved).await?;
        Ok::<_, StoreError>(saved)
    })
    .unwrap();
    assert_eq!(saved.version, 2);
    transaction!(store.read(&contoso()), tx => {
        assert_eq!(tx.application(&row.id).await?.as_ref(), Some(&saved));
        assert_eq!(
            tx.application_by_number(&row.number).await?.as_ref(),
            Some(&saved)
        );
        assert_eq!(
            tx.application_by_source(&row.source).await?.as_ref(),
            Some(&saved)
        );
        assert_eq!(tx.application_by_item(&item).await?.as_ref(), Some(&saved));
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

pub(crate) async fn a_second_save_of_the_same_version_is_stale(store: Store) {
    let row = application("a");
    insert(&store, &row).await.unwrap();
    let save =
        async || transaction!(store.write(&contoso()), tx => tx.save_application(&mut row.clone()).await);
    save().await.unwrap();
    let again = save().await;
    assert!(
        matches!(again, Err(StoreError::StaleVersion { what: "application" })),
        "{again:?}"
    );
}

pub(crate) async fn one_source_makes_one_application(store: Store) {
    let first = application("a");
    insert(&store, &first).await.unwrap();
    let same_source = store::ApplicationRow {
        source: first.source.clone(),
        ..application("b")
    };
    let taken = insert(&store, &same_source).await;
    assert!(
        matches!(taken, Err(StoreError::UniqueTaken { what: "source" })),
        "{taken:?}"
    );
    let same_number = store::ApplicationRow {
        number: first.number.clone(),
        ..application("c")
    };
    let taken = insert(&store, &same_number).await;
    assert!(
        matches!(taken, Err(StoreError::UniqueTaken { what: "number" })),
        "{taken:?}"
    );
    let taken = insert(
        &store,
        &store::ApplicationRow {
            source: "z".into(),
            number: "z".into(),
            ..first
        },
    )
    .await;
    assert!(
        matches!(taken, Err(StoreError::UniqueTaken { what: "id" })),
        "{taken:?}"
    );
}

pub(crate) async fn a_dropped_transaction_leaves_nothing(store: Store) {
    let row = application("a");
    let dying = async {
        transaction!(store.write(&contoso()), tx => {
            tx.insert_application(&row).await?;
            tx.append_journal(&row.id, &[line(1)]).await?;
            tx.enqueue(&in_lane("seal", "a")).await?;
            std::future::pending::<Result<(), StoreError>>().await
        })
    };
    // Polled until it waits for ever, then dropped in the middle, as by a killed task.
    tokio::time::timeout(std::time::Duration::from_millis(200), dying)
        .await
        .unwrap_err();
    let found = transaction!(store.read(&contoso()), tx => {
        let jobs = tx.next_due().await?;
        Ok::<_, StoreError>((tx.application(&row.id).await?, tx.journal(&row.id).await?, jobs))
    })
    .unwrap();
    assert_eq!(found, (None, vec![], None));
    insert(&store, &row).await.unwrap();
}

pub(crate) async fn tenants_do_not_see_each_other(store: Store) {
    let row = application("a");
    insert(&store, &row).await.unwrap();
    let fabrikam = TenantId::new("fabrikam");
    let seen = transaction!(store.read(&fabrikam), tx => tx.application(&row.id).await).unwrap();
    assert_eq!(seen, None);
    let saved = transaction!(store.write(&fabrikam), tx => {
        tx.save_application(&mut row.clone()).await
    });
    assert!(matches!(saved, Err(StoreError::StaleVersion { .. })), "{saved:?}");
    // The same ids, numbers and sources are free there.
    transaction!(store.write(&fabrikam), tx => tx.insert_application(&row).await).unwrap();
}

pub(crate) async fn people_find_their_applications(store: Store) {
    let (chief, auditor) = (PersonId::new("chief"), PersonId::new("auditor"));
    let (old, new) = (
        application("a"),
        store::ApplicationRow {
            created_at: at(5),
            ..application("b")
        },
    );
    let (old_id, applicant) = (old.id.clone(), old.applicant.clone());
    let (listed, page) = transaction!(store.write(&contoso()), tx => {
        tx.insert_application(&old).await?;
        tx.insert_application(&new).await?;
        tx.set_people(&old_id, Role::Holder, &[auditor.clone(), auditor.clone()])
            .await?;
        tx.set_people(&old_id, Role::Holder, std::slice::from_ref(&chief))
            .await?;
        let mine = tx.applications_of(&applicant, None, 10).await?;
        let waiting = tx.applications_with(&chief, Role::Holder, None, 10).await?;
        let none = tx.applications_with(&auditor, Role::Holder, None, 10).await?;
        let page = tx.applications_in("SU", Some(&old_id), 10).await?;
        let ids = [mine, waiting, none].map(|rows| rows.into_iter().map(|row| row.id.to_string()));
        let page: Vec<_> = page.into_iter().map(|row| row.id.to_string()).collect();
        Ok::<_, StoreError>((ids.map(Iterator::collect::<Vec<_>>), page))
    })
    .unwrap();
    assert_eq!(listed, [vec!["b", "a"], vec!["a"], vec![]]);
    assert_eq!(page, ["b"]);
}

pub(crate) async fn a_definition_version_never_changes(store: Store) {
    let workflow = WorkflowKey::new("new-user");
    let first = PinnedDefinition {
        workflow,
        version: 1,
        body: "{}".to_owned(),
        hash: Hash([1; 32]),
    };
    let other = PinnedDefinition {
        body: "[]".to_owned(),
        ..first.clone()
    };
    let pin = async |pinned: &PinnedDefinition| transaction!(store.write(&contoso()), tx => tx.pin_definition(pinned).await);
    pin(&first).await.unwrap();
    pin(&first).await.unwrap();
    assert!(matches!(pin(&other).await, Err(StoreError::UniqueTaken { .. })));
}

pub(crate) async fn a_list_is_gone_through_in_order_of_its_items(store: Store) {
    let sealed = |id: &str, list: &str, item, code: &str| store::ApplicationRow {
        sealed: Some(SealedItem {
            list: list.to_owned(),
            item,
        }),
        code: code.to_owned(),
        ..application(id)
    };
    let rows = [
        sealed("a", "one", 12, "IA"),
        sealed("b", "one", 3, "SU"),
        sealed("c", "one", 7, "CO"),
        sealed("d", "two", 5, "IA"),
        application("e"),
    ];
    let inserted: Result<(), StoreError> = transaction!(store.write(&contoso()), tx => {
        for row in &rows {
            tx.insert_application(row).await?;
        }
        Ok(())
    });
    inserted.unwrap();
    let page = async |after, without, most| -> Vec<String> {
        let found: Result<_, StoreError> = transaction!(store.read(&contoso()), tx =>
            tx.applications_in_list("one", after, without, most).await);
        found.unwrap().into_iter().map(|row| row.id.to_string()).collect()
    };
    let open = ["CO", "PC", "FA", "RJ", "WD", "EP", "CA"];
    assert_eq!(page(0, open, 10).await, ["b", "a"]);
    assert_eq!(page(0, [""; 7], 2).await, ["b", "c"]);
    assert_eq!(page(7, [""; 7], 2).await, ["a"]);
    let counts: Result<_, StoreError> = transaction!(store.read(&contoso()), tx =>
        Ok((tx.count_in_list("one", open).await?, tx.count_in_list("one", [""; 7]).await?)));
    assert_eq!(counts.unwrap(), (2, 3));
}
