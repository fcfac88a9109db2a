//! Rows of the product's database in which credentials lie, as somebody with the database in his hands sees them.

use e2e::house::House;
use store::{SealedCredential, Store, StoreError, TenantId, transaction};

async fn opened(house: &House) -> (Store, TenantId) {
    let store = Store::open(&format!("sqlite://{}", house.file("flow.sqlite"))).await;
    let tenant = TenantId::new(house.world().names.id.to_string());
    (store.expect("the database"), tenant)
}

/// What the product uses first.
pub(crate) async fn first(house: &House) -> SealedCredential {
    let status = house.credentials_status();
    let name = status["inUse"][0]["name"].as_str().expect("a name");
    let (store, tenant) = opened(house).await;
    let kept: Result<_, StoreError> = transaction!(store.read(&tenant), tx => tx.credential(name).await);
    store.close().await;
    kept.expect("a row").expect("a row of this name")
}

/// Puts it in the place of the one of its name.
pub(crate) async fn put(house: &House, kept: &SealedCredential) {
    let (store, tenant) = opened(house).await;
    let put: Result<(), StoreError> = transaction!(store.write(&tenant), tx => {
        tx.forget_credential(&kept.id).await?;
        tx.keep_credential(kept).await
    });
    store.close().await;
    put.expect("the row is written");
}
