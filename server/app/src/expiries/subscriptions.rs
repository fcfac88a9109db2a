//! When our subscriptions to changes of lists end, as SharePoint last said.

use jiff::Timestamp;
use store::{Document, Shelf, StoreError, Tx, transaction};

use crate::service::Service;

/// Before the list's address, among the settings.
const PREFIX: &str = "subscription:";

pub(crate) async fn keep(service: &Service, list: &str, ends: Timestamp) -> Result<(), StoreError> {
    let document = Document {
        name: format!("{PREFIX}{list}"),
        body: ends.to_string().into(),
        at: service.now(),
    };
    transaction!(service.store.write(&service.tenant), tx => tx.put(Shelf::Setting, &document).await)
}

/// Each list's address with the end of its subscription.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let settings = tx.shelf(Shelf::Setting).await?.into_iter();
    let read = settings.filter_map(|setting| {
        let list = setting.name.strip_prefix(PREFIX)?.to_owned();
        Some((list, setting.body.as_str()?.parse().ok()?))
    });
    Ok(read.collect())
}
