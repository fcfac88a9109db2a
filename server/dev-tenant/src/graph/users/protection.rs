//! What may not be touched: people mastered on premises, and administrators.

use serde_json::Value;

use crate::directory::{Directory, User};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::request::Request;
use crate::world::Tenant;

/// The cloud is their master even for people who are synchronised.
const OF_THE_CLOUD: [&str; 2] = ["usageLocation", "preferredDataLocation"];
/// Microsoft Graph, "Update user": who can perform sensitive actions.
const SENSITIVE: [&str; 7] = [
    "accountEnabled",
    "businessPhones",
    "mobilePhone",
    "otherMails",
    "passwordProfile",
    "userPrincipalName",
    "onPremisesImmutableId",
];

pub(crate) fn synced() -> Fault {
    Fault::bad_request(
        "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
    )
}

fn sync(user: &User) -> Option<bool> {
    user.properties
        .get("onPremisesSyncEnabled")
        .and_then(Value::as_bool)
}

pub(crate) fn is_synced(user: &User) -> bool {
    sync(user) == Some(true)
}

/// Whoever was synchronised once keeps extension attributes that Graph only reads.
pub(super) fn check_master(user: &User, changes: &Entity, password: bool) -> Result<(), Fault> {
    let foreign = changes.keys().any(|name| !OF_THE_CLOUD.contains(&name.as_str()));
    let extensions = changes.contains_key("onPremisesExtensionAttributes");
    match sync(user) {
        Some(true) if foreign || password => Err(synced()),
        Some(false) if extensions => Err(synced()),
        _ => Ok(()),
    }
}

pub(super) fn is_sensitive(name: &str) -> bool {
    SENSITIVE.contains(&name)
}

/// People with directory roles are for callers with a role that reaches administrators.
pub(crate) fn check_administrator(request: &Request, tenant: &Tenant, user: &User) -> Result<(), Fault> {
    let protected = tenant.switches.administrators_are_protected && has_role(&tenant.directory, user);
    if protected && !request.reaches_administrators() {
        return Err(Fault::denied());
    }
    Ok(())
}

fn has_role(directory: &Directory, user: &User) -> bool {
    directory
        .roles
        .get(&user.id)
        .is_some_and(|roles| !roles.is_empty())
}
