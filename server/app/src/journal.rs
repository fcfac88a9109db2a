//! Journals for those who check them: verified, exported, packed into one file, summed up as one line of evidence.

pub(crate) mod check;
mod evidence;
mod item;
mod listed;
mod package;
mod verify;
mod words;

pub use evidence::{Evidence, evidence};
pub use package::{Pem, check_package, package};
pub use verify::{Fault, verify_all};
pub use words::{fault_line, verdict_lines};

use openssl::error::ErrorStack;
use serde_json::Value;
use store::{ApplicationRow, StoreError, transaction};
use thiserror::Error;

use crate::jobs::JobError;
use crate::service::Service;

#[derive(Debug, Error)]
pub enum JournalError {
    #[error("there is no application {0}")]
    NoSuchApplication(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Remote(#[from] m365::Error),
    #[error(transparent)]
    Outside(#[from] JobError),
    #[error("evidence key: {0}")]
    Key(#[from] ErrorStack),
    #[error("the journal of {number}: {problem}")]
    Unreadable { number: String, problem: String },
}

async fn row(service: &Service, number: &str) -> Result<ApplicationRow, JournalError> {
    let found: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.application_by_number(number).await);
    found?.ok_or_else(|| JournalError::NoSuchApplication(number.to_owned()))
}

/// All lines and signed heads of an application, with the public half of the evidence key in PEM.
pub async fn export(service: &Service, number: &str) -> Result<Value, JournalError> {
    let id = row(service, number).await?.id;
    let exported: Result<Value, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.export_journal(&id).await);
    let mut document = exported?;
    document["publicKey"] =
        Value::from(String::from_utf8_lossy(&service.evidence.public_pem()?).into_owned());
    Ok(document)
}
