//! The end of a directory object: by hand, or after thirty days.

use jiff::{SignedDuration, Timestamp};

use super::{Item, find};
use crate::call::Reply;
use crate::directory::{Directory, ObjectId};
use crate::graph::permission::{DELETE_GROUPS, DELETE_USERS};
use crate::graph::request::{Outcome, Request};

/// How long deleted objects can be restored (Microsoft Entra, "Restore or remove a recently deleted user").
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(crate) fn purge(request: &Request, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let (id, kind) = match find(&tenant.directory, key) {
        Ok(Item::User(user)) => {
            request.may_write(DELETE_USERS)?;
            (user.id, "user")
        }
        Ok(Item::Group(group)) => {
            request.may_write(DELETE_GROUPS)?;
            (group.id, "group")
        }
        Err(fault) => {
            request
                .may_write(DELETE_USERS)
                .or_else(|_| request.may_write(DELETE_GROUPS))?;
            return Err(fault);
        }
    };
    forget(&mut tenant.directory, id);
    request.record(&mut tenant, format!("graph:purge:{kind}:{}", id.0));
    Ok(Reply::empty(204))
}

/// Ends what has lain there too long.
pub(crate) fn expire(directory: &mut Directory, now: Timestamp) {
    let is_over = |deleted: Option<Timestamp>| deleted.is_some_and(|at| now.duration_since(at) >= KEPT);
    let users = directory.users.values().filter(|user| is_over(user.deleted));
    let groups = directory.groups.values().filter(|group| is_over(group.deleted));
    let over: Vec<ObjectId> = users
        .map(|user| user.id)
        .chain(groups.map(|group| group.id))
        .collect();
    for id in over {
        forget(directory, id);
    }
}

/// Nothing of the directory leads to it any more.
pub(crate) fn forget(directory: &mut Directory, id: ObjectId) {
    directory.users.remove(&id);
    directory.groups.remove(&id);
    directory.roles.remove(&id);
    for user in directory.users.values_mut() {
        user.manager = user.manager.filter(|manager| *manager != id);
    }
    for group in directory.groups.values_mut() {
        group.members.remove(&id);
        group.owners.remove(&id);
    }
}
