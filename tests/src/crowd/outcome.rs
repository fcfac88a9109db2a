//! What became of each application of a crowd, without what tells them apart, and of the tenant as a whole.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::directory::Directory;
use dev_tenant::graph::Message;
use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::ids::ItemId;
use dev_tenant::sharepoint::state::item::Item;
use dev_tenant::world::Tenant;
use serde_json::{Value, json};

use super::account;
use crate::house::House;
use crate::ledger;
use crate::normal::Normal;
use crate::outcome::{self, LISTS};
use crate::rows::{self, APPLICATIONS, INBOX};

const HISTORY: &str = "PFHistory";
/// Length of an application's number, and how it begins.
const NUMBER: (usize, &str) = (14, "USR-");

pub struct Outcome {
    /// In order of the accounts' names.
    pub cases: Vec<Value>,
    /// Counts, each divided by the number of applications.
    pub whole: Value,
}

/// Everything that belongs to one application, by its number.
#[derive(Default)]
struct Belongings<'a> {
    history: Vec<&'a Item>,
    files: Vec<&'a Item>,
    mails: Vec<&'a Message>,
}

pub fn of(house: &House, size: usize) -> Outcome {
    let normal = Normal::of_many(house);
    let tenant = house.world().tenant();
    let belongings = belongings(&tenant);
    let applications: BTreeMap<String, &Item> = rows::items(&tenant, APPLICATIONS)
        .map(|item| (text(item, "PFSubject"), item))
        .collect();
    let case = |number| {
        let account = account(number);
        let item = applications.get(&account)?;
        let belongings = belongings.get(&text(item, "PFNumber"))?;
        Some(case(&tenant, &normal, &account, item, belongings))
    };
    let cases = (1..=size).map(|number| case(number).unwrap_or_default());
    let cases = cases.collect();
    let whole = whole(&tenant, size);
    drop(tenant);
    let mut whole = whole;
    whole["effects"] = effects(house, size);
    Outcome { cases, whole }
}

fn belongings(tenant: &Tenant) -> BTreeMap<String, Belongings<'_>> {
    let mut all: BTreeMap<String, Belongings> = BTreeMap::new();
    for line in rows::items(tenant, HISTORY) {
        all.entry(text(line, "PFNumber")).or_default().history.push(line);
    }
    for file in rows::items(tenant, "PFFiles") {
        all.entry(text(file, "PFNumber")).or_default().files.push(file);
    }
    for mail in tenant.mailboxes.messages.iter() {
        let subject = mail.content.get("subject").and_then(Value::as_str);
        let subject = subject.unwrap_or_default();
        let number = subject
            .find(NUMBER.1)
            .and_then(|at| subject.get(at..at + NUMBER.0));
        let number = number.unwrap_or_default().to_owned();
        all.entry(number).or_default().mails.push(mail);
    }
    all
}

fn case(tenant: &Tenant, normal: &Normal, account: &str, item: &Item, belongings: &Belongings) -> Value {
    let site = rows::site(tenant);
    let directory = &tenant.directory;
    let source = text(item, "PFSource");
    let row = source.split('.').next().unwrap_or_default();
    let inbox = row
        .parse()
        .ok()
        .and_then(|id| rows::list(tenant, INBOX)?.items.get(&ItemId(id)));
    let user = user(directory, account);
    let mut known = vec![
        (text(item, "PFNumber"), "{number}"),
        (text(item, "PFCorrelation"), "{application}"),
        (format!("\"inboxItem\":{row},"), "{row}"),
        (format!("\"row\":{row},"), "{row}"),
        (format!("DispForm.aspx?ID={}", item.id), "{item}"),
        (format!("EditForm.aspx?ID={}", item.id), "{item}"),
        (account.to_owned(), "{name}"),
    ];
    known.extend(user.map(|user| (user.id.0.to_string(), "{account}")));
    let normal = normal.knowing(known);
    let sealed = |item: &&Item| {
        let mut shown = outcome::row(site, item);
        if let Some(source) = shown["columns"].get_mut("PFSource") {
            *source = Value::Null;
        }
        shown
    };
    let mut history: Vec<_> = belongings.history.iter().map(sealed).collect();
    history.sort_by_key(|line| line["columns"]["PFSeq"].to_string());
    let shown = json!({
        "user": user.map(|user| outcome::user(directory, user)),
        "inbox": inbox.map(|row| outcome::row(site, row)),
        "application": sealed(&item),
        "history": history,
        "files": belongings.files.iter().map(sealed).collect::<Vec<_>>(),
    });
    let mut shown = normal.value(&shown);
    shown["mails"] = outcome::sorted(directory, belongings.mails.iter().copied(), &normal);
    shown
}

