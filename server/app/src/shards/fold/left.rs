//! Closed applications that keep their own scope for a cause that is theirs alone. The others are folded all the same.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{ApplicationId, Document, Shelf, StoreError, Tx};

/// A site's owner may have mended the cause by then, so it is tried again.
const TRIED_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Notes that the application is left as it is.
pub(super) async fn leave(
    tx: &mut Tx,
    id: &ApplicationId,
    why: &str,
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
    let all = tx.shelf(Shelf::Unfoldable).await?.into_iter();
    let late = all.filter(|document| now.duration_since(document.at) < TRIED_AGAIN_AFTER);
    Ok(late.map(|document| ApplicationId::new(document.name)).collect())
}
