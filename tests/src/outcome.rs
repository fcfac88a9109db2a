//! What the tenant is in the end, in a form in which two runs can be compared.

use std::collections::BTreeMap;

use dev_tenant::directory::{Directory, ObjectId, User};
use dev_tenant::graph::Message;
use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::ids::PrincipalId;
use dev_tenant::sharepoint::state::item::Item;
use dev_tenant::sharepoint::state::scope::Scope;
use dev_tenant::sharepoint::state::site::Site;
use dev_tenant::world::Tenant;
use serde_json::{Map, Value, json};

use crate::house::House;
use crate::normal::Normal;
use crate::rows;

/// Lists that applications leave traces in.
pub(crate) const LISTS: [&str; 4] = ["PFInbox", "PFApplications", "PFHistory", "PFFiles"];
/// So many characters before a difference are shown.
const AROUND: usize = 40;
/// Signed with a key that each house makes for itself.
const SIGNED: &str = "PFSignature";
/// Names the version in which somebody wrote, and every pause may spare us one of our own before it.
const LINE: &str = "PFBody";
const VERSION: &str = "\"version\":";
/// The same in mails that say what was recorded: version of the item, row of the inbox.
pub const WRITTEN: [&str; 2] = ["(版 ", "(行 "];

/// Accounts, groups, rows with their permissions, and mails.
pub fn of(house: &House) -> Value {
    let normal = Normal::of(house);
    let tenant = house.world().tenant();
    let lists: Map<String, Value> = LISTS
        .iter()
        .map(|name| ((*name).to_owned(), list(&tenant, name)))
        .collect();
    normal.value(&json!({
        "users": users(&tenant.directory),
        "groups": groups(&tenant.directory),
        "lists": lists,
        "mails": mails(&tenant, &normal),
        "recycled": rows::site(&tenant).recycle_bin.len(),
    }))
}

/// Where two outcomes differ, one line for each place.
pub fn differences(wanted: &Value, found: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    compare("", wanted, found, &mut lines);
    lines
}

fn compare(at: &str, wanted: &Value, found: &Value, lines: &mut Vec<String>) {
    match (wanted, found) {
        (Value::Object(one), Value::Object(two)) => {
            let names: std::collections::BTreeSet<_> = one.keys().chain(two.keys()).collect();
            for name in names {
                let place = format!("{at}/{name}");
                compare(&place, &wanted[name.as_str()], &found[name.as_str()], lines);
            }
        }
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => {
            for (number, (one, two)) in one.iter().zip(two).enumerate() {
                compare(&format!("{at}/{number}"), one, two, lines);
            }
        }
        _ if wanted == found => {}
        _ => {
            let (wanted, found) = (wanted.to_string(), found.to_string());
            let pairs = wanted.chars().zip(found.chars());
            let same = pairs.take_while(|(one, two)| one == two).count();
            let (wanted, found) = (part(&wanted, same), part(&found, same));
            lines.push(format!("{at}: wanted {wanted}, found {found}"));
        }
    }
}

/// What stands around a place.
fn part(text: &str, place: usize) -> String {
    text.chars()
        .skip(place.saturating_sub(AROUND))
        .take(4 * AROUND)
        .collect()
}

pub fn name(directory: &Directory, id: ObjectId) -> String {
    let user = directory.users.get(&id);
    user.map_or_else(|| id.0.to_string(), |user| user.user_principal_name.clone())
}

fn users(directory: &Directory) -> Value {
    let users = directory.users.values();
    users
        .map(|one| (one.user_principal_name.clone(), user(directory, one)))
        .collect()
}

pub(crate) fn user(directory: &Directory, user: &User) -> Value {
    json!({
        "name": user.display_name,
        "enabled": user.account_enabled,
        "properties": user.properties,
        "manager": user.manager.map(|id| name(directory, id)),
        "licences": user.licences,
        "deleted": user.deleted.is_some(),
    })
}

fn groups(directory: &Directory) -> Value {
    let named = |ids: &std::collections::BTreeSet<ObjectId>| {
        let mut names: Vec<_> = ids.iter().map(|id| name(directory, *id)).collect();
        names.sort();
        names
    };
    let groups = directory.groups.values();
    groups
        .map(|group| {
            let shown = json!({ "members": named(&group.members), "owners": named(&group.owners) });
            (group.display_name.clone(), shown)
        })
        .collect()
}

fn list(tenant: &Tenant, name: &str) -> Value {
    let site = rows::site(tenant);
    rows::items(tenant, name).map(|item| row(site, item)).collect()
}

pub fn row(site: &Site, item: &Item) -> Value {
    let values = item.current().values.iter();
    let columns: Map<String, Value> = values
        .map(|(column, value)| (column.clone(), cell(site, column, value)))
        .collect();
    json!({
        "columns": columns,
        "author": principal(site, item.author),
        "files": item.attachments.keys().collect::<Vec<_>>(),
        "permissions": item.scope.as_ref().map(|scope| permissions(site, scope)),
    })
}

fn cell(site: &Site, column: &str, value: &FieldValue) -> Value {
    match value {
        _ if column == SIGNED => json!("{signature}"),
        FieldValue::Text(text) if column == LINE => json!(numberless(text, &[VERSION])),
        FieldValue::DateTime(_) => json!("{time}"),
        FieldValue::Users(people) => people.iter().map(|id| principal(site, *id)).collect(),
        other => json!(other),
    }
}

/// The text without the digits that follow any of these marks.
pub fn numberless(text: &str, marks: &[&str]) -> String {
    let mut text = text.to_owned();
    for mark in marks {
        let mut parts = text.split(mark);
        let first = parts.next().unwrap_or_default().to_owned();
        text = parts.fold(first, |text, part| {
            let rest = part.trim_start_matches(|digit: char| digit.is_ascii_digit());
            format!("{text}{mark}{{number}}{rest}")
        });
    }
    text
}

fn permissions(site: &Site, scope: &Scope) -> Value {
    let assignments = scope.assignments.iter();
    assignments
        .map(|(who, roles)| {
            let named = |role| site.roles.get(role).map_or("?", |role| role.name.as_str());
            let roles: Vec<_> = roles.iter().map(named).collect();
            (principal(site, *who), json!(roles))
        })
        .collect()
}

fn principal(site: &Site, id: PrincipalId) -> String {
    let user = site.users.get(&id).map(|user| user.login_name.clone());
    let group = || site.groups.get(&id).map(|group| group.title.clone());
    user.or_else(group).unwrap_or_else(|| id.to_string())
}

/// By owner, folder, key and subject.
fn mails(tenant: &Tenant, normal: &Normal) -> Value {
    sorted(&tenant.directory, tenant.mailboxes.messages.iter(), normal)
}

pub(crate) fn sorted<'a>(
    directory: &Directory,
    messages: impl Iterator<Item = &'a Message>,
    normal: &Normal,
) -> Value {
    let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for message in messages {
        let key = message.extended.first().map(|property| property.value.as_str());
        let place = format!(
            "{} {:?} {}",
            name(directory, message.owner),
            message.folder,
            key.unwrap_or_default()
        );
        let mut content = normal.value(&Value::Object(message.content.clone()));
        if let Some(body) = content.pointer_mut("/body/content") {
            *body = numberless(body.as_str().unwrap_or_default(), &WRITTEN).into();
        }
        all.entry(normal.text(&place)).or_default().push(content);
    }
    for messages in all.values_mut() {
        messages.sort_by_key(ToString::to_string);
    }
    json!(all)
}
