//! Closed applications that keep their own scope for a cause that is theirs alone. The others are folded all the same.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{ApplicationId, Document, Shelf, StoreError, Tx, transaction};

use crate::jobs::JobError;
use crate::service::Service;
use crate::setup::Words;

/// A site's owner may have mended the cause by then, so it is tried again.
const TRIED_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What hinders one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Hindrance {
    Deleted,
    OtherReaders,
    ForeignFolder,
}

impl Hindrance {
    pub(crate) fn words(self) -> Words {
        let (ja, en) = match self {
            Self::Deleted => ("項目が削除されています", "it was deleted"),
            Self::OtherReaders => (
                "閲覧者がフォルダーと一致しません",
                "its readers are not those of the folder",
            ),
            Self::ForeignFolder => (
                "このアプリのものではないフォルダーにあります",
                "it lies in a folder that is not ours",
            ),
        };
        Words {
            ja: ja.to_owned(),
            en: en.to_owned(),
        }
    }
}

/// Notes that the application is left as it is.
pub(super) async fn leave(
    tx: &mut Tx,
    id: &ApplicationId,
    why: Hindrance,
    now: Timestamp,
) -> Result<(), StoreError> {
    let document = Document {
        name: id.to_string(),
        body: json!({ "why": why }),
        at: now,
    };
    tx.put(Shelf::Unfoldable, &document).await
}

/// Those that were left of late.
pub(super) async fn left(tx: &mut Tx, now: Timestamp) -> Result<BTreeSet<ApplicationId>, StoreError> {
    let late = documents(tx, now).await?.into_iter();
    Ok(late.map(|document| ApplicationId::new(document.name)).collect())
}

async fn documents(tx: &mut Tx, now: Timestamp) -> Result<Vec<Document>, StoreError> {
    let mut all = tx.shelf(Shelf::Unfoldable).await?;
    all.retain(|document| now.duration_since(document.at) < TRIED_AGAIN_AFTER);
    Ok(all)
}

/// The same for people: the application's number, and why.
pub(crate) async fn unfolded(service: &Service) -> Result<Vec<(String, Hindrance)>, JobError> {
    let now = service.now();
    transaction!(service.store.read(&service.tenant), tx => {
        let mut told = Vec::new();
        for document in documents(tx, now).await? {
            let why = serde_json::from_value(document.body["why"].clone());
            let why = why.map_err(|error| JobError::unreadable("why an item is not folded", &error))?;
            let row = tx.application(&ApplicationId::new(document.name.as_str())).await?;
            told.push((row.map_or(document.name, |row| row.number), why));
        }
        Ok(told)
    })
}
