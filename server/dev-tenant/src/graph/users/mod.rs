//! Users: people of the tenant.

pub(crate) mod addresses;
pub(crate) mod assign;
pub(crate) mod change;
mod complex;
pub(crate) mod create;
pub(crate) mod inheritance;
pub(crate) mod licences;
mod mailboxes;
pub(crate) mod manager;
mod plans;
pub(crate) mod protection;
pub(crate) mod read;
pub(crate) mod remove;
pub(crate) mod rules;
pub(crate) mod show;

use jiff::Timestamp;

use super::fault::Fault;
use crate::directory::{Directory, ObjectId, User};

/// The user by object id or UPN, once he has replicated.
pub(crate) fn find<'d>(directory: &'d Directory, now: Timestamp, key: &str) -> Result<&'d User, Fault> {
    directory
        .users
        .values()
        .filter(|user| user.deleted.is_none() && user.visible_from <= now)
        .find(|user| user.user_principal_name.eq_ignore_ascii_case(key) || is(user.id, key))
        .ok_or_else(|| Fault::no_resource(key))
}

pub(crate) fn find_mut<'d>(
    directory: &'d mut Directory,
    now: Timestamp,
    key: &str,
) -> Result<&'d mut User, Fault> {
    let id = find(directory, now, key)?.id;
    directory
        .users
        .get_mut(&id)
        .ok_or_else(|| Fault::no_resource(key))
}

pub(crate) fn is(id: ObjectId, key: &str) -> bool {
    uuid::Uuid::try_parse(key).is_ok_and(|uuid| uuid == id.0)
}
