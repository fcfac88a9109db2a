use crate::samples::{application, contoso, line};
use store::{ApplicationId, SignedHead, Store, StoreError, WorkflowKey, transaction};

pub(crate) async fn whatever_holds_work_is_named(store: Store) {
    let filled: Result<_, StoreError> = transaction!(store.read(&contoso()), tx => Ok((tx.filled_table().await?, tx.has_applications().await?)));
    assert_eq!(filled.unwrap(), (None, false));
    transaction!(store.write(&contoso()), tx => tx.insert_application(&application("a")).await).unwrap();
    let filled: Result<_, StoreError> = transaction!(store.read(&contoso()), tx => Ok((tx.filled_table().await?, tx.has_applications().await?)));
    assert_eq!(filled.unwrap(), (Some("application"), true));
}

pub(crate) async fn lines_come_back_in_any_order_and_each_place_is_taken_once(store: Store) {
    let (a, b) = (ApplicationId::new("a"), ApplicationId::new("b"));
    let done: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        let mut taken = Vec::new();
        for seq in [3, 1, 2, 1] {
            taken.push(tx.restore_line(&a, &line(seq)).await?);
        }
        tx.restore_line(&b, &line(1)).await?;
        for seq in [1, 3] {
            let head = SignedHead { seq, hash: line(seq).hash, signature: vec![1], key_id: "k".into() };
            tx.keep_head(&a, &head).await?;
        }
        tx.cut_journal(&a, 2).await?;
        Ok((taken, tx.journal(&a).await?, tx.heads(&a).await?.len(), tx.journals(None, 10).await?,
            tx.journals(Some(&a), 10).await?))
    });
    let (taken, lines, heads, all, later) = done.unwrap();
    assert_eq!(taken, [true, true, true, false]);
    assert_eq!((lines, heads), (vec![line(1), line(2)], 1));
    assert_eq!((all, later), (vec![a, b.clone()], vec![b]));
}

pub(crate) async fn numbers_go_on_after_the_highest(store: Store) {
    let workflow = WorkflowKey::new("new-user");
    let next: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        for running in [7, 41, 12] {
            tx.raise_number(&workflow, 2026, running).await?;
        }
        Ok((tx.next_number(&workflow, 2026).await?, tx.next_number(&workflow, 2027).await?))
    });
    assert_eq!(next.unwrap(), (42, 1));
}
