//! What every app has spent, and the gate that this makes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use super::cost::{self, Bill};
use super::limits::{GraphLimits, MAILBOX_SPAN, UNITS_SPAN, WRITES_SPAN};
use super::window::Window;
use crate::call::{Call, Reply};
use crate::directory::AppId;

#[derive(Debug, Default)]
pub struct Meter(Mutex<BTreeMap<AppId, Account>>);

#[derive(Debug)]
struct Account {
    units: Window,
    writes: Window,
    mailboxes: BTreeMap<String, Mailbox>,
}

#[derive(Debug)]
struct Mailbox {
    calls: Window,
    /// Requests under way.
    open: BTreeSet<Uuid>,
}

/// Too much was spent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Seconds.
    pub retry_after: i64,
    cause: Cause,
    app: AppId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Units,
    Writes,
    Mailbox,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            units: Window::over(UNITS_SPAN),
            writes: Window::over(WRITES_SPAN),
            mailboxes: BTreeMap::new(),
        }
    }
}

impl Default for Mailbox {
    fn default() -> Self {
        Self {
            calls: Window::over(MAILBOX_SPAN),
            open: BTreeSet::new(),
        }
    }
}

impl Meter {
    fn accounts(&self) -> MutexGuard<'_, BTreeMap<AppId, Account>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Charges an operation, and lets it in or not. Refused ones count as the others.
    ///
    /// # Errors
    /// The app had used up a budget before.
    pub fn admit(&self, app: AppId, call: &Call, limits: GraphLimits, now: Timestamp) -> Result<(), Refusal> {
        let mut accounts = self.accounts();
        let account = accounts.entry(app).or_default();
        let refused = match cost::of(call) {
            Bill::Free => None,
            Bill::Directory { units, writes } => account.directory((units, writes), limits, now),
            Bill::Mailbox(address) => {
                let mailbox = account.mailboxes.entry(address).or_default();
                mailbox.call(call.request_id, limits, now)
            }
        };
        let refusal = refused.map(|(cause, retry_after)| Refusal {
            retry_after,
            cause,
            app,
        });
        refusal.map_or(Ok(()), Err)
    }

    /// A request has its answer.
    pub fn settle(&self, request: Uuid) {
        let mut accounts = self.accounts();
        let mailboxes = accounts
            .values_mut()
            .flat_map(|account| account.mailboxes.values_mut());
        mailboxes.for_each(|mailbox| {
            mailbox.open.remove(&request);
        });
    }
}

impl Account {
    fn directory(
        &mut self,
        (units, writes): (u64, bool),
        limits: GraphLimits,
        now: Timestamp,
    ) -> Option<(Cause, i64)> {
        let is_spent = self.units.sum(now) >= limits.units;
        let is_written = writes && self.writes.sum(now) >= limits.writes;
        self.units.spend(units, now);
        if writes {
            self.writes.spend(1, now);
        }
        if is_written {
            return Some((Cause::Writes, self.writes.frees(limits.writes, now)));
        }
        is_spent.then(|| (Cause::Units, self.units.frees(limits.units, now)))
    }
}

impl Mailbox {
    fn call(&mut self, request: Uuid, limits: GraphLimits, now: Timestamp) -> Option<(Cause, i64)> {
        let is_spent = self.calls.sum(now) >= limits.mailbox;
        let is_crowded = !self.open.contains(&request) && self.open.len() >= limits.mailbox_at_once;
        self.calls.spend(1, now);
        if is_spent {
            return Some((Cause::Mailbox, self.calls.frees(limits.mailbox, now)));
        }
        if is_crowded {
            return Some((Cause::Mailbox, 1));
        }
        self.open.insert(request);
        None
    }
}

impl Refusal {
    /// The 429 with what it tells about the budget.
    #[must_use]
    pub fn told(self, reply: Reply, tenant: Uuid) -> Reply {
        let (kind, information) = match self.cause {
            Cause::Units => ("ReadWrite", "ResourceUnitLimitExceeded"),
            Cause::Writes => ("Write", "WriteLimitExceeded"),
            // Outlook tells nothing more.
            Cause::Mailbox => return reply,
        };
        let scope = format!("Tenant_Application/{kind}/{}/{tenant}", self.app.0);
        reply
            .with("x-ms-throttle-scope", scope)
            .with("x-ms-throttle-information", information)
    }
}
