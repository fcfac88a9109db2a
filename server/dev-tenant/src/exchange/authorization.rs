//! RBAC for Applications: what Exchange itself lets an app do with mailboxes, beside what Entra grants it. Both add
//! up; only here can it be limited to some mailboxes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::reading::Filter;
use super::recipient::{self, Kind};
use super::row;
use super::state::after;
use crate::directory::{AppId, ObjectId};
use crate::world::Tenant;

/// What the roles for apps are called: this before the permission of Graph.
pub(super) const PREFIX: &str = "Application ";

#[derive(Debug, Default, Serialize)]
pub struct Authorization {
    /// Apps that Exchange was told of, with the names it knows them by.
    pub principals: BTreeMap<AppId, String>,
    /// Filters of mailboxes by the scopes' names.
    pub scopes: BTreeMap<String, String>,
    pub assignments: BTreeMap<String, Assignment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    pub app: AppId,
    /// E.g. `Application Mail.Send`.
    pub role: String,
    /// `None` = every mailbox.
    pub scope: Option<String>,
    pub made: Timestamp,
}

impl Authorization {
    /// An app by the name, the app id or the object id of its principal.
    pub(super) fn principal(&self, tenant: &Tenant, identity: &str) -> Option<AppId> {
        self.principals.iter().find_map(|(app, name)| {
            let object = tenant
                .directory
                .apps
                .get(app)
                .map(|app| app.principal.0.to_string());
            let is_meant = name.eq_ignore_ascii_case(identity)
                || app.0.to_string().eq_ignore_ascii_case(identity)
                || object.is_some_and(|object| object.eq_ignore_ascii_case(identity));
            is_meant.then_some(*app)
        })
    }
}

/// Whether an assignment that has spread by `now` gives the app one of `permissions` on a mailbox.
pub(crate) fn lets(
    tenant: &Tenant,
    now: Timestamp,
    app: AppId,
    permissions: &[&str],
    owner: ObjectId,
) -> bool {
    let held = &tenant.exchange.authorization;
    let spread = tenant.switches.exchange.authorization_seconds;
    let mut fitting = held.assignments.values().filter(|held| {
        let permission = held.role.strip_prefix(PREFIX).unwrap_or_default();
        held.app == app && permissions.contains(&permission) && after(held.made, spread) <= now
    });
    fitting.any(|held| in_scope(tenant, now, held, owner))
}

/// Whether Exchange gives the app any role.
pub(crate) fn knows(tenant: &Tenant, app: AppId) -> bool {
    let mut all = tenant.exchange.authorization.assignments.values();
    all.any(|held| held.app == app)
}

/// Whether a mailbox lies in the scope of an assignment.
pub(super) fn in_scope(tenant: &Tenant, now: Timestamp, held: &Assignment, owner: ObjectId) -> bool {
    let Some(scope) = &held.scope else {
        return true;
    };
    let filter = tenant.exchange.authorization.scopes.get(scope);
    let filter = filter.and_then(|text| Filter::parse(text).ok());
    let mailbox = recipient::by_id(tenant, now, owner).filter(|found| Kind::is_mailbox(found.kind));
    match (filter, mailbox) {
        (Some(filter), Some(mailbox)) => filter.holds(&row::of(tenant, now, &mailbox)),
        _ => false,
    }
}
