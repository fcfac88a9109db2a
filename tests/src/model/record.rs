//! What SharePoint recorded of one application: versions, rows of the inbox, lines of the history, mails.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::ids::{ItemId, PrincipalId, SHAREPOINT_APP};
use dev_tenant::sharepoint::state::item::{self, Item};
use dev_tenant::sharepoint::state::people::Identity;
use dev_tenant::world::Tenant;
use jiff::Timestamp;
use serde_json::Value;

use crate::rows::{self, APPLICATIONS, INBOX};

/// Columns into which people may write.
pub const EDITABLE: [&str; 4] = ["PFDecision", "PFDecisionFor", "PFDecisionComment", "PFSendBackTo"];

/// Who is who, by object id.
pub struct Roll {
    pub manager: String,
    pub experts: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Editor {
    App,
    Person(String),
    Nobody,
}

#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) number: u32,
    pub(super) at: Timestamp,
    /// As SharePoint shows him.
    pub(super) editor: Editor,
    /// Who wrote it, as only the tenant's ledger knows: `app:…` or `person:{object id}`.
    pub(super) writer: String,
    values: BTreeMap<String, FieldValue>,
}

/// A row of the inbox by which somebody asks something of the application.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub(super) item: u32,
    pub(super) author: String,
    /// Version 1.0: it alone counts.
    pub(super) first: Version,
}

#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) at: Timestamp,
    pub(super) event: Value,
    pub(super) hash: String,
    /// What led to it: `v{version}` of the item, or `act-{row}` of the inbox.
    via: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Record {
    pub number: String,
    pub item: u32,
    pub(super) applicant: String,
    /// Who administer the site.
    pub(super) owners: BTreeSet<String>,
    pub(super) versions: Vec<Version>,
    pub(super) acts: Vec<Act>,
    /// The applicant's own row.
    pub(super) row: Vec<Version>,
    pub(super) lines: Vec<Line>,
    /// Keys of mails that tell somebody that an entry of his does not count.
    pub(super) told: Vec<String>,
}

