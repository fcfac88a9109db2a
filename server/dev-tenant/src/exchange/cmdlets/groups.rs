//! Distribution groups and mail-enabled security groups.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::change::{self, Face};
use super::names::{self, Names};
use super::send_on_behalf;
use crate::directory::{Group, ObjectId};
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::recipient::{self, Kind};
use crate::exchange::state::{Settings, after};
use crate::exchange::{reading, row};
use crate::world::Tenant;

/// Parameters of a new group that are kept as they come.
const KEPT: [&str; 4] = [
    "MemberJoinRestriction",
    "MemberDepartRestriction",
    "RequireSenderAuthenticationEnabled",
    "BccBlocked",
];

pub(super) fn create(invocation: &Invocation) -> Outcome {
    let is_secure = invocation
        .text("Type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("Security"));
    check_restrictions(invocation, is_secure)?;
    let mut tenant = invocation.world.tenant();
    let names = names::read(invocation, &tenant)?;
    let owners = owners(invocation, &tenant)?;
    let mut members = found(invocation, &tenant, &invocation.list("Members"), recipient::any)?;
    if invocation.flag("CopyOwnerToMember") == Some(true) {
        members.extend(&owners);
    }
    let id = tenant.ids.object_id();
    let now = invocation.now;
    let group = Group {
        id,
        display_name: names.display_name.clone(),
        unique_name: None,
        properties: properties(invocation, &names, is_secure),
        members,
        owners,
        licences: BTreeMap::new(),
        licences_changed: None,
        made_by_app: false,
        team: None,
        operations: Vec::new(),
        picture: None,
        created: now,
        deleted: None,
        visible_from: after(now, tenant.switches.exchange.seen_by_directory_seconds),
    };
    tenant.directory.groups.insert(id, group);
    let seen = after(now, tenant.switches.exchange.sees_itself_seconds);
    let settings = settings(invocation, names.name);
    tenant.exchange.settings.insert(id, settings);
    invocation.record(&mut tenant, format!("exchange:create:group:{}", names.address));
    let shown = recipient::by_id(&tenant, now, id).map(|found| row::of(&tenant, now, &found));
    tenant.exchange.settings(id).seen_from = Some(seen);
    Ok(Done::rows(shown.into_iter().collect()))
}

fn properties(invocation: &Invocation, names: &Names, is_secure: bool) -> Map<String, Value> {
    let properties = json!({
        "mailEnabled": true, "securityEnabled": is_secure, "groupTypes": [], "mailNickname": names.alias,
        "mail": names.address, "proxyAddresses": [format!("SMTP:{}", names.address)],
    });
    let mut properties = properties.as_object().cloned().unwrap_or_default();
    let described = invocation.list("Description").pop();
    let text = described.or_else(|| invocation.text("Notes").map(str::to_owned));
    if let Some(text) = text {
        properties.insert("description".to_owned(), text.into());
    }
    properties
}

/// Seen at once, for the answer's sake.
fn settings(invocation: &Invocation, name: String) -> Settings {
    let kept = KEPT.iter().filter_map(|name| {
        let value = invocation.value(name)?;
        Some(((*name).to_owned(), value.clone()))
    });
    Settings {
        name: Some(name),
        seen_from: Some(invocation.now),
        others: kept.collect(),
        ..Settings::default()
    }
}

/// Nobody joins or leaves a security group by himself.
fn check_restrictions(invocation: &Invocation, is_secure: bool) -> Result<(), Fault> {
    for name in ["MemberJoinRestriction", "MemberDepartRestriction"] {
        let is_open = invocation
            .text(name)
            .is_some_and(|word| word.eq_ignore_ascii_case("Open"));
        if is_secure && is_open {
            return Err(Fault::invalid(name, "a security group can't be open"));
        }
    }
    Ok(())
}

fn owners(invocation: &Invocation, tenant: &Tenant) -> Result<BTreeSet<ObjectId>, Fault> {
    let owners = found(invocation, tenant, &invocation.list("ManagedBy"), Kind::acts)?;
    if owners.is_empty() && tenant.switches.exchange.group_needs_owner {
        return Err(Fault::refused(
            "Microsoft.Exchange.Management.RecipientTasks.ManagedByRequiredException",
            "The calling app can't own a group. Use the ManagedBy parameter to specify an owner.",
        ));
    }
    Ok(owners)
}

/// Recipients by their identities; all must be there.
pub(super) fn found(
    invocation: &Invocation,
    tenant: &Tenant,
    identities: &[String],
    wanted: fn(Kind) -> bool,
) -> Result<BTreeSet<ObjectId>, Fault> {
    let all = identities
        .iter()
        .map(|name| recipient::find(tenant, invocation.now, name, wanted));
    all.map(|found| Ok(found?.id)).collect()
}

/// An app owns no group: it changes one only past the check of owners.
pub(super) fn check_manager(invocation: &Invocation) -> Result<(), Fault> {
    if invocation.flag("BypassSecurityGroupManagerCheck") == Some(true) {
        return Ok(());
    }
    Err(Fault::refused(
        "Microsoft.Exchange.Management.Tasks.OperationRequiresGroupManagerException",
        "You don't have sufficient permissions. This operation can only be performed by a manager of the group.",
    ))
}

pub(super) fn get(invocation: &Invocation) -> Outcome {
    reading::list(invocation, Kind::is_group)
}

pub(super) fn set(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let found = change::target(invocation, &tenant, Kind::is_group)?;
    check_manager(invocation)?;
    check_restrictions(invocation, found.kind == Kind::SecurityGroup)?;
    let (id, before) = (found.id, Face::of(&found));
    let mut face = change::changed(invocation, &tenant, &found, true)?;
    if let Some(text) = invocation.list("Description").pop() {
        face.properties.insert("description".to_owned(), text.into());
    }
    let owners = new_owners(invocation, &tenant, id)?;
    let Some(owners) = owners else {
        return change::put(invocation, &mut tenant, id, &before, face);
    };
    if let Some(group) = tenant.directory.groups.get_mut(&id) {
        group.owners = owners;
    }
    if before == face {
        invocation.record(&mut tenant, format!("exchange:update:group:{}", id.0));
        return Ok(Done::default());
    }
    change::put(invocation, &mut tenant, id, &before, face)
}

/// The owners after `ManagedBy`, when they are others; somebody must remain.
fn new_owners(
    invocation: &Invocation,
    tenant: &Tenant,
    id: ObjectId,
) -> Result<Option<BTreeSet<ObjectId>>, Fault> {
    let Some(edit) = invocation.edit("ManagedBy") else {
        return Ok(None);
    };
    let before = tenant
        .directory
        .groups
        .get(&id)
        .map(|group| group.owners.clone())
        .unwrap_or_default();
    let mut owners = before.clone();
    send_on_behalf::apply(invocation, tenant, &mut owners, edit)?;
    if owners.is_empty() {
        return Err(Fault::invalid("ManagedBy", "a group has at least one owner"));
    }
    Ok((owners != before).then_some(owners))
}

pub(super) fn remove(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let id = change::target(invocation, &tenant, Kind::is_group)?.id;
    check_manager(invocation)?;
    tenant.directory.groups.remove(&id);
    tenant.exchange.settings.remove(&id);
    for group in tenant.directory.groups.values_mut() {
        group.members.remove(&id);
        group.owners.remove(&id);
    }
    invocation.record(&mut tenant, format!("exchange:delete:group:{}", id.0));
    Ok(Done::default())
}
