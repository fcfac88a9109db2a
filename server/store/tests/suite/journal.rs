use crate::samples::{contoso, line};
use std::sync::Arc;
use store::{ApplicationId, Hash, JournalLine, SignedHead, Store, StoreError, transaction};

async fn append(store: &Store, lines: &[JournalLine]) -> Result<(), StoreError> {
    let id = ApplicationId::new("a");
    transaction!(store.write(&contoso()), tx => {
        tx.append_journal(&id, lines).await
    })
}

pub(crate) async fn lines_follow_one_another(store: Store) {
    append(&store, &[line(1), line(2)]).await.unwrap();
    append(&store, &[line(3)]).await.unwrap();
    let forged = JournalLine {
        prev_hash: Hash([9; 32]),
        ..line(4)
    };
    for wrong in [line(3), line(5), forged] {
        let refused = append(&store, &[wrong]).await;
        assert!(
            matches!(refused, Err(StoreError::StaleVersion { what: "journal" })),
            "{refused:?}"
        );
    }
    let id = ApplicationId::new("a");
    let kept = transaction!(store.read(&contoso()), tx => tx.journal(&id).await).unwrap();
    assert_eq!(kept, [line(1), line(2), line(3)]);
}

pub(crate) async fn two_writers_of_one_line_leave_one_line(store: Store) {
    let start = Arc::new(tokio::sync::Barrier::new(8));
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (store, start) = (store.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                append(&store, &[line(1)]).await
            })
        })
        .collect();
    let mut written = 0;
    for writer in writers {
        match writer.await.unwrap() {
            Ok(()) => written += 1,
            Err(StoreError::StaleVersion { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(written, 1);
}

pub(crate) async fn an_export_holds_every_line_as_hashed(store: Store) {
    append(&store, &[line(1), line(2)]).await.unwrap();
    let id = ApplicationId::new("a");
    let head = SignedHead {
        seq: 2,
        hash: line(2).hash,
        signature: vec![1, 255],
        key_id: "k".to_owned(),
    };
    let exported = transaction!(store.write(&contoso()), tx => {
        tx.keep_head(&id, &head).await?;
        tx.export_journal(&id).await
    })
    .unwrap();
    assert_eq!(exported["lines"][1]["body"], line(2).body);
    assert_eq!(exported["lines"][1]["prevHash"], "01".repeat(32));
    assert_eq!(exported["heads"][0]["signature"], "01ff");
}
