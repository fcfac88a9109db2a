//! Licences by groups: members get them by and by, as far as there are seats and their plans agree.

use jiff::Timestamp;
use serde_json::json;

use super::licences::{consumed, holds};
use super::mailboxes;
use super::plans::{Quarrel, quarrel};
use crate::directory::{Directory, Group, InheritedLicence, ObjectId};
use crate::exchange::after;
use crate::world::Tenant;

/// Lets the groups' licences take effect as far as they have by `now`.
pub(crate) fn settle(tenant: &mut Tenant, now: Timestamp) {
    if !tenant.directory.groups_give_licences {
        return;
    }
    let seconds = tenant.switches.group_licences_seconds;
    let directory = &mut tenant.directory;
    for group in directory.groups.values_mut() {
        if group.licences_changed.is_some() {
            let state = if is_settled(group, seconds, now) {
                "ProcessingComplete"
            } else {
                "ProcessingInProgress"
            };
            group
                .properties
                .insert("licenseProcessingState".to_owned(), json!({ "state": state }));
        }
    }
    let ids: Vec<ObjectId> = directory.users.keys().copied().collect();
    // Twice, so that a seat given back is there for whoever stands before its last holder.
    for id in ids.iter().chain(&ids) {
        settle_user(directory, *id, seconds, now);
    }
}

fn is_settled(group: &Group, seconds: u32, now: Timestamp) -> bool {
    group
        .licences_changed
        .is_none_or(|changed| after(changed, seconds) <= now)
}

fn settle_user(directory: &mut Directory, id: ObjectId, seconds: u32, now: Timestamp) {
    let Some(before) = directory.users.get(&id) else {
        return;
    };
    let wanted = wanted(directory, before.id, &before.inherited, seconds, now);
    let is_gone = before.deleted.is_some();
    if wanted.is_empty() && before.inherited.is_empty() {
        return;
    }
    let before = before.clone();
    let mut user = before.clone();
    user.inherited.clear();
    for mut licence in wanted.into_iter().filter(|_| !is_gone) {
        let had = before
            .inherited
            .iter()
            .any(|old| old.sku == licence.sku && old.error.is_none());
        let has_seat = had || holds(&user, licence.sku) || is_free(directory, licence.sku);
        licence.error = None;
        user.inherited.push(licence);
        let error = match quarrel(directory, &user) {
            _ if !has_seat => Some("CountViolation"),
            Some(Quarrel::Exclusive(..)) => Some("MutuallyExclusiveViolation"),
            Some(Quarrel::Dependent(..)) => Some("DependencyViolation"),
            None => None,
        };
        if let Some(last) = user.inherited.last_mut() {
            last.error = error.map(str::to_owned);
        }
    }
    if user.inherited != before.inherited {
        directory.users.insert(id, user);
        mailboxes::follow(directory, Some(&before), id, now);
    }
}

/// What the user's groups give; a group whose change is under way gives what it gave before.
fn wanted(
    directory: &Directory,
    user: ObjectId,
    before: &[InheritedLicence],
    seconds: u32,
    now: Timestamp,
) -> Vec<InheritedLicence> {
    let groups = directory.groups.values();
    let groups = groups.filter(|group| group.deleted.is_none() && group.members.contains(&user));
    let all = groups.flat_map(|group| {
        if !is_settled(group, seconds, now) {
            let kept = before.iter().filter(|licence| licence.group == group.id);
            return kept.cloned().collect::<Vec<_>>();
        }
        let given = group.licences.iter().map(|(sku, disabled)| InheritedLicence {
            group: group.id,
            sku: *sku,
            disabled: disabled.clone(),
            error: None,
        });
        given.collect()
    });
    all.collect()
}

fn is_free(directory: &Directory, sku: uuid::Uuid) -> bool {
    let bought = directory.skus.iter().find(|known| known.sku_id == sku);
    bought.is_some_and(|bought| consumed(directory, sku) < bought.enabled_units as usize)
}
