//! Authorization codes that were redeemed: each works once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Remembered for longer than any code lives.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

#[derive(Debug, Default)]
pub(crate) struct SpentCodes(Mutex<BTreeMap<Uuid, Timestamp>>);

impl SpentCodes {
    /// Whether this is the first time.
    pub(crate) fn spend(&self, id: Uuid, now: Timestamp) -> bool {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spent.retain(|_, at| now.duration_since(*at) < REMEMBERED);
        spent.insert(id, now).is_none()
    }
}
