//! What the sign-in pages send back: a person, and a password where one was set.

use serde_json::json;

use super::{finish, pages};
use crate::call::{Call, Reply};
use crate::directory::{ObjectId, User};
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::entra::person;
use crate::entra::ticket::{self, Kind};
use crate::world::World;

/// Shortest password taken (Microsoft Entra, "Password policies").
const SHORTEST: usize = 8;

pub(crate) fn answer(world: &World, call: &Call) -> Reply {
    let form = Parameters::of(call);
    let request = form.get("request").unwrap_or_default();
    let Ok(request) = ticket::open::<String>(world, Kind::Request, request) else {
        let text = "The sign-in request is not ours or has expired. Start again.";
        return pages::refused(world, call, &Fault::new(400, "invalid_request", 90014, text));
    };
    let query = request.body;
    let outcome = match chosen(world, &form) {
        Ok(Some(user)) => with_password(world, call, &query, &form, &user),
        Ok(None) => {
            let search = form.get("search").unwrap_or_default();
            pages::choose(world, call, &query, search, None)
        }
        Err(fault) => pages::choose(world, call, &query, "", Some(&fault)),
    };
    outcome.unwrap_or_else(|fault| pages::refused(world, call, &fault))
}

/// The person of the button pressed, or whose account was typed in full.
fn chosen(world: &World, form: &Parameters) -> Result<Option<User>, Fault> {
    let id = match (form.get("person"), form.get("search")) {
        (Some(id), _) => id.parse().ok().map(ObjectId),
        (None, Some(typed)) => {
            let tenant = world.tenant();
            let mut all = tenant.directory.users.values();
            all.find(|user| user.deleted.is_none() && person::is(user, typed.trim()))
                .map(|user| user.id)
        }
        (None, None) => None,
    };
    id.map(|id| person::enabled(world, id)).transpose()
}

fn with_password(
    world: &World,
    call: &Call,
    query: &str,
    form: &Parameters,
    user: &User,
) -> Result<Reply, Fault> {
    let Some(password) = user.password.as_deref() else {
        return Ok(finish(world, call, query, user));
    };
    let Some(given) = form.get("password") else {
        return pages::password(world, call, query, user, None);
    };
    if !same(password, given) {
        let text = "Error validating credentials due to invalid username or password.";
        let fault = Fault::grant(50126, text);
        return pages::password(world, call, query, user, Some(&fault));
    }
    if !must_change(user) {
        return Ok(finish(world, call, query, user));
    }
    let (Some(new), Some(again)) = (form.get("new"), form.get("again")) else {
        let fault = Fault::grant(50055, "The password is expired.");
        return pages::change(world, call, query, user, form.get("new").map(|_| &fault));
    };
    if let Err(fault) = acceptable(password, new, again) {
        return pages::change(world, call, query, user, Some(&fault));
    }
    change(world, call, user.id, new);
    Ok(finish(world, call, query, user))
}

fn same(held: &str, given: &str) -> bool {
    held.len() == given.len() && openssl::memcmp::eq(held.as_bytes(), given.as_bytes())
}

fn must_change(user: &User) -> bool {
    let profile = user.properties.get("passwordProfile");
    profile.is_some_and(|profile| profile["forceChangePasswordNextSignIn"] == true)
}

fn acceptable(old: &str, new: &str, again: &str) -> Result<(), Fault> {
    let kinds: [fn(&char) -> bool; 4] = [
        char::is_ascii_lowercase,
        char::is_ascii_uppercase,
        char::is_ascii_digit,
        |letter| !letter.is_ascii_alphanumeric(),
    ];
    let kinds = kinds
        .iter()
        .filter(|kind| new.chars().any(|letter| kind(&letter)))
        .count();
    let text = if new != again {
        "The passwords do not match."
    } else if new == old {
        "The new password must differ from the current one."
    } else if kinds < 3 || new.chars().count() < SHORTEST {
        "The password must have 8 characters or more of three kinds: lower case, upper case, digits, symbols."
    } else {
        return Ok(());
    };
    Err(Fault::grant(50142, text))
}

fn change(world: &World, call: &Call, id: ObjectId, new: &str) {
    let at = world.clock.now();
    let mut tenant = world.tenant();
    if let Some(user) = tenant.directory.users.get_mut(&id) {
        user.password = Some(new.to_owned());
        let profile = json!({"forceChangePasswordNextSignIn": false});
        user.properties.insert("passwordProfile".to_owned(), profile);
    }
    let key = format!("entra:change-password:user:{}", id.0);
    tenant.record(at, call.request_id, &format!("person:{}", id.0), key);
}
