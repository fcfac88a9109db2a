//! Mail addresses of users, and the names that nobody may have twice.

use serde_json::Value;

use crate::addresses::{holder, put_first, smtp};
use crate::directory::{Directory, ObjectId, User};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;

/// Writing `mail` makes it the primary address of `proxyAddresses`; the one before stays as a further address.
pub(crate) fn remember_mail(properties: &mut Entity) {
    if let Some(Value::String(mail)) = properties.get("mail") {
        let mail = mail.clone();
        put_first(properties, &mail);
    }
}

fn others(directory: &Directory, except: Option<ObjectId>) -> impl Iterator<Item = &User> {
    let all = directory.users.values();
    all.filter(move |user| Some(user.id) != except && user.deleted.is_none())
}

/// Names are unique at once, long before the object is visible everywhere.
pub(crate) fn check_free(
    directory: &Directory,
    except: Option<ObjectId>,
    principal_name: &str,
    properties: &Entity,
) -> Result<(), Fault> {
    if others(directory, except).any(|user| user.user_principal_name.eq_ignore_ascii_case(principal_name)) {
        return Err(Fault::Conflict {
            property: "userPrincipalName",
        });
    }
    let mail = properties.get("mail").and_then(Value::as_str);
    let is_held = |wanted: &str| holder(directory, except, wanted).is_some();
    if [Some(principal_name), mail].into_iter().flatten().any(is_held) {
        return Err(Fault::Conflict {
            property: "proxyAddresses",
        });
    }
    Ok(())
}

/// Takes from `properties` the addresses that others have got meanwhile.
pub(crate) fn drop_taken(directory: &Directory, owner: ObjectId, properties: &mut Entity) {
    let is_taken = |wanted: &str| holder(directory, Some(owner), wanted).is_some();
    if properties
        .get("mail")
        .and_then(Value::as_str)
        .is_some_and(is_taken)
    {
        properties.remove("mail");
    }
    if let Some(all) = properties.get_mut("proxyAddresses").and_then(Value::as_array_mut) {
        all.retain(|proxy| !proxy.as_str().and_then(smtp).is_some_and(is_taken));
    }
}
