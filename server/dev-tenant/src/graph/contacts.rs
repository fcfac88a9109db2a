//! Contacts of the organisation, which Graph reads and Exchange writes.

use jiff::Timestamp;
use serde_json::json;

use super::fault::Fault;
use super::model::{self, Entity};
use super::page::{self, Collection};
use super::permission::READ_CONTACTS;
use super::request::{Outcome, Request, entity};
use super::users::is;
use crate::directory::{Contact, Directory};

/// The contact by object id, once it has replicated.
pub(crate) fn find<'d>(directory: &'d Directory, now: Timestamp, key: &str) -> Result<&'d Contact, Fault> {
    let mut seen = directory
        .contacts
        .values()
        .filter(|contact| contact.visible_from <= now);
    seen.find(|contact| is(contact.id, key))
        .ok_or_else(|| Fault::no_resource(key))
}

pub(crate) fn show(contact: &Contact) -> Entity {
    let known = contact.properties.iter();
    let known = known.filter(|(name, _)| model::property("orgContact", name).is_some());
    let mut shown: Entity = known.map(|(name, value)| (name.clone(), value.clone())).collect();
    for collection in ["addresses", "phones", "proxyAddresses"] {
        shown.entry(collection).or_insert_with(|| json!([]));
    }
    shown.insert("id".to_owned(), json!(contact.id));
    shown.insert("displayName".to_owned(), json!(contact.display_name));
    shown
}

pub(crate) fn list(request: &Request) -> Outcome {
    request.may(READ_CONTACTS)?;
    let tenant = request.world.tenant();
    let contacts = tenant.directory.contacts.values();
    let seen = contacts.filter(|contact| contact.visible_from <= request.now);
    let collection = Collection {
        resource: "orgContact",
        context: "contacts",
        default: &[],
    };
    page::directory(request, collection, seen.map(show).collect())
}

pub(crate) fn one(request: &Request, key: &str) -> Outcome {
    request.may(READ_CONTACTS)?;
    let tenant = request.world.tenant();
    let full = show(find(&tenant.directory, request.now, key)?);
    let shown = page::select(&full, "orgContact", &request.options.select, &[])?;
    Ok(entity(200, "contacts/$entity", shown))
}
