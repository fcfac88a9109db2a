//! All that is in the tenant, in a form in which two runs can be compared: objects are called by their names, and the order
//! of what happened at the same time is left out.

use std::collections::BTreeMap;

use dev_tenant::directory::User;
use dev_tenant::world::Tenant;
use e2e::house::House;
use e2e::normal::Normal;
use e2e::{outcome, rows};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Digits of a UUID with its hyphens, and without.
const ID: usize = 36;
const SIMPLE: usize = 32;
/// Of an effect that sets what may be set twice.
pub(crate) const SET: &str = ":update:";
/// Of the effect that names somebody's one manager in place of another, as often as it is asked.
const MANAGER: &str = "graph:set-manager:";
/// What our mails do, which is compared by the mails themselves.
const MAILS: [&str; 4] = [
    "graph:create:message:",
    "graph:send:message:",
    "graph:update:message:",
    "graph:delete:message:",
];

/// Lists whose rows are compared. How many lines a journal takes is a matter of pauses; the product checks them itself.
const LISTS: [&str; 3] = ["PFInbox", "PFApplications", "PFFiles"];
const LINES: &str = "PFHistory";
/// What stands before the number of the last line in mails.
const LAST_LINE: &str = "履歴の末尾の署名: ";

/// Asked for again until its answer, or the team, tells that it was done, and doing it again changes nothing: each
/// counts as one.
const AGAIN: [&str; 4] = [
    "graph:revoke-sessions:",
    "graph:archive:team:",
    "graph:unarchive:team:",
    "graph:set-password:",
];

#[derive(Debug)]
pub(crate) struct Picture {
    tenant: Value,
    /// How often each change of the tenant happened, beside lists and mails.
    pub(crate) effects: BTreeMap<String, usize>,
}

impl Picture {
    /// `known`: what was there before, of which some is gone for good. `before`: so many effects do not count.
    pub(crate) fn of(house: &House, known: &BTreeMap<Uuid, String>, before: usize) -> Self {
        let words = Words::of(house, known);
        let tenant = house.world().tenant();
        let directory = words.value(&json!(tenant.directory));
        let part = |name: &str| directory[name].clone();
        let lists: Map<String, Value> = LISTS
            .iter()
            .map(|name| ((*name).to_owned(), list(&tenant, name, &words)))
            .collect();
        let shown = json!({
            "users": part("users"), "groups": groups(part("groups")), "contacts": part("contacts"),
            "exchange": words.value(&json!(tenant.exchange)),
            "mails": mails(&tenant, &words),
            "lists": lists,
            "recycled": rows::site(&tenant).recycle_bin.len(),
        });
        drop(tenant);
        Self {
            tenant: shown,
            effects: effects(house, &words, before),
        }
    }

    pub(crate) fn value(&self) -> Value {
        json!({ "tenant": self.tenant, "effects": self.effects })
    }

    /// The same where what is set may be set again: whoever looks again at a copy that lags behind finds it not set yet.
    pub(crate) fn value_in_the_end(&self) -> Value {
        let is_set = |key: &str| key.contains(SET) || key.starts_with(MANAGER);
        let effects = self.effects.iter().filter(|(key, _)| !is_set(key));
        let effects: BTreeMap<_, _> = effects.collect();
        json!({ "tenant": self.tenant, "effects": effects })
    }
}

/// How often it was asked for again is no difference ([`AGAIN`]).
fn groups(mut groups: Value) -> Value {
    for group in groups.as_object_mut().into_iter().flatten() {
        if let Some(properties) = group.1.as_object_mut() {
            properties.remove("operations");
            if let Some(team) = properties.get_mut("team").and_then(Value::as_object_mut) {
                archived_in_the_end(team);
            }
        }
    }
    groups
}

/// What it becomes, whether asked once or again.
fn archived_in_the_end(team: &mut Map<String, Value>) {
    if let Some(Value::Array(archiving)) = team.remove("archiving") {
        team.insert("is_archived".to_owned(), archiving[0].clone());
    }
}

fn effects(house: &House, words: &Words, before: usize) -> BTreeMap<String, usize> {
    let is_ours =
        |key: &str| !key.starts_with("sharepoint:") && !MAILS.iter().any(|prefix| key.starts_with(prefix));
    let mut counted = BTreeMap::new();
    let effects = house.effects().into_iter().skip(before);
    for effect in effects.filter(|effect| is_ours(&effect.key)) {
        let count: &mut usize = counted.entry(words.text(&effect.key)).or_default();
        *count = if AGAIN.iter().any(|again| effect.key.starts_with(again)) {
            1
        } else {
            *count + 1
        };
    }
    counted
}

