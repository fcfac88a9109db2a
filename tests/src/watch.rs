//! Waiting until the tenant shows something, while time runs and the product may be killed.

use std::time::Duration;

use dev_tenant::world::Tenant;
use jiff::SignedDuration;

use crate::house::{House, pause};
use crate::kills::Kills;

/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(5);
const LOOKS: u32 = 36_000;
/// A mailbox takes this many looks to send what one application tells, many times over.
const LOOKS_EACH: u32 = 100;
/// Time runs about ten times as fast as outside, and faster while the product calls hardly anybody: its pauses
/// cost little, and what it is at is done before its lease runs out.
const LEAP_EVERY: u32 = 20;
const LEAP: SignedDuration = SignedDuration::from_secs(1);
const IDLE_LEAP: SignedDuration = SignedDuration::from_secs(5);
const IDLE_CALLS: u64 = 2;
/// It calls nobody: all that it could do has to wait.
const WAITING_LEAP: SignedDuration = SignedDuration::from_secs(12);
/// Whoever calls without rest for more leaps than this has work to do; timers do not.
const BUSY: u32 = 5;
/// It called nobody for so many looks: what it is at waits for a short pause to end, or is no call.
const PAUSING: u32 = 5;
/// Nothing is written for so long, and the product does not read without rest: nothing is left to do. Longer than the product's first pauses.
const QUIET: u32 = 600;
/// The same while drafts lie in a mailbox: they are on their way, unless nobody comes for them.
const QUIET_OVER_DRAFTS: u32 = 6_000;

/// A house with its product, and the blows to come.
pub struct Watch {
    pub house: House,
    pub kills: Kills,
    /// Calls of the product when time leapt last.
    calls: u64,
    /// Calls of the product at the last look, and for how many looks there was none.
    still: (u64, u32),
    /// So many leaps long it has called without rest.
    busy: u32,
}

impl Watch {
    pub fn over(house: House) -> Self {
        Self {
            house,
            kills: Kills::default(),
            calls: 0,
            still: (0, 0),
            busy: 0,
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

    /// Until nobody has written anything for a while, nor the product read without rest.
    pub async fn quiet(&mut self) {
        self.quiet_after(1).await;
    }

    /// The same after the work of so many applications: their mails alone may take long.
    pub async fn quiet_after(&mut self, applications: usize) {
        let patience = u32::try_from(applications).unwrap_or(u32::MAX);
        let most = LOOKS.max(patience.saturating_mul(LOOKS_EACH));
        let (mut known, mut since) = (0, 0);
        for look in 1..=most {
            let effects = self.house.count_all_effects();
            if effects != known || self.busy > BUSY {
                (known, since) = (effects, look);
            }
            if look - since > self.patience() {
                return;
            }
            self.pass(look).await;
        }
        panic!("never quiet\n{}", self.house.log());
    }

    fn patience(&self) -> u32 {
        let tenant = self.house.world().tenant();
        let mut messages = tenant.mailboxes.messages.iter();
        if messages.any(|message| message.sent.is_none()) {
            QUIET_OVER_DRAFTS
        } else {
            QUIET
        }
    }

    /// A moment of time.
    pub async fn rest(&mut self) {
        for look in 1..=LEAP_EVERY {
            self.pass(look).await;
        }
    }

    async fn pass(&mut self, look: u32) {
        self.kills.strike(&mut self.house).await;
        let calls = self.house.count_calls();
        if look.is_multiple_of(LEAP_EVERY) {
            self.leap(calls);
        } else if self.is_pausing(calls) {
            self.house.tenant.advance(LEAP).expect("the clock moves");
        }
        pause(LOOK).await;
    }

    /// Every few looks during which the product called nobody.
    fn is_pausing(&mut self, calls: u64) -> bool {
        let (seen, looks) = self.still;
        let looks = if calls == seen { looks + 1 } else { 0 };
        self.still = (calls, looks);
        looks > 0 && looks.is_multiple_of(PAUSING)
    }

    fn leap(&mut self, calls: u64) {
        let leap = match calls - self.calls {
            0 => WAITING_LEAP,
            1..=IDLE_CALLS => IDLE_LEAP,
            _ => LEAP,
        };
        let is_busy = calls - self.calls > IDLE_CALLS;
        self.busy = if is_busy { self.busy + 1 } else { 0 };
        self.calls = calls;
        self.house.tenant.advance(leap).expect("the clock moves");
    }
}