fn user<'a>(directory: &'a Directory, account: &str) -> Option<&'a dev_tenant::directory::User> {
    let mut users = directory.users.values();
    users.find(|user| user.user_principal_name.split('@').next() == Some(account))
}

fn text(item: &Item, column: &str) -> String {
    match item.value(column) {
        Some(FieldValue::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// Lines of the history that belong to no application.
fn strays(tenant: &Tenant) -> usize {
    let numbers: BTreeSet<String> = rows::items(tenant, APPLICATIONS)
        .map(|item| text(item, "PFNumber"))
        .collect();
    let lines = rows::items(tenant, HISTORY);
    lines
        .filter(|line| !numbers.contains(&text(line, "PFNumber")))
        .count()
}

/// A count in terms of the number of applications.
fn share(count: usize, size: usize) -> String {
    format!("{} each and {} more", count / size, count % size)
}

fn whole(tenant: &Tenant, size: usize) -> Value {
    let directory = &tenant.directory;
    let is_new = |name: &str| name.starts_with("hana");
    let groups: BTreeMap<_, _> = directory
        .groups
        .values()
        .map(|group| {
            let members = group.members.iter().map(|id| outcome::name(directory, *id));
            let (new, others): (Vec<_>, Vec<_>) = members.partition(|name| is_new(name));
            (
                group.display_name.clone(),
                json!({ "new": share(new.len(), size), "others": others }),
            )
        })
        .collect();
    let rows: BTreeMap<_, _> = LISTS
        .iter()
        .map(|list| {
            // A crowd takes longer than a day of the tenant's time: the product's row that measures webhooks is there then.
            let beats = |item: &&Item| text(item, "PFNumber") == "heartbeat";
            let count = rows::items(tenant, list).filter(|item| !beats(item)).count();
            let count = match *list {
                // Each application's own lines are compared with it; definitions are pinned once for all.
                HISTORY => format!("{} of no application", strays(tenant)),
                // Files stand with some applications only.
                "PFFiles" => share(count * size / (size / super::FILED), size),
                _ => share(count, size),
            };
            (*list, count)
        })
        .collect();
    let users = directory.users.values();
    json!({
        "groups": groups, "rows": rows,
        "users": users.filter(|user| is_new(&user.user_principal_name)).count() / size,
        "mails": share(tenant.mailboxes.messages.len(), size),
        "recycled": rows::site(tenant).recycle_bin.len(),
    })
}

/// How many effects of each kind may happen only once, and which of them happened again.
fn effects(house: &House, size: usize) -> Value {
    let once = ledger::once(house);
    let repeated: Vec<_> = once.iter().filter(|(_, count)| **count != 1).collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    // Files and lines are not the same number for every application; each is compared with its own.
    let uneven = |key: &&String| key.contains("PFFiles") || key.contains(HISTORY);
    for key in once.keys().filter(|key| !uneven(key)) {
        *kinds.entry(ledger::kind(key)).or_default() += 1;
    }
    let kinds: BTreeMap<_, _> = kinds
        .into_iter()
        .map(|(kind, count)| (kind, share(count, size)))
        .collect();
    json!({ "repeated": repeated, "kinds": kinds })
}