fn list(tenant: &Tenant, name: &str, words: &Words) -> Value {
    let site = rows::site(tenant);
    let row = |item| {
        let mut row = words.value(&outcome::row(site, item));
        if let Some(columns) = row["columns"].as_object_mut() {
            columns.remove(LINES);
        }
        row
    };
    sorted(rows::items(tenant, name).map(row).collect())
}

/// By owner and folder.
fn mails(tenant: &Tenant, words: &Words) -> Value {
    let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for message in tenant.mailboxes.messages.iter() {
        let owner = outcome::name(&tenant.directory, message.owner);
        let mut content = words.value(&Value::Object(message.content.clone()));
        if let Some(body) = content.pointer_mut("/body/content") {
            let text = body.as_str().unwrap_or_default();
            let [version, row] = outcome::WRITTEN;
            *body = outcome::numberless(text, &[version, row, LAST_LINE]).into();
        }
        let place = format!("{owner} {:?}", message.folder);
        all.entry(place).or_default().push(content);
    }
    all.into_iter()
        .map(|(place, mails)| (place, sorted(mails)))
        .collect()
}

fn sorted(mut values: Vec<Value>) -> Value {
    values.sort_by_cached_key(Value::to_string);
    Value::Array(values)
}

/// What ids are called.
struct Words {
    objects: BTreeMap<Uuid, String>,
    normal: Normal,
}

impl Words {
    fn of(house: &House, known: &BTreeMap<Uuid, String>) -> Self {
        let normal = Normal::of_many(house);
        let mut objects = known.clone();
        objects.extend(named(&house.world().tenant()));
        Self { objects, normal }
    }

    fn text(&self, text: &str) -> String {
        self.normal.text(&self.named(text))
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            // Sets of names, in the order of ids that differ.
            Value::Array(all) if all.iter().all(Value::is_string) => {
                sorted(all.iter().map(|one| self.value(one)).collect())
            }
            Value::Array(all) => all.iter().map(|one| self.value(one)).collect(),
            Value::Object(members) => {
                let members = members.iter();
                members
                    .map(|(name, value)| (self.text(name), self.value(value)))
                    .collect()
            }
            other => other.clone(),
        }
    }

    /// Ids of objects are replaced by their names, all others by a word. Without its hyphens an id stands before the
    /// name of an account that was deleted.
    fn named(&self, text: &str) -> String {
        let mut named = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let id = rest.get(..ID).and_then(|part| Uuid::try_parse(part).ok());
            if let Some(id) = id {
                let name = self.objects.get(&id).map_or("{id}", String::as_str);
                named.push_str(name);
                rest = &rest[ID..];
            } else if let Some(name) = self.of_simple(rest) {
                named.push_str(name);
                rest = &rest[SIMPLE..];
            } else {
                named.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        named
    }

    fn of_simple(&self, text: &str) -> Option<&str> {
        let id = Uuid::try_parse(text.get(..SIMPLE)?).ok()?;
        self.objects.get(&id).map(String::as_str)
    }
}

/// What all that is in the tenant is called.
pub(crate) fn named(tenant: &Tenant) -> BTreeMap<Uuid, String> {
    let directory = &tenant.directory;
    let users = directory.users.values();
    let users = users.map(|user| (user.id.0, former_name(user).to_owned()));
    let groups = directory.groups.values();
    let groups = groups.map(|group| (group.id.0, group.display_name.clone()));
    let contacts = directory.contacts.values();
    let contacts = contacts.map(|contact| (contact.id.0, contact.external_address.clone()));
    let mut named: BTreeMap<Uuid, String> = users.chain(groups).chain(contacts).collect();
    let applications = applications(tenant, &named);
    named.extend(applications);
    let named = named.into_iter().map(|(id, name)| (id, format!("{{{name}}}")));
    let skus = directory.skus.iter();
    let skus = skus.map(|sku| (sku.sku_id, sku.part_number.clone()));
    named.chain(skus).collect()
}

/// The name of an account, be it deleted or not.
fn former_name(user: &User) -> &str {
    let name = user.user_principal_name.as_str();
    name.strip_prefix(&user.id.0.simple().to_string()).unwrap_or(name)
}

/// Applications by what they made: Entra and Exchange keep our names for it, which end in the application's id.
fn applications(tenant: &Tenant, named: &BTreeMap<Uuid, String>) -> Vec<(Uuid, String)> {
    let groups = tenant.directory.groups.values();
    let groups = groups.filter_map(|group| Some((group.id, group.unique_name.as_deref()?)));
    let settings = tenant.exchange.settings.iter();
    let settings = settings.filter_map(|(id, own)| Some((*id, own.name.as_deref()?)));
    groups
        .chain(settings)
        .filter_map(|(id, name)| {
            let start = name.len().checked_sub(ID)?;
            let application = name.get(start..)?.parse().ok()?;
            Some((application, format!("application for {}", named.get(&id.0)?)))
        })
        .collect()
}
