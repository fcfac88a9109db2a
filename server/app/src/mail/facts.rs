//! What a mail can speak of, each under the name by which templates call it.

use serde::{Deserialize, Serialize};

/// The values of one mail. Empty ones are left out of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    pub to: String,
    pub number: String,
    pub title: String,
    pub applicant: String,
    pub step: String,
    pub plan: Vec<String>,
    pub url: String,
    pub by: String,
    pub comment: String,
    pub issues: Vec<String>,
    pub head: String,
    /// Fingerprint of the key that signed the head.
    pub key: String,
    pub account: String,
    pub reason: String,
    pub retry: bool,
    pub done: Vec<String>,
    pub open: Vec<String>,
    pub skipped: Vec<String>,
    pub decision: String,
    pub at: String,
    pub due: String,
    pub channel: String,
    pub contacts: Vec<String>,
    pub manual: String,
    /// Of a digest.
    pub count: String,
    pub items: Vec<Item>,
    /// Who is away, and whom he could name.
    pub person: String,
    pub deputy: String,
    pub from: String,
    pub until: String,
}

/// One mail of a digest: what it says, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub text: String,
    pub url: String,
}

/// A value as a text shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Line(&'a str),
    /// One bullet each.
    Lines(&'a [String]),
    /// The same, with an address below each.
    Items(&'a [Item]),
    /// An address of ours: the only thing that becomes a link.
    Link(&'a str),
    /// Only asked by a condition.
    Flag(bool),
}

impl Value<'_> {
    pub(super) fn is_there(self) -> bool {
        match self {
            Self::Line(text) | Self::Link(text) => !text.is_empty(),
            Self::Lines(lines) => !lines.is_empty(),
            Self::Items(items) => !items.is_empty(),
            Self::Flag(flag) => flag,
        }
    }
}

/// One name, and where its value is found.
#[derive(Clone, Copy)]
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) of: fn(&Facts) -> Value<'_>,
}

impl Fact {
    pub(super) fn called(name: &str) -> Option<Self> {
        FACTS.iter().find(|fact| fact.name == name).copied()
    }
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.name)
    }
}

const fn fact(name: &'static str, of: fn(&Facts) -> Value<'_>) -> Fact {
    Fact { name, of }
}

const FACTS: [Fact; 30] = [
    fact("to", |facts| Value::Line(&facts.to)),
    fact("number", |facts| Value::Line(&facts.number)),
    fact("title", |facts| Value::Line(&facts.title)),
    fact("applicant", |facts| Value::Line(&facts.applicant)),
    fact("step", |facts| Value::Line(&facts.step)),
    fact("plan", |facts| Value::Lines(&facts.plan)),
    fact("url", |facts| Value::Link(&facts.url)),
    fact("by", |facts| Value::Line(&facts.by)),
    fact("comment", |facts| Value::Line(&facts.comment)),
    fact("issues", |facts| Value::Lines(&facts.issues)),
    fact("head", |facts| Value::Line(&facts.head)),
    fact("key", |facts| Value::Line(&facts.key)),
    fact("account", |facts| Value::Line(&facts.account)),
    fact("reason", |facts| Value::Line(&facts.reason)),
    fact("retry", |facts| Value::Flag(facts.retry)),
    fact("done", |facts| Value::Lines(&facts.done)),
    fact("open", |facts| Value::Lines(&facts.open)),
    fact("skipped", |facts| Value::Lines(&facts.skipped)),
    fact("decision", |facts| Value::Line(&facts.decision)),
    fact("at", |facts| Value::Line(&facts.at)),
    fact("due", |facts| Value::Line(&facts.due)),
    fact("channel", |facts| Value::Line(&facts.channel)),
    fact("contacts", |facts| Value::Lines(&facts.contacts)),
    fact("manual", |facts| Value::Link(&facts.manual)),
    fact("count", |facts| Value::Line(&facts.count)),
    fact("items", |facts| Value::Items(&facts.items)),
    fact("person", |facts| Value::Line(&facts.person)),
    fact("deputy", |facts| Value::Line(&facts.deputy)),
    fact("from", |facts| Value::Line(&facts.from)),
    fact("until", |facts| Value::Line(&facts.until)),
];
