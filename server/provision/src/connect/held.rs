//! Whether an object of Exchange that we make is there already, or its address is somebody else's.

use m365::Result;
use m365::exchange::Exchange;

use super::Next;
use crate::Failure;

/// Ours, and whether somebody else holds its address; looked for only while ours is not found.
pub(super) struct Held<T> {
    pub(super) ours: Option<T>,
    pub(super) is_taken: bool,
    /// Somewhere in Exchange ours is known already.
    pub(super) is_coming: bool,
}

impl<T> Held<T> {
    /// `ours`: what answers to the key; `name`: the one that only what we make bears.
    pub(super) async fn look(
        exchange: &Exchange,
        ours: Option<T>,
        name: &str,
        address: &str,
    ) -> Result<Self> {
        let there = match ours {
            Some(_) => Vec::new(),
            None => exchange.recipients_at(&[address]).await?,
        };
        Ok(Self {
            ours,
            is_taken: there.iter().any(|recipient| recipient.name != name),
            is_coming: there.iter().any(|recipient| recipient.name == name),
        })
    }

    pub(super) fn next(&self) -> Next<()> {
        match &self.ours {
            Some(_) => Next::Nothing,
            None if self.is_taken => Next::Refuse(Failure::NameTaken),
            None if self.is_coming => Next::Wait,
            None => Next::Write(()),
        }
    }
}
