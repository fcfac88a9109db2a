//! Resource units: what a call costs, what a tenant grants, and how much of it is background work's.

use std::num::NonZeroU32;

use jiff::{SignedDuration, Timestamp};

use super::door::Door;
use super::window::Window;
use crate::Priority;

/// "CSOM and REST don't have a predetermined resource unit cost": Graph's figures are taken for both. All
/// figures of this file but Graph's: "Avoid getting throttled or blocked in SharePoint Online", 2025-10.
pub(crate) mod units {
    /// A read of one object or one page.
    pub(crate) const READ: u32 = 1;
    /// Creating, changing, deleting.
    pub(crate) const WRITE: u32 = 2;
    /// Anything about permissions, reading them included.
    pub(crate) const PERMISSION: u32 = 5;
}

/// Licences up to which a row of [`SHAREPOINT`] counts, then units a minute and units a day.
const SHAREPOINT: [(u64, u64, u64); 5] = [
    (1_000, 1_250, 1_200_000),
    (5_000, 2_500, 2_400_000),
    (15_000, 3_750, 3_600_000),
    (50_000, 5_000, 4_800_000),
    (u64::MAX, 6_250, 6_000_000),
];
/// Users up to which a row of [`GRAPH`] counts, then units in ten seconds ("Microsoft Graph service-specific
/// throttling limits", identity and access).
const GRAPH: [(u64, u64); 3] = [(50, 3_500), (500, 5_000), (u64::MAX, 8_000)];

/// Requests of one app to one mailbox, whatever they cost ("Microsoft Graph service-specific throttling limits", Outlook).
const MAILBOX: (u64, SignedDuration) = (10_000, SignedDuration::from_mins(10));

/// Background work leaves the last quarter to people; SharePoint begins to warn at 80 % of use.
const BACKGROUND_SHARE: (u64, u64) = (3, 4);

/// The windows of one service and what may be spent in each.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    door: Door,
    licences: u64,
    /// Instances that spend the same budget, this one included; each takes an equal part.
    sharers: NonZeroU32,
    windows: Vec<(Window, u64)>,
}

impl Budget {
    /// That of the smallest tenant.
    pub(super) fn of(door: Door) -> Self {
        let window = |span| (Window::new(span), 0);
        let windows = match door {
            // Entra publishes no figure for tokens, Exchange none for cmdlets: its answers tell what is left.
            Door::Login | Door::Exchange => Vec::new(),
            Door::Directory => vec![window(SignedDuration::from_secs(10))],
            Door::Mailbox => vec![window(MAILBOX.1)],
            Door::SharePoint => vec![
                window(SignedDuration::from_mins(1)),
                window(SignedDuration::from_hours(24)),
            ],
        };
        let mut budget = Self {
            door,
            licences: 0,
            sharers: NonZeroU32::MIN,
            windows,
        };
        budget.limit();
        budget
    }

    /// Takes the row of the tables for a tenant with so many licences. What was spent stays spent.
    pub(super) fn set_licences(&mut self, licences: u64) {
        self.licences = licences;
        self.limit();
    }

    /// Leaves the others their equal parts. What was spent stays spent.
    pub(super) fn set_sharers(&mut self, sharers: NonZeroU32) {
        self.sharers = sharers;
        self.limit();
    }

    fn limit(&mut self) {
        let sharers = u64::from(self.sharers.get());
        for (window, limit) in self.windows.iter_mut().zip(granted(self.door, self.licences)) {
            window.1 = limit / sharers;
        }
    }

    /// Spends, or says when there will be room. A call that is larger than its share goes alone.
    pub(super) fn spend(&mut self, priority: Priority, units: u32, now: Timestamp) -> Result<(), Timestamp> {
        let units = u64::from(units);
        let mut room = now;
        for (window, limit) in &mut self.windows {
            let at_most = share(priority, *limit).saturating_sub(units);
            room = room.max(window.falls_to(at_most, now));
        }
        if room > now {
            return Err(room);
        }
        for (window, _) in &mut self.windows {
            window.spend(units, now);
        }
        Ok(())
    }

    /// What background work may spend in the shortest window, and how long that is.
    pub(super) fn background_rate(&self) -> Option<(u64, SignedDuration)> {
        let span = match self.door {
            Door::Login | Door::Exchange => return None,
            Door::Directory => SignedDuration::from_secs(10),
            Door::Mailbox => MAILBOX.1,
            Door::SharePoint => SignedDuration::from_mins(1),
        };
        let (_, limit) = self.windows.first()?;
        Some((share(Priority::Background, *limit), span))
    }
}

/// What the tables grant a tenant with so many licences, window by window.
fn granted(door: Door, licences: u64) -> Vec<u64> {
    match door {
        Door::Login | Door::Exchange => Vec::new(),
        Door::Mailbox => vec![MAILBOX.0],
        Door::Directory => {
            let row = GRAPH.iter().find(|row| licences < row.0);
            row.map(|row| vec![row.1]).unwrap_or_default()
        }
        Door::SharePoint => {
            let row = SHAREPOINT.iter().find(|row| licences <= row.0);
            row.map(|row| vec![row.1, row.2]).unwrap_or_default()
        }
    }
}

fn share(priority: Priority, limit: u64) -> u64 {
    match priority {
        Priority::People => limit,
        Priority::Background => limit * BACKGROUND_SHARE.0 / BACKGROUND_SHARE.1,
    }
}

#[cfg(test)]
mod tests;
