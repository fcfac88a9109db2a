//! Columns under the data key: everything works as in clear, and what lies in the file is none of it.

use serde_json::json;
use store::{DataKey, Document, Shelf, Store, StoreError, TenantId, transaction};

use super::samples::{application, at, contoso, line};

const WRITTEN: &str = "山田";

async fn written(store: &Store, tenant: &TenantId) {
    let row = application("a");
    let document = Document {
        name: "p".to_owned(),
        body: json!({ "name": WRITTEN }),
        at: at(0),
    };
    let mut first = line(1);
    first.body = format!("{{\"name\":\"{WRITTEN}\"}}");
    let done: Result<(), StoreError> = transaction!(store.write(tenant), tx => {
        tx.insert_application(&row).await?;
        tx.append_journal(&row.id, std::slice::from_ref(&first)).await?;
        tx.put(Shelf::Person, &document).await
    });
    done.unwrap();
}

async fn rewritten(store: &Store, tenant: &TenantId) {
    let done: Result<(), StoreError> = transaction!(store.write(tenant), tx => {
        tx.rewrite(&application("a").id).await?;
        let mut after = None;
        loop {
            after = tx.rewrite_documents(after.as_ref(), 1).await?;
            if after.is_none() {
                return Ok(());
            }
        }
    });
    done.unwrap();
    store.forget_what_was_overwritten().await.unwrap();
}

/// What is read, whichever way it lies.
async fn read(store: &Store, tenant: &TenantId) -> Result<(), StoreError> {
    let id = application("a").id;
    transaction!(store.read(tenant), tx => {
        assert_eq!(tx.application(&id).await?.unwrap().state, application("a").state);
        assert!(tx.journal(&id).await?[0].body.contains(WRITTEN));
        assert_eq!(tx.shelf(Shelf::Person).await?[0].body, json!({ "name": WRITTEN }));
        Ok(())
    })
}

fn in_clear(folder: &std::path::Path) -> bool {
    let files = std::fs::read_dir(folder).unwrap();
    let mut texts = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
    texts.any(|text| text.windows(WRITTEN.len()).any(|part| part == WRITTEN.as_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_in_clear_is_encrypted_whole_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/flow.db", folder.path().display());
    let (store, tenant) = (Store::open(&url).await.unwrap(), contoso());
    store.migrate().await.unwrap();
    written(&store, &tenant).await;
    assert!(in_clear(folder.path()));
    assert!(store.write_encrypted(true).is_err(), "no key is known");
    store.read_with(DataKey::random().unwrap());
    store.write_encrypted(true).unwrap();
    rewritten(&store, &tenant).await;
    assert!(!in_clear(folder.path()));
    read(&store, &tenant).await.unwrap();

    let locked = Store::open(&url).await.unwrap();
    let refused = read(&locked, &tenant).await.unwrap_err();
    assert!(matches!(refused, StoreError::Encrypted { .. }), "{refused}");
    locked.read_with(DataKey::random().unwrap());
    let refused = read(&locked, &tenant).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unreadable { .. }), "{refused}");
    locked.close().await;

    store.write_encrypted(false).unwrap();
    rewritten(&store, &tenant).await;
    assert!(in_clear(folder.path()));
    read(&store, &tenant).await.unwrap();
    store.close().await;
}
