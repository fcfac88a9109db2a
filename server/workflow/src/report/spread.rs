//! How long many things took, in three figures.

/// Seconds. A percentile is the smallest of the times that so many of the hundred do not exceed (nearest rank).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub p50: u32,
    pub p90: u32,
    pub longest: u32,
}

impl Spread {
    /// None: there are none.
    pub fn of(mut seconds: Vec<u32>) -> Option<Self> {
        seconds.sort_unstable();
        let longest = *seconds.last()?;
        let rank = |percent: usize| (seconds.len() * percent).div_ceil(100).saturating_sub(1);
        Some(Self {
            p50: *seconds.get(rank(50))?,
            p90: *seconds.get(rank(90))?,
            longest,
        })
    }
}
