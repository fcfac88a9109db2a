//! Webhook subscriptions of a list. Only the client that made one may read or change it.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::fault::{Fault, INVALID_OPERATION};
use super::principal::PrincipalKind;
use super::session::Session;
use crate::caller::Channel;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::subscription::{Subscription, SubscriptionOwner};

/// The furthest expiry (Microsoft: "Overview of SharePoint webhooks").
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 180);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubscription {
    pub notification_url: String,
    pub client_state: Option<String>,
    /// `None` = the longest.
    pub expires: Option<Timestamp>,
}

fn owner(session: &Session<'_>) -> SubscriptionOwner {
    match &session.principal.kind {
        PrincipalKind::App { app, .. } => SubscriptionOwner::App(*app),
        PrincipalKind::Person {
            through: Channel::Token { app_id, .. },
            ..
        } => SubscriptionOwner::App(*app_id),
        PrincipalKind::Person {
            person,
            through: Channel::Cookie,
        } => SubscriptionOwner::Person(*person),
    }
}

pub fn visible<'a>(session: &'a Session<'_>, list: ListId) -> Result<Vec<&'a Subscription>, Fault> {
    require(session, list)?;
    let (all, mine) = (session.site().subscriptions.values(), owner(session));
    let alive = all.filter(|subscription| subscription.expires > session.at);
    Ok(alive
        .filter(|found| found.list == list && found.creator == mine)
        .collect())
}

pub fn find<'a>(session: &'a Session<'_>, list: ListId, id: Uuid) -> Result<&'a Subscription, Fault> {
    let found = visible(session, list)?
        .into_iter()
        .find(|subscription| subscription.id == id);
    found.ok_or_else(|| {
        Fault::new(
            404,
            -2_147_024_809,
            super::fault::ARGUMENT,
            "The specified subscription does not exist.",
        )
    })
}

fn require(session: &Session<'_>, list: ListId) -> Result<(), Fault> {
    session.require_list(session.list(list)?, BasePermissions::EDIT_LIST_ITEMS)
}

/// Checks a subscription before its address is asked to answer.
///
/// # Errors
/// 403 without the right to edit the list, 400 for an expiry or an address that is not allowed.
pub fn check(session: &Session<'_>, list: ListId, new: &NewSubscription) -> Result<(), Fault> {
    require(session, list)?;
    let furthest = session.at.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
    if new
        .expires
        .is_some_and(|expires| expires > furthest || expires <= session.at)
    {
        return Err(Fault::new(
            400,
            -2_147_024_809,
            super::fault::ARGUMENT,
            "The expirationDateTime must be in the future and within 180 days.",
        ));
    }
    let url = url::Url::parse(&new.notification_url).map_err(|_| unanswered(&new.notification_url))?;
    if url.scheme() == "https" && url.port_or_known_default() == Some(443) {
        Ok(())
    } else {
        Err(unanswered(&new.notification_url))
    }
}

/// The refusal when the address did not answer the validation token.
pub fn unanswered(url: &str) -> Fault {
    Fault::new(
        400,
        -1,
        INVALID_OPERATION,
        format!("Failed to validate the notification URL '{url}'."),
    )
}

/// Writes a subscription whose address has answered.
pub fn create(session: &mut Session<'_>, list: ListId, new: NewSubscription) -> Result<Uuid, Fault> {
    check(session, list, &new)?;
    let id = session.tenant.ids.uuid();
    let subscription = Subscription {
        id,
        list,
        notification_url: new.notification_url,
        client_state: new.client_state,
        expires: new
            .expires
            .unwrap_or_else(|| session.at.saturating_add(LONGEST).unwrap_or(Timestamp::MAX)),
        creator: owner(session),
        pending_since: None,
        failures: 0,
        silent_until: None,
    };
    let effect = format!("create-subscription:{}:{id}", session.list(list)?.name());
    session.site_mut().subscriptions.insert(id, subscription);
    session.record(&effect);
    Ok(id)
}

/// Changes expiry, address or state of the caller's own subscription.
pub fn update(session: &mut Session<'_>, list: ListId, id: Uuid, new: NewSubscription) -> Result<(), Fault> {
    find(session, list, id)?;
    check(session, list, &new)?;
    let effect = format!("update-subscription:{}:{id}", session.list(list)?.name());
    if let Some(subscription) = session.site_mut().subscriptions.get_mut(&id) {
        subscription.notification_url = new.notification_url;
        subscription.client_state = new.client_state;
        subscription.expires = new.expires.unwrap_or(subscription.expires);
    }
    session.record(&effect);
    Ok(())
}

pub fn delete(session: &mut Session<'_>, list: ListId, id: Uuid) -> Result<(), Fault> {
    find(session, list, id)?;
    session.site_mut().subscriptions.remove(&id);
    let effect = format!("delete-subscription:{}:{id}", session.list(list)?.name());
    session.record(&effect);
    Ok(())
}
