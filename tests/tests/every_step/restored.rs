//! What stood there before anybody asked stands there again once everything was undone, but for what no way leads back
//! to; and nothing that was made is left.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::directory::{Directory, Group, ObjectId, User};
use dev_tenant::exchange::{Exchange, MailboxKind};
use dev_tenant::world::Tenant;
use e2e::outcome;
use serde_json::{Map, Value, json};

use super::undisturbed;

/// Properties that are not put back: people stay signed out until they sign in again, and nobody knows the password that
/// was there.
const NOT_PUT_BACK: [&str; 2] = ["signInSessionsValidFromDateTime", "passwordProfile"];
/// What Exchange does where nobody says so.
const BY_DEFAULT: [(&str, Value); 2] = [
    ("RequireSenderAuthenticationEnabled", Value::Bool(true)),
    ("DeliverToMailboxAndForward", Value::Bool(false)),
];

/// Objects to which no way leads back, and why: the requests about them are refused one
/// ([`super::ways_back`] says which), or what they keep stays.
const STAYS: [(&str, &str); 8] = [
    // Neither Entra nor Exchange keeps them.
    ("/groups/会計システム", "a security group that was deleted"),
    ("/groups/全社連絡（旧）", "a mailing list that was deleted"),
    (
        "/groups/お知らせ配信（旧）",
        "a distribution list that was deleted",
    ),
    // The first owners stay.
    ("/groups/経営企画部/owners", "a security group that was adopted"),
    (
        "/groups/経理の会/owners",
        "a Microsoft 365 group that was adopted",
    ),
    (
        "/groups/責任者のいない連絡/owners",
        "a mailing list that was adopted",
    ),
    // Made anew under another name in the directory of Exchange, which nobody reads.
    (
        "/contacts/sales@wingtip.example/name",
        "a contact that was deleted",
    ),
    (
        "/contacts/sales@wingtip.example/properties/mailNickname",
        "a contact that was deleted",
    ),
];

/// All that people see of the tenant, object by object, by what they are called in the beginning.
#[derive(Debug)]
pub(crate) struct Dump(Value);

/// What objects are called, by their ids: those that stood there before anybody asked.
pub(crate) type Names = BTreeMap<ObjectId, String>;

/// Those of today.
pub(crate) fn names(tenant: &Tenant) -> Names {
    let users = tenant.directory.users.values();
    let users = users.map(|user| (user.id, user.user_principal_name.clone()));
    let groups = tenant.directory.groups.values();
    let groups = groups.map(|group| (group.id, group.display_name.clone()));
    users.chain(groups).collect()
}

impl Dump {
    pub(crate) fn of(tenant: &Tenant, names: &Names) -> Self {
        let seen = Seen { tenant, names };
        Self(json!({ "users": seen.users(), "groups": seen.groups(), "contacts": seen.contacts() }))
    }
}

struct Seen<'a> {
    tenant: &'a Tenant,
    names: &'a Names,
}

