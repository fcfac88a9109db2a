use crate::samples::{application, contoso};
use store::{ApplicationId, Store, StoreError, WorkflowKey, transaction};

const WRITERS: i64 = 6;
const TURNS: i64 = 15;

async fn add_one(store: &Store) -> Result<(), StoreError> {
    transaction!(store.write(&contoso()), tx => {
        let mut row = tx.application(&ApplicationId::new("a")).await?.expect("inserted by the caller");
        row.round += 1;
        tx.save_application(&mut row).await
    })
}

pub(crate) async fn two_writers_lose_no_update(store: Store) {
    let row = application("a");
    transaction!(store.write(&contoso()), tx => tx.insert_application(&row).await).unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                for _ in 0..TURNS {
                    add_one(&store).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let last = transaction!(store.read(&contoso()), tx => tx.application(&row.id).await)
        .unwrap()
        .unwrap();
    assert_eq!(
        (last.round, last.version),
        (1 + WRITERS * TURNS, 1 + WRITERS * TURNS)
    );
}

pub(crate) async fn numbers_have_no_gap(store: Store) {
    let workflow = WorkflowKey::new("new-user");
    let next = async |keep: bool| {
        transaction!(store.write(&contoso()), tx => {
            let number = tx.next_number(&workflow, 2026).await?;
            if keep {
                Ok(number)
            } else {
                Err(StoreError::UniqueTaken { what: "anything" })
            }
        })
    };
    assert_eq!(next(true).await.unwrap(), 1);
    next(false).await.unwrap_err();
    assert_eq!(next(true).await.unwrap(), 2);
}

pub(crate) async fn readers_cannot_write(store: Store) {
    let row = application("a");
    let written = transaction!(store.read(&contoso()), tx => tx.insert_application(&row).await);
    assert!(matches!(written, Err(StoreError::Database(_))), "{written:?}");
}
