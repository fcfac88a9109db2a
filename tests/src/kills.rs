//! The hand that ends the product's process, at moments that a seed chooses.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

use dev_tenant::world::Ids;
use jiff::SignedDuration;

use crate::house::{House, pause};

/// From an effect to the blow, in milliseconds: the next request is under way, or its answer, or a transaction.
const LONGEST_BLOW: u64 = 60;
/// Longer than the lease of a job: whoever starts afterwards takes over at once.
const ABSENCE: SignedDuration = SignedDuration::from_secs(125);

/// After so many effects of the product in the tenant, and a little later.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub effects: usize,
    blow: Duration,
}

impl Moment {
    /// One while the number of effects lies in `range`.
    pub fn seeded(seed: u64, range: &Range<usize>) -> Self {
        Self::drawn(&mut Ids::seeded(seed), range)
    }

    fn drawn(ids: &mut Ids, range: &Range<usize>) -> Self {
        let mut below = |bound: usize| ids.below(u64::try_from(bound).unwrap_or(1));
        Self {
            effects: range.start + usize::try_from(below(range.len())).unwrap_or(0),
            blow: Duration::from_millis(below(usize::try_from(LONGEST_BLOW).unwrap_or(1))),
        }
    }

    pub async fn blow(self) {
        pause(self.blow).await;
    }
}

/// The blows to come, the earliest first.
#[derive(Debug, Default)]
pub struct Kills(VecDeque<Moment>);

impl Kills {
    /// So many moments while the number of effects lies in `range`.
    pub fn seeded(seed: u64, number: usize, range: &Range<usize>) -> Self {
        let mut ids = Ids::seeded(seed);
        let mut moments: Vec<_> = (0..number).map(|_| Moment::drawn(&mut ids, range)).collect();
        moments.sort_by_key(|moment| moment.effects);
        Self(moments.into())
    }

    pub fn left(&self) -> usize {
        self.0.len()
    }

    /// Strikes when the moment has come, and starts the product again.
    pub async fn strike(&mut self, house: &mut House) {
        let Some(moment) = self.0.front().copied() else {
            return;
        };
        if house.count_effects() < moment.effects {
            return;
        }
        self.0.pop_front();
        moment.blow().await;
        house.kill();
        house.tenant.advance(ABSENCE).expect("the clock moves");
        house.serve().await;
    }
}