impl Seen<'_> {
    fn directory(&self) -> &Directory {
        &self.tenant.directory
    }

    fn exchange(&self) -> &Exchange {
        &self.tenant.exchange
    }

    /// What was there before by its name then; anything else by a name that no dump before has.
    fn called(&self, id: ObjectId, now: &str) -> String {
        let known = self.names.get(&id);
        known.map_or_else(|| format!("{now} (new)"), Clone::clone)
    }

    fn users(&self) -> Map<String, Value> {
        let users = self.directory().users.values();
        let live = users.filter(|user| user.deleted.is_none());
        live.map(|user| (self.called(user.id, &user.user_principal_name), self.user(user)))
            .collect()
    }

    fn user(&self, user: &User) -> Value {
        json!({
            "name": user.user_principal_name, "shown": user.display_name, "enabled": user.account_enabled,
            "properties": set(&user.properties), "manager": user.manager.map(|id| self.called(id, "manager")),
            "licences": user.licences, "mailbox": self.mailbox(user.id),
        })
    }

    fn groups(&self) -> Map<String, Value> {
        let groups = self.directory().groups.values();
        let live = groups.filter(|group| group.deleted.is_none());
        live.map(|group| (self.called(group.id, &group.display_name), self.group(group)))
            .collect()
    }

    fn group(&self, group: &Group) -> Value {
        let team = group.team.as_ref();
        let deletes = team.map(|team| {
            let told = team.settings.get("memberSettings");
            let told = told.and_then(|settings| settings["allowDeleteChannels"].as_bool());
            told.unwrap_or(true)
        });
        json!({
            "shown": group.display_name, "properties": set(&group.properties),
            "members": self.people(&group.members), "owners": self.people(&group.owners),
            "archived": team.map(|team| team.archiving.map_or(team.is_archived, |(becomes, _)| becomes)),
            "deleteChannels": deletes, "exchange": self.settings(group.id),
        })
    }

    /// Whoever was made meanwhile is gone, though the recycle bin keeps what he was in.
    fn people(&self, people: &BTreeSet<ObjectId>) -> BTreeSet<String> {
        let is_gone = |id: &&ObjectId| {
            let user = self.directory().users.get(id);
            user.is_some_and(|user| user.deleted.is_some())
        };
        let there = people.iter().filter(|id| !is_gone(id));
        there.map(|id| self.called(*id, "somebody")).collect()
    }

    fn contacts(&self) -> Map<String, Value> {
        let contacts = self.directory().contacts.values();
        let shown = contacts.map(|contact| {
            let settings = self.exchange().settings.get(&contact.id);
            let name = settings.and_then(|settings| settings.name.clone());
            let shown = json!({ "shown": contact.display_name, "properties": set(&contact.properties), "name": name });
            (contact.external_address.clone(), shown)
        });
        shown.collect()
    }

    /// No kind: what a licence brings.
    fn mailbox(&self, id: ObjectId) -> Value {
        let mailbox = self.exchange().mailboxes.get(&id).map(|mailbox| mailbox.kind);
        let kind = mailbox.filter(|kind| *kind != MailboxKind::Regular);
        json!({ "kind": kind, "settings": self.settings(id) })
    }

    fn settings(&self, id: ObjectId) -> Value {
        let Some(settings) = self.exchange().settings.get(&id) else {
            return self.settings_of(&BTreeSet::new(), [&BTreeSet::new(); 2], &Map::new());
        };
        let openers: BTreeSet<ObjectId> = settings.full_access.keys().copied().collect();
        let senders = [&settings.send_as, &settings.send_on_behalf];
        self.settings_of(&openers, senders, &settings.others)
    }

    fn settings_of(
        &self,
        full_access: &BTreeSet<ObjectId>,
        [send_as, send_on_behalf]: [&BTreeSet<ObjectId>; 2],
        others: &Map<String, Value>,
    ) -> Value {
        let mut others = set(others);
        for (name, value) in &BY_DEFAULT {
            if others.get(*name) == Some(value) {
                others.remove(*name);
            }
        }
        json!({
            "fullAccess": self.people(full_access), "sendAs": self.people(send_as),
            "sendOnBehalf": self.people(send_on_behalf), "others": others,
        })
    }
}

/// Graph and Exchange show a property without a value as one that was never set; lists of names have no order.
fn set(properties: &Map<String, Value>) -> Map<String, Value> {
    let kept = properties
        .iter()
        .filter(|(name, _)| !NOT_PUT_BACK.contains(&name.as_str()));
    kept.map(|(name, value)| (name.clone(), plain(value)))
        .filter(|(_, value)| !is_nothing(value))
        .collect()
}

fn plain(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(set(members)),
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(plain).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        other => other.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Whether no way leads back to this place.
fn stays(difference: &str) -> bool {
    STAYS.iter().any(|(place, _)| {
        let rest = difference.strip_prefix(place);
        rest.is_some_and(|rest| rest.starts_with('/') || rest.starts_with(':'))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn i10_x07_every_way_back_leads_to_what_stood_there_but_for_what_is_documented() {
    let run = undisturbed().await;
    let differences = outcome::differences(&run.before.0, &run.restored.0);
    let (stay, others): (Vec<_>, Vec<_>) = differences.into_iter().partition(|line| stays(line));
    assert!(others.is_empty(), "not as before:\n{}", others.join("\n"));
    for (place, why) in STAYS {
        let told = stay.iter().any(|line| line.starts_with(place));
        assert!(
            told,
            "{place} ({why}) is as before: take it out of the list of what is not"
        );
    }
}
