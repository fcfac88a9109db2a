//! Mail addresses of users, and the names that nobody may have twice.

use serde_json::Value;

use crate::directory::{Directory, ObjectId, User};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;

/// Writing `mail` makes it the primary address of `proxyAddresses`; the one before stays as a further address.
pub(crate) fn remember_mail(properties: &mut Entity) {
    let Some(Value::String(mail)) = properties.get("mail") else {
        return;
    };
    let mail = mail.clone();
    let others = held(properties)
        .into_iter()
        .filter(|address| !address.eq_ignore_ascii_case(&mail));
    let further = others.map(|address| format!("smtp:{address}"));
    let all: Vec<Value> = [format!("SMTP:{mail}")]
        .into_iter()
        .chain(further)
        .map(Value::String)
        .collect();
    properties.insert("proxyAddresses".to_owned(), Value::Array(all));
}

/// The addresses of `proxyAddresses` without their kind.
fn held(properties: &Entity) -> Vec<String> {
    let all = properties.get("proxyAddresses").and_then(Value::as_array);
    let texts = all.into_iter().flatten().filter_map(Value::as_str);
    texts.filter_map(address).map(str::to_owned).collect()
}

fn address(proxy: &str) -> Option<&str> {
    let (kind, address) = proxy.split_once(':')?;
    kind.eq_ignore_ascii_case("smtp").then_some(address)
}

fn has_address(user: &User, wanted: &str) -> bool {
    let mail = user.properties.get("mail").and_then(Value::as_str);
    let further = held(&user.properties);
    mail.into_iter()
        .chain(further.iter().map(String::as_str))
        .any(|own| own.eq_ignore_ascii_case(wanted))
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
    let is_held = |wanted: &str| others(directory, except).any(|user| has_address(user, wanted));
    if [Some(principal_name), mail].into_iter().flatten().any(is_held) {
        return Err(Fault::Conflict {
            property: "proxyAddresses",
        });
    }
    Ok(())
}

/// Takes from `properties` the addresses that others have got meanwhile.
pub(crate) fn drop_taken(directory: &Directory, owner: ObjectId, properties: &mut Entity) {
    let is_taken = |wanted: &str| others(directory, Some(owner)).any(|user| has_address(user, wanted));
    if properties
        .get("mail")
        .and_then(Value::as_str)
        .is_some_and(is_taken)
    {
        properties.remove("mail");
    }
    if let Some(all) = properties.get_mut("proxyAddresses").and_then(Value::as_array_mut) {
        all.retain(|proxy| !proxy.as_str().and_then(address).is_some_and(is_taken));
    }
}
