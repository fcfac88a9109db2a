//! People as they sign in: who is there, and whose sign-in still counts.

use jiff::Timestamp;

use super::fault::Fault;
use crate::directory::{ObjectId, User};
use crate::world::World;

/// The person, when the account is there and not blocked.
pub(crate) fn enabled(world: &World, id: ObjectId) -> Result<User, Fault> {
    let user = world.tenant().directory.users.get(&id).cloned();
    let user = user.filter(|user| user.deleted.is_none()).ok_or_else(|| {
        let text = format!("The user account {} does not exist in the directory.", id.0);
        Fault::grant(50034, text)
    })?;
    if user.account_enabled {
        return Ok(user);
    }
    Err(Fault::grant(50057, "The user account is disabled."))
}

/// As [`enabled`], for somebody who signed in at `at`: sessions revoked since then do not count.
pub(crate) fn still(world: &World, id: ObjectId, at: Timestamp) -> Result<User, Fault> {
    let user = enabled(world, id)?;
    let since = user.properties.get("signInSessionsValidFromDateTime");
    let since: Option<Timestamp> = since.and_then(|since| since.as_str()?.parse().ok());
    if since.is_none_or(|since| since <= at) {
        return Ok(user);
    }
    let text = "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.";
    Err(Fault::grant(50173, text))
}

/// Whether `hint` (principal name, mail or object id) means this person.
pub(crate) fn is(user: &User, hint: &str) -> bool {
    let mail = user.properties.get("mail").and_then(|mail| mail.as_str());
    user.user_principal_name.eq_ignore_ascii_case(hint)
        || mail.is_some_and(|mail| mail.eq_ignore_ascii_case(hint))
        || user.id.0.to_string().eq_ignore_ascii_case(hint)
}

/// A property as text; empty when absent.
pub(crate) fn text<'a>(user: &'a User, property: &str) -> &'a str {
    let value = user.properties.get(property);
    value.and_then(|value| value.as_str()).unwrap_or_default()
}
