//! The data key of the database's columns. It is kept like a credential, in an envelope under the master key, so that
//! another master key never touches what it encrypts.

use serde_json::{Value, json};
use store::{DataKey, Document, DocumentPlace, Shelf, StoreError, transaction};

use super::vault::{Vault, VaultError};
use crate::service::Service;

/// Under which it is kept.
const ID: &str = "data-key";
/// How the columns were last written, whole.
const NOTE: &str = "columns";
/// So many applications, or documents, are written anew in one page.
const PAGE: i64 = 50;

/// Opens the columns, if any key was made: whoever has another master key reads nothing, and starts with nothing.
pub(crate) async fn open(service: &Service) -> Result<(), VaultError> {
    if service.store.has_data_key() {
        return Ok(());
    }
    let kept: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.credential(ID).await);
    match kept {
        Ok(Some(kept)) => {
            service.store.read_with(Vault::open(service)?.data_key(&kept)?);
            service.store.write_encrypted(service.config.database.encrypted)?;
        }
        Ok(None) => {}
        Err(error) if error.lacks_tables() => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Brings the columns to what the configuration says: encrypted, or in clear again. The first time makes the key. A run
/// that was broken off is gone on with, for only its end is noted.
pub(crate) async fn migrate(service: &Service) -> Result<(), VaultError> {
    let encrypted = service.config.database.encrypted;
    open(service).await?;
    if encrypted && !service.store.has_data_key() {
        make(service).await?;
        open(service).await?;
    }
    let wished = json!({ "encrypted": encrypted });
    if service.store.has_data_key() && noted(service).await? != Some(wished.clone()) {
        rewrite(service).await?;
        note(service, wished).await?;
    }
    Ok(())
}

async fn noted(service: &Service) -> Result<Option<Value>, StoreError> {
    let kept = transaction!(service.store.read(&service.tenant), tx => tx.get(Shelf::Setting, NOTE).await);
    Ok(kept?.map(|document| document.body))
}

async fn note(service: &Service, body: Value) -> Result<(), StoreError> {
    let document = Document {
        name: NOTE.to_owned(),
        body,
        at: service.now(),
    };
    transaction!(service.store.write(&service.tenant), tx => tx.put(Shelf::Setting, &document).await)
}

/// Another instance that is faster makes it for all.
async fn make(service: &Service) -> Result<(), VaultError> {
    let vault = Vault::open(service)?;
    let sealed = vault.seal_data_key(ID, &DataKey::random()?, service.now())?;
    let kept: Result<(), StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.keep_credential(&sealed).await);
    match kept {
        Ok(()) | Err(StoreError::UniqueTaken { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Writes all columns anew. Nothing of how they were stays in the file.
async fn rewrite(service: &Service) -> Result<(), VaultError> {
    rewrite_applications(service).await?;
    let mut after = None;
    loop {
        let ended: Result<Option<DocumentPlace>, StoreError> = transaction!(service.store.write(&service.tenant), tx =>
            tx.rewrite_documents(after.as_ref(), PAGE).await);
        after = ended?;
        if after.is_none() {
            break;
        }
    }
    Ok(service.store.forget_what_was_overwritten().await?)
}

async fn rewrite_applications(service: &Service) -> Result<(), VaultError> {
    let (mut after, mut written) = (None, 0);
    loop {
        let page: Result<Vec<_>, StoreError> = transaction!(service.store.read(&service.tenant), tx =>
            tx.journals(after.as_ref(), PAGE).await);
        let page = page?;
        for id in &page {
            let done: Result<(), StoreError> =
                transaction!(service.store.write(&service.tenant), tx => tx.rewrite(id).await);
            done?;
        }
        written += page.len();
        tracing::info!(written, "applications written anew in the database");
        let Some(last) = page.into_iter().next_back() else {
            return Ok(());
        };
        after = Some(last);
    }
}
