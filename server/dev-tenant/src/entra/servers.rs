//! Entra is many servers, which learn of a credential at different moments, and as late that it is gone.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::directory::{App, AppCertificate, AppSecret};
use crate::registration::FederatedCredential;
use crate::world::{Ids, World};

const SERVERS: u64 = 4;

/// A server, and how far it lies behind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Server {
    behind: SignedDuration,
}

impl Server {
    /// Where the change is made.
    pub(crate) const FIRST: Self = Self {
        behind: SignedDuration::ZERO,
    };

    /// The server that a call happens to reach; the last one learns after `lag` seconds.
    pub(crate) fn any(ids: &mut Ids, lag: u32) -> Self {
        if lag == 0 {
            return Self::FIRST;
        }
        let nth = 1 + ids.below(SERVERS);
        let millis = u64::from(lag) * 1000 * nth / SERVERS;
        Self {
            behind: SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX)),
        }
    }

    /// The server that is asked for a token.
    pub(super) fn of_tokens(world: &World) -> Self {
        let mut tenant = world.tenant();
        let lag = tenant.switches.entra.credential_lag_seconds;
        Self::any(&mut tenant.ids, lag)
    }

    pub(crate) fn certificates(self, app: &App, now: Timestamp) -> impl Iterator<Item = &AppCertificate> {
        let all = app.certificates.iter();
        all.filter(move |held| self.knows(app, held.key_id, held.removed, now))
    }

    pub(crate) fn secrets(self, app: &App, now: Timestamp) -> impl Iterator<Item = &AppSecret> {
        let all = app.secrets.iter();
        all.filter(move |held| self.knows(app, held.key_id, held.removed, now))
    }

    pub(crate) fn federated(self, app: &App, now: Timestamp) -> impl Iterator<Item = &FederatedCredential> {
        let all = app.registration.federated.iter();
        all.filter(move |held| self.knows(app, held.id, held.removed, now))
    }

    fn knows(self, app: &App, key: Uuid, removed: bool, now: Timestamp) -> bool {
        let has_reached = |at: Timestamp| at.saturating_add(self.behind).unwrap_or(Timestamp::MAX) <= now;
        let record = app.registration.records.get(&key);
        let known = record.is_none_or(|record| has_reached(record.added));
        let gone = record
            .and_then(|record| record.removed)
            .map_or(removed, has_reached);
        known && !gone
    }
}
