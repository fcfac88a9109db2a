//! The deleted items of the directory: users and Microsoft 365 groups, for thirty days.

mod purge;
mod read;
mod restore;

pub(crate) use purge::{expire, forget, purge};
pub(crate) use read::{groups, one, users};
pub(crate) use restore::restore;

use super::fault::Fault;
use super::users::is;
use crate::directory::{Directory, Group, User};

/// What lies there under a key.
enum Item<'d> {
    User(&'d User),
    Group(&'d Group),
}

fn find<'d>(directory: &'d Directory, key: &str) -> Result<Item<'d>, Fault> {
    let mut users = directory.users.values();
    let user = users.find(|user| user.deleted.is_some() && is(user.id, key));
    let mut groups = directory.groups.values();
    let mut group = || groups.find(|group| group.deleted.is_some() && is(group.id, key));
    user.map(Item::User)
        .or_else(|| group().map(Item::Group))
        .ok_or_else(|| Fault::no_resource(key))
}
