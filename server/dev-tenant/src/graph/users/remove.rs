//! Deleting users.

use super::protection::check_administrator;
use crate::call::Reply;
use crate::directory::User;
use crate::graph::permission::DELETE_USERS;
use crate::graph::request::{Outcome, Request};

/// The user goes to the deleted items, and his name is free.
pub(crate) fn delete(request: &Request, key: &str) -> Outcome {
    request.may_write(DELETE_USERS)?;
    let mut tenant = request.world.tenant();
    let prefixed = tenant.switches.deleted_upn_is_prefixed;
    check_administrator(
        request,
        &tenant,
        super::find(&tenant.directory, request.now, key)?,
    )?;
    let user = super::find_mut(&mut tenant.directory, request.now, key)?;
    user.deleted = Some(request.now);
    if prefixed {
        user.user_principal_name = format!("{}{}", user.id.0.simple(), user.user_principal_name);
    }
    let id = user.id;
    request.record(&mut tenant, format!("graph:delete:user:{}", id.0));
    Ok(Reply::empty(204))
}

/// The name that a deleted user had.
pub(crate) fn former_name(user: &User) -> &str {
    let name = user.user_principal_name.as_str();
    name.strip_prefix(&user.id.0.simple().to_string()).unwrap_or(name)
}
