//! Mail contacts: people outside whom the address book shows.

use serde_json::{Map, Value, json};

use super::change::{self, Face};
use super::names;
use crate::addresses::smtp;
use crate::directory::Contact;
use crate::exchange::addressing;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::parameter::Kind::{Address, Text};
use crate::exchange::parameter::{DISPLAY_NAME, LONG, NAME, Parameter, bare, may, need};
use crate::exchange::recipient::{self, Kind};
use crate::exchange::state::{Settings, after};
use crate::exchange::{reading, row};

/// Set-Contact. Lengths are those of the directory.
pub(super) const PROPERTIES: &[Parameter] = &[
    need("Identity", Text(LONG)),
    may("DisplayName", Text(DISPLAY_NAME)),
    may("FirstName", Text(NAME)),
    may("LastName", Text(NAME)),
    may("Title", Text(128)),
    may("Company", Text(64)),
    may("Department", Text(64)),
    may("Office", Text(128)),
    may("Phone", Text(64)),
    may("MobilePhone", Text(64)),
    may("StreetAddress", Text(1024)),
    may("City", Text(128)),
    may("StateOrProvince", Text(128)),
    may("PostalCode", Text(40)),
    may("CountryOrRegion", Text(128)),
    may("WindowsEmailAddress", Address),
];
/// The directory's name of each.
const GRAPH_NAMES: [(&str, &str); 5] = [
    ("FirstName", "givenName"),
    ("LastName", "surname"),
    ("Title", "jobTitle"),
    ("Company", "companyName"),
    ("Department", "department"),
];
const ADDRESS: [(&str, &str); 6] = [
    ("StreetAddress", "street"),
    ("City", "city"),
    ("StateOrProvince", "state"),
    ("PostalCode", "postalCode"),
    ("CountryOrRegion", "countryOrRegion"),
    ("Office", "officeLocation"),
];
const PHONES: [(&str, &str); 2] = [("Phone", "business"), ("MobilePhone", "mobile")];

pub(super) fn create(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let now = invocation.now;
    let name = invocation.text("Name").unwrap_or_default().to_owned();
    let alias = invocation
        .text("Alias")
        .map_or_else(|| names::alias_of(&name), str::to_owned);
    names::check_free(invocation, &tenant, &name, &alias)?;
    let external = external(invocation);
    addressing::check_free(invocation, &tenant, None, &external)?;
    let mut properties = json!({
        "mail": external, "mailNickname": alias, "proxyAddresses": [format!("SMTP:{external}")],
    })
    .as_object()
    .cloned()
    .unwrap_or_default();
    describe(invocation, &mut properties);
    let id = tenant.ids.object_id();
    let contact = Contact {
        id,
        display_name: invocation.text("DisplayName").unwrap_or(&name).to_owned(),
        external_address: external.clone(),
        properties,
        created: now,
        visible_from: after(now, tenant.switches.exchange.seen_by_directory_seconds),
    };
    tenant.directory.contacts.insert(id, contact);
    let seen = after(now, tenant.switches.exchange.sees_itself_seconds);
    let settings = |seen_from| Settings {
        name: Some(name.clone()),
        seen_from: Some(seen_from),
        ..Settings::default()
    };
    tenant.exchange.settings.insert(id, settings(now));
    invocation.record(&mut tenant, format!("exchange:create:contact:{external}"));
    let shown = recipient::by_id(&tenant, now, id).map(|found| row::of(&tenant, now, &found));
    tenant.exchange.settings.insert(id, settings(seen));
    Ok(Done::rows(shown.into_iter().collect()))
}

fn external(invocation: &Invocation) -> String {
    bare(invocation.text("ExternalEmailAddress").unwrap_or_default()).to_owned()
}

pub(super) fn get(invocation: &Invocation) -> Outcome {
    reading::list(invocation, Kind::is_contact)
}

/// Mail follows the external address; the one before is not kept. `WindowsEmailAddress` changes what is shown alone.
pub(super) fn set_mail(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let found = change::target(invocation, &tenant, Kind::is_contact)?;
    let (id, before) = (found.id, Face::of(&found));
    let mut face = change::changed(invocation, &tenant, &found, false)?;
    if invocation.has("EmailAddresses") {
        let all = addressing::asked(invocation, found.properties)?.unwrap_or_default();
        for address in all.iter().filter_map(|proxy| smtp(proxy)) {
            addressing::check_free(invocation, &tenant, Some(id), address)?;
        }
        face.properties.insert("proxyAddresses".to_owned(), all.into());
    }
    let moved = invocation
        .has("ExternalEmailAddress")
        .then(|| external(invocation));
    if let Some(external) = &moved {
        addressing::check_free(invocation, &tenant, Some(id), external)?;
        let all = vec![format!("SMTP:{external}")];
        face.properties.insert("proxyAddresses".to_owned(), all.into());
    }
    show_mail(invocation, &mut face.properties);
    if let (Some(external), Some(contact)) = (moved, tenant.directory.contacts.get_mut(&id)) {
        contact.external_address = external;
    }
    change::put(invocation, &mut tenant, id, &before, face)
}

fn show_mail(invocation: &Invocation, properties: &mut Map<String, Value>) {
    if let Some(mail) = invocation.text("WindowsEmailAddress") {
        properties.insert("mail".to_owned(), mail.into());
    }
}

pub(super) fn set(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let found = change::target(invocation, &tenant, Kind::is_contact)?;
    let (id, before) = (found.id, Face::of(&found));
    let mut face = before.clone();
    if let Some(name) = invocation.text("DisplayName") {
        name.clone_into(&mut face.display_name);
    }
    describe(invocation, &mut face.properties);
    show_mail(invocation, &mut face.properties);
    change::put(invocation, &mut tenant, id, &before, face)
}

fn describe(invocation: &Invocation, properties: &mut Map<String, Value>) {
    for (parameter, name) in GRAPH_NAMES {
        if let Some(value) = invocation.value(parameter) {
            properties.insert(name.to_owned(), value.clone());
        }
    }
    if ADDRESS.iter().any(|(parameter, _)| invocation.has(parameter)) {
        let mut address = properties
            .get("addresses")
            .map_or(json!({}), |all| all[0].clone());
        for (parameter, name) in ADDRESS {
            if let Some(value) = invocation.value(parameter) {
                address[name] = value.clone();
            }
        }
        properties.insert("addresses".to_owned(), json!([address]));
    }
    for (parameter, kind) in PHONES {
        if let Some(number) = invocation.value(parameter) {
            let all = properties
                .get("phones")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default();
            let others = all.into_iter().filter(|phone| phone["type"] != kind);
            let phones = others.chain([json!({"type": kind, "number": number})]);
            properties.insert("phones".to_owned(), phones.collect());
        }
    }
}

pub(super) fn remove(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let id = change::target(invocation, &tenant, Kind::is_contact)?.id;
    tenant.directory.contacts.remove(&id);
    tenant.exchange.settings.remove(&id);
    for group in tenant.directory.groups.values_mut() {
        group.members.remove(&id);
    }
    invocation.record(&mut tenant, format!("exchange:delete:contact:{}", id.0));
    Ok(Done::default())
}
