//! The running tenant: state behind one lock, and what stands beside it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::classic::Spfx;
use crate::clock::Clock;
use crate::directory::{Directory, ObjectId};
use crate::entra::{SigningKey, SpentCodes};
use crate::exchange::Exchange;
use crate::graph;
use crate::ledger::{Effect, Ledger};
use crate::sharepoint::SharePoint;
use crate::sharepoint::farm::Farm;
use crate::sharepoint::metering::Meter;
use crate::switches::Switches;

/// The names by which the tenant is known. `domain` is the initial domain, e.g. `contoso.onmicrosoft.com`;
/// `name` gives the SharePoint hosts `{name}.sharepoint.com` and `{name}-admin.sharepoint.com`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TenantNames {
    pub id: Uuid,
    pub name: String,
    pub domain: String,
    pub display_name: String,
}

/// What is there and can be dumped.
#[derive(Debug)]
pub struct Tenant {
    pub directory: Directory,
    pub sharepoint: SharePoint,
    pub mailboxes: crate::graph::Mailboxes,
    pub exchange: Exchange,
    pub ledger: Ledger,
    pub switches: Switches,
    pub ids: Ids,
}

/// The source of identifiers and of every other random choice: one seed, one tenant.
#[derive(Debug)]
pub struct Ids(fastrand::Rng);

impl Ids {
    pub fn seeded(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    pub fn uuid(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(self.0.u128(..).to_be_bytes()).into_uuid()
    }

    pub fn object_id(&mut self) -> ObjectId {
        ObjectId(self.uuid())
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0.u64(..bound.max(1))
    }

    /// True so many times in a hundred; 0 costs no throw of the dice.
    pub fn chance(&mut self, percent: u8) -> bool {
        percent > 0 && self.below(100) < u64::from(percent)
    }
}

impl Tenant {
    /// Notes an effect in the ledger; see [`Effect::key`] for the form of `key`.
    pub fn record(&mut self, at: Timestamp, request_id: Uuid, who: &str, key: String) {
        self.ledger.effects.push(Effect {
            at,
            request_id,
            who: who.to_owned(),
            key,
        });
    }
}

#[derive(Debug)]
pub struct World {
    pub names: TenantNames,
    pub clock: Clock,
    tenant: Mutex<Tenant>,
    signing_key: Option<SigningKey>,
    /// The company's SharePoint Server, where it has one.
    farm: Option<Farm>,
    /// What the home page hosts.
    pub(crate) spfx: Spfx,
    pub(crate) spent_codes: SpentCodes,
    /// Resource units, requests and bytes of SharePoint.
    pub meter: Meter,
    /// What apps have spent of Microsoft Graph.
    pub graph_meter: graph::metering::Meter,
}

impl World {
    pub fn new(names: TenantNames, tenant: Tenant) -> Self {
        Self {
            names,
            clock: Clock::default(),
            tenant: Mutex::new(tenant),
            signing_key: None,
            farm: None,
            spfx: Spfx::default(),
            spent_codes: SpentCodes::default(),
            meter: Meter::default(),
            graph_meter: graph::metering::Meter::default(),
        }
    }

    /// The same world, able to issue and verify tokens.
    #[must_use]
    pub fn signing_with(mut self, key: SigningKey) -> Self {
        self.signing_key = Some(key);
        self
    }

    /// The same world with web parts on its home page, and what they ask for approved.
    #[must_use]
    pub fn hosting(mut self, spfx: Spfx) -> Self {
        spfx.approve(&mut self.tenant().directory);
        self.spfx = spfx;
        self
    }

    /// The same world with a farm, whose sites lie among the tenant's.
    #[must_use]
    pub fn beside(mut self, farm: Farm) -> Self {
        self.farm = Some(farm);
        self
    }

    pub fn farm(&self) -> Option<&Farm> {
        self.farm.as_ref()
    }

    /// `None` in a world that issues no tokens; it then believes none.
    pub fn signing_key(&self) -> Option<&SigningKey> {
        self.signing_key.as_ref()
    }

    /// Locks the state. Hold it for one operation, not for a whole batch: other callers see what lies between.
    pub fn tenant(&self) -> MutexGuard<'_, Tenant> {
        self.tenant.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
