//! Members of distribution groups and mail-enabled security groups.

use std::collections::BTreeSet;

use super::change::target;
use super::groups::{check_manager, found};
use crate::directory::ObjectId;
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::reading;
use crate::exchange::recipient::{self, Kind};
use crate::world::Tenant;

/// The group and the one member that a cmdlet names.
struct Pair {
    group: ObjectId,
    group_name: String,
    member: ObjectId,
    member_name: String,
}

fn pair(invocation: &Invocation, tenant: &Tenant) -> Result<Pair, Fault> {
    let group = target(invocation, tenant, Kind::is_group)?;
    check_manager(invocation)?;
    let wanted = invocation.text("Member").unwrap_or_default();
    let member = recipient::find(tenant, invocation.now, wanted, recipient::any)?;
    Ok(Pair {
        group: group.id,
        group_name: group.name().to_owned(),
        member: member.id,
        member_name: member.name().to_owned(),
    })
}

fn members<'t>(
    invocation: &Invocation,
    tenant: &'t mut Tenant,
    group: ObjectId,
) -> Result<&'t mut BTreeSet<ObjectId>, Fault> {
    let found = tenant.directory.groups.get_mut(&group);
    found
        .map(|group| &mut group.members)
        .ok_or_else(|| Fault::not_found(invocation.identity()))
}

pub(super) fn add(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let pair = pair(invocation, &tenant)?;
    if !members(invocation, &mut tenant, pair.group)?.insert(pair.member) {
        return Err(Fault::refused(
            "Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException",
            format!(
                "The recipient \"{}\" is already a member of the group \"{}\".",
                pair.member_name, pair.group_name
            ),
        ));
    }
    record(invocation, &mut tenant, "add", pair.group, pair.member);
    Ok(Done::default())
}

pub(super) fn remove(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let pair = pair(invocation, &tenant)?;
    if !members(invocation, &mut tenant, pair.group)?.remove(&pair.member) {
        return Err(Fault::refused(
            "Microsoft.Exchange.Management.Tasks.MemberNotFoundException",
            format!(
                "The recipient \"{}\" isn't a member of the group \"{}\".",
                pair.member_name, pair.group_name
            ),
        ));
    }
    record(invocation, &mut tenant, "remove", pair.group, pair.member);
    Ok(Done::default())
}

/// The whole list at once: who is not on it leaves.
pub(super) fn update(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let group = target(invocation, &tenant, Kind::is_group)?.id;
    check_manager(invocation)?;
    let wanted = found(invocation, &tenant, &invocation.list("Members"), recipient::any)?;
    let before = members(invocation, &mut tenant, group)?;
    let joined: Vec<ObjectId> = wanted.difference(before).copied().collect();
    let left: Vec<ObjectId> = before.difference(&wanted).copied().collect();
    *before = wanted;
    for member in joined {
        record(invocation, &mut tenant, "add", group, member);
    }
    for member in left {
        record(invocation, &mut tenant, "remove", group, member);
    }
    Ok(Done::default())
}

fn record(invocation: &Invocation, tenant: &mut Tenant, verb: &str, group: ObjectId, member: ObjectId) {
    invocation.record(
        tenant,
        format!("exchange:{verb}-member:group:{}:{}", group.0, member.0),
    );
}

pub(super) fn get(invocation: &Invocation) -> Outcome {
    let tenant = invocation.world.tenant();
    let group = recipient::find(&tenant, invocation.now, invocation.identity(), Kind::is_group)?.id;
    let members = tenant.directory.groups.get(&group).map(|group| &group.members);
    Ok(Done::rows(reading::rows(
        &tenant,
        invocation,
        members.into_iter().flatten(),
    )))
}
