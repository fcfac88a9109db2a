//! The calendar's link: whoever has it reads the calendar, for Outlook subscribes without signing in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use store::{Document, Shelf, StoreError, Tx, transaction};
use workflow::Hash;

use crate::jobs::JobError;
use crate::service::Service;

/// Relative to our public address, before the capability.
pub(crate) const PATH: &str = "/calendar";
const NAME: &str = "calendar-link";
/// As many as nobody can guess.
const BYTES: usize = 32;

/// A new link, told once: only its hash is kept. The one before it leads nowhere any more.
pub(crate) async fn renew(service: &Service) -> Result<String, JobError> {
    let mut random = [0; BYTES];
    openssl::rand::rand_bytes(&mut random)
        .map_err(|error| JobError::Stuck(format!("no randomness: {error}")))?;
    let capability = URL_SAFE_NO_PAD.encode(random);
    let kept = mark(&capability, service.now());
    let done: Result<(), StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.put(Shelf::Setting, &kept).await);
    done?;
    let base = service.config.server.public_url.as_str().trim_end_matches('/');
    Ok(format!("{base}{PATH}/{capability}.ics"))
}

/// Nobody reads the calendar by a link from now on. When the link that ended was made; `None`: there was none.
pub(crate) async fn end(service: &Service) -> Result<Option<Timestamp>, StoreError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let kept = tx.get(Shelf::Setting, NAME).await?;
        tx.remove(Shelf::Setting, NAME).await?;
        Ok(kept.map(|kept| kept.at))
    })
}

/// Whether this is the link that holds now.
pub(crate) async fn holds(tx: &mut Tx, capability: &str) -> Result<bool, StoreError> {
    let kept = tx.get(Shelf::Setting, NAME).await?;
    let (said, kept) = (hash(capability), kept.map(|kept| kept.body));
    let kept = kept.as_ref().and_then(|kept| kept.as_str()).unwrap_or_default();
    Ok(said.len() == kept.len() && openssl::memcmp::eq(said.as_bytes(), kept.as_bytes()))
}

fn mark(capability: &str, at: Timestamp) -> Document {
    Document {
        name: NAME.to_owned(),
        body: hash(capability).into(),
        at,
    }
}

fn hash(capability: &str) -> String {
    Hash::of(capability.as_bytes()).to_string()
}
