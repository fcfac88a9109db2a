//! How much there is ("Microsoft Graph service-specific throttling limits").

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Identity: resource units of an app in a tenant are counted over this time.
pub(super) const UNITS_SPAN: SignedDuration = SignedDuration::from_secs(10);
/// Identity: writes of an app in a tenant are counted over this time.
pub(super) const WRITES_SPAN: SignedDuration = SignedDuration::from_secs(150);
/// Outlook: requests of an app to a mailbox are counted over this time.
pub(super) const MAILBOX_SPAN: SignedDuration = SignedDuration::from_mins(10);

/// Users fewer than, units.
const UNITS: [(usize, u64); 2] = [(50, 3_500), (501, 5_000)];
const UNITS_OF_LARGE: u64 = 8_000;
const WRITES: u64 = 3_000;
const MAILBOX: u64 = 10_000;
const MAILBOX_AT_ONCE: usize = 4;

/// `"off"`, `"documented"`, or `{"limits":{"units":9,"writes":9,"mailbox":9,"mailboxAtOnce":9}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GraphBudgets {
    /// Nothing is counted.
    #[default]
    Off,
    /// Resource units by the number of users.
    Documented,
    /// Any other budgets, so that a test meets their end soon.
    Limits(GraphLimits),
}

/// Of one app in the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GraphLimits {
    /// In 10 seconds.
    pub units: u64,
    /// In 2 minutes 30 seconds.
    pub writes: u64,
    /// In 10 minutes, to one mailbox.
    pub mailbox: u64,
    /// Under way to one mailbox.
    pub mailbox_at_once: usize,
}

impl GraphBudgets {
    /// What holds in a tenant with so many users; `None`: no limit.
    pub(crate) fn limits(self, users: usize) -> Option<GraphLimits> {
        match self {
            Self::Off => None,
            Self::Limits(limits) => Some(limits),
            Self::Documented => {
                let row = UNITS.iter().find(|(below, _)| users < *below);
                Some(GraphLimits {
                    units: row.map_or(UNITS_OF_LARGE, |(_, units)| *units),
                    writes: WRITES,
                    mailbox: MAILBOX,
                    mailbox_at_once: MAILBOX_AT_ONCE,
                })
            }
        }
    }
}
