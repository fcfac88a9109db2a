//! The queue of notifications: read once a minute, grouped, retried, silent after failures.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::sharepoint::state::ids::SiteId;
use crate::sharepoint::state::site::Site;
use crate::sharepoint::state::subscription::Subscription;
use crate::world::{Ids, Tenant, TenantNames};

/// Pause between attempts (Microsoft: "Overview of SharePoint webhooks", retry mechanism).
const RETRY: SignedDuration = SignedDuration::from_mins(5);
/// Attempts before a notification is dropped (same page).
const ATTEMPTS: u32 = 5;
/// Growing silence after dropped notifications, in hours, as field reports tell; undocumented.
const PROBATION: [i64; 6] = [1, 2, 5, 13, 28, 57];

/// Out of a hundred, how many stay behind where the order is not kept.
const HELD_BACK_PERCENT: u8 = 30;

/// One notification on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub site: SiteId,
    pub subscription: Uuid,
    pub url: String,
    pub body: Value,
    /// 2 when the switch doubles this one, else 1.
    pub copies: u8,
}

/// Takes what is due at `now`; each delivery must be [`settle`]d. A lost one is taken and never delivered.
pub fn take_due_deliveries(tenant: &mut Tenant, names: &TenantNames, now: Timestamp) -> Vec<Delivery> {
    let switches = tenant.switches;
    let Tenant { sharepoint, ids, .. } = tenant;
    let mut due = Vec::new();
    for site in &mut sharepoint.sites {
        let ready: Vec<Uuid> = site
            .subscriptions
            .values()
            .filter(|subscription| is_due(subscription, switches.webhook_delay_seconds, now))
            .map(|subscription| subscription.id)
            .collect();
        for id in ready {
            if switches.webhook_out_of_order && chance(ids, HELD_BACK_PERCENT) {
                hold_back(site, id, now);
                continue;
            }
            let Some(delivery) = take(site, id, names) else {
                continue;
            };
            if chance(ids, switches.webhook_lost_percent) {
                continue;
            }
            let copies = 1 + u8::from(chance(ids, switches.webhook_doubled_percent));
            due.push(Delivery { copies, ..delivery });
        }
    }
    if switches.webhook_out_of_order {
        shuffle(ids, &mut due);
    }
    due
}

/// The next reading of the queue finds it due again.
fn hold_back(site: &mut Site, id: Uuid, now: Timestamp) {
    if let Some(subscription) = site.subscriptions.get_mut(&id) {
        subscription.pending_since = Some(now);
    }
}

fn shuffle(ids: &mut Ids, due: &mut [Delivery]) {
    for last in (1..due.len()).rev() {
        let other = usize::try_from(ids.below(last as u64 + 1)).unwrap_or(last);
        due.swap(last, other);
    }
}

fn is_due(subscription: &Subscription, delay: u32, now: Timestamp) -> bool {
    let waited = |since: Timestamp| now.duration_since(since) >= SignedDuration::from_secs(i64::from(delay));
    subscription.expires > now
        && subscription.pending_since.is_some_and(waited)
        && subscription.silent_until.is_none_or(|until| until <= now)
}

fn chance(ids: &mut Ids, percent: u8) -> bool {
    percent > 0 && ids.below(100) < u64::from(percent)
}

fn take(site: &mut Site, id: Uuid, names: &TenantNames) -> Option<Delivery> {
    let (site_id, web, path) = (site.id, site.web_id, site.path.clone());
    let subscription = site.subscriptions.get_mut(&id)?;
    subscription.pending_since = None;
    Some(Delivery {
        site: site_id,
        subscription: id,
        url: subscription.notification_url.clone(),
        body: json!({"value": [{
            "subscriptionId": id,
            "clientState": subscription.client_state,
            "expirationDateTime": subscription.expires.strftime("%Y-%m-%dT%H:%M:%S.%7fZ").to_string(),
            "resource": subscription.list,
            "tenantId": names.id,
            "siteUrl": path,
            "webId": web,
        }]}),
        copies: 1,
    })
}

/// Notes how a delivery ended: any answer but 2xx within five seconds is a failure.
pub fn settle(tenant: &mut Tenant, delivery: &Delivery, delivered: bool, now: Timestamp) {
    let site = tenant
        .sharepoint
        .sites
        .iter_mut()
        .find(|site| site.id == delivery.site);
    let Some(subscription) = site.and_then(|site| site.subscriptions.get_mut(&delivery.subscription)) else {
        return;
    };
    if delivered {
        subscription.failures = 0;
        subscription.silent_until = None;
        return;
    }
    subscription.failures += 1;
    let dropped = subscription.failures.is_multiple_of(ATTEMPTS);
    let pause = if dropped {
        let round = (subscription.failures / ATTEMPTS) as usize - 1;
        SignedDuration::from_hours(PROBATION[round.min(PROBATION.len() - 1)])
    } else {
        subscription.pending_since.get_or_insert(now);
        RETRY
    };
    subscription.silent_until = now.checked_add(pause).ok();
}