impl Version {
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        match self.values.get(column) {
            Some(FieldValue::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    pub(super) fn moment(&self, column: &str) -> Option<Timestamp> {
        match self.values.get(column) {
            Some(FieldValue::DateTime(at)) => Some(*at),
            _ => None,
        }
    }

    pub(super) fn number(&self, column: &str) -> Option<f64> {
        match self.values.get(column) {
            Some(FieldValue::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn value(&self, column: &str) -> Option<&FieldValue> {
        self.values.get(column)
    }

    /// A version that holds nothing, as there is before the first.
    pub(super) fn before_birth(&self) -> Self {
        Self {
            number: 0,
            values: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// Written by the app: an owner can put its name on a version of his own.
    pub(super) fn is_ours(&self) -> bool {
        self.editor == Editor::App && !self.writer.starts_with("person:")
    }

    /// Sealed columns in which this version differs from another.
    pub(super) fn altered<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a String> {
        let all: BTreeSet<&String> = self.values.keys().chain(other.values.keys()).collect();
        let sealed = move |column: &&String| {
            !EDITABLE.contains(&column.as_str()) && self.values.get(*column) != other.values.get(*column)
        };
        all.into_iter().filter(sealed)
    }
}

impl Record {
    /// The same with each version that stood `before` as it was written.
    pub(super) fn as_written(&self, before: &Self) -> Self {
        let written = |version: &Version| {
            let mut known = before.versions.iter();
            known.find(|known| known.number == version.number).cloned()
        };
        let versions = self.versions.iter();
        Self {
            versions: versions
                .map(|version| written(version).unwrap_or_else(|| version.clone()))
                .collect(),
            ..self.clone()
        }
    }

    /// Whether somebody was told that what stands at this place does not count.
    pub(super) fn is_told(&self, place: &str) -> bool {
        let told = |told: &String| told.strip_prefix(place).is_some_and(|rest| rest.starts_with(':'));
        self.told.iter().any(told)
    }
}

/// Everything that is needed of a tenant for many applications, gathered once.
pub struct Archive {
    records: Vec<Record>,
}

impl Archive {
    /// Records of the applications of these rows of the inbox.
    pub fn of(tenant: &Tenant, submitted: &BTreeSet<u32>) -> Self {
        let people = people(tenant);
        let mut acts = acts(tenant, &people);
        let mut lines = lines(tenant);
        let mut told = told(tenant);
        let writers = writers(tenant);
        let record = |item: &Item| {
            let source = text(item, "PFSource");
            let row: u32 = source.split('.').next()?.parse().ok()?;
            let row = rows::list(tenant, INBOX)?.items.get(&ItemId(row))?;
            let (number, application) = (text(item, "PFNumber"), text(item, "PFCorrelation"));
            let lines = lines.remove(&number).unwrap_or_default();
            let told = told.remove(&application).unwrap_or_default();
            submitted.contains(&row.id.0).then(|| Record {
                item: item.id.0,
                applicant: person(&people, row.author).unwrap_or_default(),
                owners: owners(tenant, &people),
                versions: versions(item, &people, writers.get(&item.id.0)),
                acts: acts.remove(&number).unwrap_or_default(),
                row: versions(row, &people, None),
                told: told.iter().filter_map(|told| entry_told(told, &lines)).collect(),
                lines,
                number,
            })
        };
        Self {
            records: rows::items(tenant, APPLICATIONS).filter_map(record).collect(),
        }
    }

    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// That of this item.
    pub fn record(&self, item: u32) -> Option<&Record> {
        self.records.iter().find(|record| record.item == item)
    }
}

type People = BTreeMap<PrincipalId, String>;

fn people(tenant: &Tenant) -> People {
    let users = rows::site(tenant).users.values();
    users
        .filter_map(|user| match user.identity {
            Identity::Person(person) => Some((user.id, person.0.to_string())),
            _ => None,
        })
        .collect()
}

fn owners(tenant: &Tenant, people: &People) -> BTreeSet<String> {
    let site = rows::site(tenant);
    let group = site.groups.get(&site.associated_owners);
    let members = group.map(|group| group.members.iter());
    members
        .into_iter()
        .flatten()
        .filter_map(|id| person(people, *id))
        .collect()
}

fn person(people: &People, id: PrincipalId) -> Option<String> {
    people.get(&id).cloned()
}

fn text(item: &Item, column: &str) -> String {
    match item.value(column) {
        Some(FieldValue::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn versions(item: &Item, people: &People, writers: Option<&BTreeMap<Timestamp, String>>) -> Vec<Version> {
    let version = |version: &item::Version| Version {
        number: version.number,
        at: version.at,
        editor: match version.editor {
            SHAREPOINT_APP => Editor::App,
            id => person(people, id).map_or(Editor::Nobody, Editor::Person),
        },
        writer: writers
            .and_then(|writers| writers.get(&version.at).cloned())
            .unwrap_or_default(),
        values: version.values.clone(),
    };
    item.versions.iter().map(version).collect()
}

/// By item and moment.
fn writers(tenant: &Tenant) -> BTreeMap<u32, BTreeMap<Timestamp, String>> {
    let mut all: BTreeMap<u32, BTreeMap<Timestamp, String>> = BTreeMap::new();
    for effect in &tenant.ledger.effects {
        let rest = effect
            .key
            .strip_prefix("sharepoint:update-item:Lists/PFApplications/");
        let item = rest.and_then(|rest| rest.split(':').next()?.parse().ok());
        if let Some(item) = item {
            all.entry(item).or_default().insert(effect.at, effect.who.clone());
        }
    }
    all
}

fn acts(tenant: &Tenant, people: &People) -> BTreeMap<String, Vec<Act>> {
    let mut all: BTreeMap<String, Vec<Act>> = BTreeMap::new();
    for row in rows::items(tenant, INBOX) {
        let versions = versions(row, people, None);
        let Some(first) = versions.into_iter().next() else {
            continue;
        };
        if first.text("PFKind") == Some("act") {
            let number = first.text("PFNumber").unwrap_or_default().to_owned();
            let author = person(people, row.author).unwrap_or_default();
            let item = row.id.0;
            all.entry(number).or_default().push(Act { item, author, first });
        }
    }
    all
}

fn lines(tenant: &Tenant) -> BTreeMap<String, Vec<Line>> {
    let mut all: BTreeMap<String, BTreeMap<u64, Line>> = BTreeMap::new();
    for row in rows::items(tenant, "PFHistory") {
        let body: Value = serde_json::from_str(&text(row, "PFBody")).unwrap_or_default();
        let at = body["at"].as_str().and_then(|at| at.parse().ok());
        let seq = body["seq"].as_u64().unwrap_or_default();
        let line = Line {
            at: at.unwrap_or_default(),
            event: body["event"].clone(),
            hash: text(row, "PFHash"),
            via: place(&body["via"]),
        };
        all.entry(text(row, "PFNumber")).or_default().insert(seq, line);
    }
    let lists = all.into_iter();
    lists
        .map(|(number, lines)| (number, lines.into_values().collect()))
        .collect()
}

fn place(via: &Value) -> Option<String> {
    match via["in"].as_str()? {
        "item" => Some(format!("v{}", via["version"])),
        _ => Some(format!("act-{}", via["row"])),
    }
}

/// A mail names the line of the history that it tells of, or else (in a closed application) the entry itself.
fn entry_told(told: &str, lines: &[Line]) -> Option<String> {
    let (line, by) = told.split_once(':')?;
    let Ok(seq) = line.parse::<usize>() else {
        return Some(told.to_owned());
    };
    let via = lines.get(seq.checked_sub(1)?)?.via.as_ref()?;
    Some(format!("{via}:{by}"))
}

/// By application.
fn told(tenant: &Tenant) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sender = dev_tenant::seed::SENDER;
    for mail in tenant.mailboxes.messages.iter() {
        let owner = tenant.directory.users.get(&mail.owner);
        // The reader's copy does not count again.
        let is_sent = owner.is_some_and(|user| user.user_principal_name.split('@').next() == Some(sender));
        for property in mail.extended.iter().filter(|_| is_sent) {
            if let Some((application, place)) = property.value.split_once(":not-counted:") {
                all.entry(application.to_owned())
                    .or_default()
                    .push(place.to_owned());
            }
        }
    }
    all
}
