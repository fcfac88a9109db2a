//! When what applications gave until a day ends.

use jiff::Timestamp;
use store::{Document, Shelf, StoreError, Tx};

use crate::cases::Case;

/// As long as the end is ahead.
pub(crate) async fn keep(tx: &mut Tx, case: &Case, now: Timestamp) -> Result<(), StoreError> {
    let (application, number) = (&case.application, &case.application.number);
    match application.expiry_ahead() {
        Some(expiry) => {
            let document = Document {
                name: number.clone(),
                body: expiry.at.to_string().into(),
                at: now,
            };
            tx.put(Shelf::Expiry, &document).await
        }
        None if application.expiry.is_some() => tx.remove(Shelf::Expiry, number).await,
        None => Ok(()),
    }
}

/// Numbers of applications with their ends.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let kept = tx.shelf(Shelf::Expiry).await?.into_iter();
    let read = kept.filter_map(|kept| Some((kept.name.clone(), kept.body.as_str()?.parse().ok()?)));
    Ok(read.collect())
}
