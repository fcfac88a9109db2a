//! The accounts of all clients, and the gate that they make.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use super::account::{Account, Usage, Window};
use super::gate::{Admission, RateLimit, Refusal};
use super::limits::UnitLimits;
use crate::call::Call;
use crate::caller::{Caller, Channel};
use crate::directory::{AppId, ObjectId};

/// Requests of one person in five minutes, whatever he uses (Microsoft: "Avoid getting throttled or blocked in SharePoint
/// Online").
const REQUESTS_OF_A_PERSON: u64 = 3_000;

/// Clients by app; `None` = people in their browsers, whom no app's limit holds.
#[derive(Debug, Default)]
pub struct Meter(Mutex<Accounts>);

#[derive(Debug)]
struct Accounts {
    clients: BTreeMap<Option<AppId>, Account>,
    tenant: Window,
    /// Requests of people.
    people: BTreeMap<ObjectId, Window>,
    /// Requests under way: whose they are, and the further round trips they took.
    open: BTreeMap<Uuid, (Option<AppId>, u32)>,
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            clients: BTreeMap::new(),
            tenant: Window::minutes(5),
            people: BTreeMap::new(),
            open: BTreeMap::new(),
        }
    }
}

impl Accounts {
    /// Counts a person's request; how long he has to stay away when he made too many before.
    fn too_often(&mut self, caller: &Caller, now: Timestamp) -> Option<u64> {
        let Caller::Person(person) = caller else {
            return None;
        };
        let window = self.people.entry(person.person);
        let window = window.or_insert_with(|| Window::minutes(5));
        let before = window.used(now);
        window.add(1);
        (before >= REQUESTS_OF_A_PERSON).then(|| window.reset(now))
    }
}

fn client(caller: &Caller) -> Option<AppId> {
    match caller {
        Caller::App(app) => Some(app.app_id),
        Caller::Person(person) => match &person.channel {
            Channel::Token { app_id, .. } => Some(*app_id),
            Channel::Cookie => None,
        },
    }
}

impl Meter {
    fn accounts(&self) -> MutexGuard<'_, Accounts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Charges a call, and lets it in or not. Refused calls count as the others.
    ///
    /// # Errors
    /// The client is blocked or had used up a budget before.
    pub fn admit(
        &self,
        caller: &Caller,
        call: &Call,
        limits: Option<UnitLimits>,
        now: Timestamp,
    ) -> Result<Admission, Refusal> {
        let units = u64::from(super::cost::of_call(call));
        let client = client(caller);
        let mut accounts = self.accounts();
        let too_often = accounts.too_often(caller, now);
        let Accounts {
            clients,
            tenant,
            open,
            ..
        } = &mut *accounts;
        let account = clients.entry(client).or_default();
        let before = (account.minute.used(now), account.day.used(now), tenant.used(now));
        account.charge(units);
        tenant.add(units);
        account.usage.requests += 1;
        account.usage.bytes_received += call.body.len() as u64;
        account.usage.writes += u64::from(!call.method.is_safe());
        let verdict = match (limits, too_often) {
            _ if account.blocked => Err(Refusal::Blocked),
            (None, _) => Ok(Admission(None)),
            (Some(_), Some(retry_after)) => Err(Refusal::Throttled {
                retry_after,
                rate_limit: None,
            }),
            (Some(_), None) if client.is_none() => Ok(Admission(None)),
            (Some(limits), None) => judge(account, *tenant, before, limits, now),
        };
        match verdict {
            Ok(_) => {
                open.insert(call.request_id, (client, 0));
            }
            Err(_) => account.usage.refused += 1,
        }
        verdict
    }

    /// Notes further round trips of one operation of a request that is under way.
    pub fn took_round_trips(&self, request: Uuid, more: u32) {
        if more > 0
            && let Some((_, round_trips)) = self.accounts().open.get_mut(&request)
        {
            *round_trips = round_trips.saturating_add(more);
        }
    }

    /// Closes a request; answers the further round trips that it took.
    pub fn settle(&self, request: Uuid, bytes_sent: usize) -> u32 {
        let mut accounts = self.accounts();
        let Some((client, round_trips)) = accounts.open.remove(&request) else {
            return 0;
        };
        accounts.tenant.add(u64::from(round_trips));
        let account = accounts.clients.entry(client).or_default();
        account.charge(u64::from(round_trips));
        account.usage.bytes_sent += bytes_sent as u64;
        round_trips
    }

    /// What every app has used; `None` = people in their browsers.
    pub fn usage(&self) -> BTreeMap<Option<AppId>, Usage> {
        let accounts = self.accounts();
        let all = accounts.clients.iter();
        all.map(|(client, account)| (*client, account.usage)).collect()
    }

    /// Sets all counters and windows back; who is blocked stays so.
    pub fn reset(&self) {
        let mut accounts = self.accounts();
        accounts.tenant = Accounts::default().tenant;
        accounts.people.clear();
        for account in accounts.clients.values_mut() {
            *account = Account {
                blocked: account.blocked,
                ..Account::default()
            };
        }
    }

    /// Blocks an app, or lets it in again.
    pub fn block(&self, app: AppId, blocked: bool) {
        self.accounts().clients.entry(Some(app)).or_default().blocked = blocked;
    }
}

fn judge(
    account: &Account,
    tenant: Window,
    (minute, day, five_minutes): (u64, u64, u64),
    limits: UnitLimits,
    now: Timestamp,
) -> Result<Admission, Refusal> {
    let used = account.minute.so_far();
    let rate_limit = RateLimit {
        limit: limits.minute,
        remaining: limits.minute.saturating_sub(used),
        reset: account.minute.reset(now),
    };
    let other = |window: Window| Refusal::Throttled {
        retry_after: window.reset(now),
        rate_limit: None,
    };
    if minute >= limits.minute {
        return Err(Refusal::Throttled {
            retry_after: rate_limit.reset,
            rate_limit: Some(rate_limit),
        });
    }
    if day >= limits.day {
        return Err(other(account.day));
    }
    if five_minutes >= limits.tenant_five_minutes {
        return Err(other(tenant));
    }
    // Four fifths of the minute: from there on every answer tells.
    let near = used.saturating_mul(5) >= limits.minute.saturating_mul(4);
    Ok(Admission(near.then_some(rate_limit)))
}
