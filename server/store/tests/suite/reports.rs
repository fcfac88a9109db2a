use crate::samples::{application, at, contoso, line};
use store::{
    ApplicationId, ApplicationRow, Cursor, Hash, Made, PinnedDefinition, Store, StoreError, TenantId, Told,
    WorkflowKey, transaction,
};

/// Seven applications, one a second, the odd ones of another workflow; the last two share a moment.
async fn fill(store: &Store) {
    let filled: Result<(), StoreError> = transaction!(store.write(&contoso()), tx => {
        for number in 0..7 {
            let workflow = if number % 2 == 0 { "new-user" } else { "team" };
            let row = ApplicationRow {
                workflow: WorkflowKey::new(workflow),
                created_at: at(number.min(5)),
                ..application(&format!("a{number}"))
            };
            tx.insert_application(&row).await?;
            tx.append_journal(&row.id, &[line(1), line(2)]).await?;
        }
        Ok(())
    });
    filled.unwrap();
}

async fn told(store: &Store, made: &Made, page: i64) -> Vec<String> {
    let (mut after, mut all) = (None, Vec::new());
    loop {
        let read: Result<Vec<Told>, StoreError> =
            transaction!(store.read(&contoso()), tx => tx.journals_made(made, after.as_ref(), page).await);
        let read = read.unwrap();
        let Some(last) = read.last() else { return all };
        after = Some(Cursor {
            at: last.made,
            id: last.id.clone(),
        });
        for told in read {
            assert_eq!(told.bodies, [line(1).body, line(2).body]);
            all.push(told.id.to_string());
        }
    }
}

pub(crate) async fn journals_of_a_period_come_whole_and_page_by_page(store: Store) {
    fill(&store).await;
    let all = Made {
        from: at(1),
        until: at(6),
        workflow: None,
    };
    let wanted = ["a1", "a2", "a3", "a4", "a5", "a6"];
    for page in [1, 2, 5, 100] {
        assert_eq!(told(&store, &all, page).await, wanted, "pages of {page}");
    }
    let until_the_last = Made {
        until: at(5),
        ..all.clone()
    };
    assert_eq!(told(&store, &until_the_last, 3).await, ["a1", "a2", "a3", "a4"]);
    let of_one = Made {
        workflow: Some(WorkflowKey::new("team")),
        ..all
    };
    assert_eq!(told(&store, &of_one, 2).await, ["a1", "a3", "a5"]);
    let id = ApplicationId::new("b");
    let other = TenantId::new("fabrikam");
    let foreign: Result<Vec<Told>, StoreError> = transaction!(store.write(&other), tx => {
        tx.insert_application(&application("b")).await?;
        tx.append_journal(&id, &[line(1)]).await?;
        tx.journals_made(&Made { from: at(0), until: at(9), workflow: None }, None, 9).await
    });
    assert_eq!(foreign.unwrap().len(), 1, "each tenant is told its own");
}

pub(crate) async fn pinned_definitions_come_in_order_of_their_versions(store: Store) {
    let pinned = |version: i64| PinnedDefinition {
        workflow: WorkflowKey::new("new-user"),
        version,
        body: format!("{{\"version\":{version}}}"),
        hash: Hash([7; 32]),
    };
    let kept: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        for version in [10, 9] {
            tx.pin_definition(&pinned(version)).await?;
        }
        tx.pinned_definitions().await
    });
    assert_eq!(kept.unwrap(), [pinned(9), pinned(10)]);
}
