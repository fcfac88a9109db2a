//! Waiting until the tenant shows something, while time runs and the product may be killed.

use std::time::Duration;

use dev_tenant::world::Tenant;
use jiff::SignedDuration;

use crate::house::{House, pause};
use crate::kills::Kills;

/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(5);
const LOOKS: u32 = 18_000;
/// Time runs about ten times as fast as outside, and faster while the product calls hardly anybody: its pauses
/// cost little, and what it is at is done before its lease runs out.
const LEAP_EVERY: u32 = 20;
const LEAP: SignedDuration = SignedDuration::from_secs(1);
const IDLE_LEAP: SignedDuration = SignedDuration::from_secs(5);
const IDLE_CALLS: u64 = 2;
/// It calls nobody: all that it could do has to wait.
const WAITING_LEAP: SignedDuration = SignedDuration::from_secs(12);
/// Nothing is written for so long: nothing is left to do. Longer than the product's first pauses.
const QUIET: u32 = 600;

/// A house with its product, and the blows to come.
pub struct Watch {
    pub house: House,
    pub kills: Kills,
    /// Calls of the product when time leapt last.
    calls: u64,
}

impl Watch {
    pub fn over(house: House) -> Self {
        Self {
            house,
            kills: Kills::default(),
            calls: 0,
        }
    }

    pub async fn until(&mut self, what: &str, shown: impl Fn(&Tenant) -> bool) {
        for look in 1..=LOOKS {
            if shown(&self.house.world().tenant()) {
                return;
            }
            self.pass(look).await;
        }
        panic!("never: {what}\n{}", self.house.log());
    }

    /// Until nobody has written anything for a while.
    pub async fn quiet(&mut self) {
        let (mut known, mut since) = (0, 0);
        for look in 1..=LOOKS {
            let effects = self.house.count_all_effects();
            if effects != known {
                (known, since) = (effects, look);
            }
            if look - since > QUIET {
                return;
            }
            self.pass(look).await;
        }
        panic!("never quiet\n{}", self.house.log());
    }

    /// A moment of time.
    pub async fn rest(&mut self) {
        for look in 1..=LEAP_EVERY {
            self.pass(look).await;
        }
    }

    async fn pass(&mut self, look: u32) {
        self.kills.strike(&mut self.house).await;
        if look.is_multiple_of(LEAP_EVERY) {
            self.leap();
        }
        pause(LOOK).await;
    }

    fn leap(&mut self) {
        let calls = self.house.count_calls();
        let leap = match calls - self.calls {
            0 => WAITING_LEAP,
            1..=IDLE_CALLS => IDLE_LEAP,
            _ => LEAP,
        };
        self.calls = calls;
        self.house.tenant.advance(leap).expect("the clock moves");
    }
}
