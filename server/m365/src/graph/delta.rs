//! What changed in the directory since a moment. Entries come doubled, again and in any order: they say whom to
//! read anew, and the properties that they name are what a reading should then show.

use std::collections::BTreeMap;

use http::Method;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Error, Operation, Result, call::Answer, odata};

/// Properties of users that are followed.
const USERS: &str = "$select=id,userPrincipalName,displayName,mail,accountEnabled,department,jobTitle";
/// Graph's words for a token that it no longer knows ("Use delta query": 40x; a 410 says the same).
const OUTLIVED: [&str; 2] = ["syncStateNotFound", "resyncRequired"];

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    Users,
    /// The members of one group.
    Group(Uuid),
}

/// How long a link of directory objects can be followed ("Use delta query to track changes": token duration).
pub const DELTA_TOKEN_LIVES: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where reading goes on: Graph's own link, opaque. It lives for [`DELTA_TOKEN_LIVES`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeltaLink(String);

/// One page of changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Delta {
    pub entries: Vec<Entry>,
    pub next: DeltaLink,
    /// Whether `next` leads to another page now; otherwise it leads to what changes later.
    pub more: bool,
}

/// One object that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub id: Uuid,
    pub removed: Option<Removed>,
    /// At least those that changed, by Graph's names; an emptied one is null.
    pub properties: BTreeMap<String, Value>,
}

/// How an object left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// Deleted, and can be restored for 30 days.
    Restorable,
    /// Gone for good.
    Purged,
}

#[derive(Deserialize)]
struct Page {
    value: Vec<Map<String, Value>>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
    #[serde(rename = "@odata.deltaLink")]
    delta: Option<String>,
}

impl Followed {
    fn path(self) -> String {
        match self {
            Self::Users => format!("users/delta?{USERS}"),
            Self::Group(id) => {
                let filter = odata::escape(&format!("id eq '{id}'"));
                format!("groups/delta?$select=members&$filter={filter}")
            }
        }
    }

    fn operation(self) -> Operation {
        match self {
            Self::Users => operation::FOLLOW_USERS,
            Self::Group(_) => operation::FOLLOW_MEMBERS,
        }
    }
}

impl Graph {
    /// The link that leads to what changes from now on.
    pub async fn delta_from_now(&self, what: Followed) -> Result<DeltaLink> {
        let path = format!("{}&$deltatoken=latest", what.path());
        let answer = self
            .tenant
            .send(self.call(what.operation(), Method::GET, &path)?)
            .await?;
        let mut page = Delta::read(&answer)?;
        while page.more {
            page = self
                .delta(&page.next)
                .await?
                .ok_or_else(|| broken("a link outlived at once"))?;
        }
        Ok(page.next)
    }

    /// The page behind a link. `None`: the link is too old, and everything must be read anew.
    pub async fn delta(&self, link: &DeltaLink) -> Result<Option<Delta>> {
        let call = self.call_to(operation::READ_CHANGES, Method::GET, &link.0)?;
        match self.tenant.send(call).await {
            Ok(answer) => Delta::read(&answer).map(Some),
            Err(error) if is_outlived(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn is_outlived(error: &Error) -> bool {
    let code = error.code.as_deref().unwrap_or_default();
    error.status == Some(410) || OUTLIVED.iter().any(|known| code.eq_ignore_ascii_case(known))
}

impl Delta {
    pub(crate) fn read(answer: &Answer) -> Result<Self> {
        let page: Page = answer.json()?;
        let (next, more) = match (page.next, page.delta) {
            (Some(next), _) => (next, true),
            (None, Some(delta)) => (delta, false),
            (None, None) => return Err(broken("a page of changes without a link")),
        };
        let entries: Option<Vec<_>> = page.value.into_iter().map(Entry::of).collect();
        Ok(Self {
            entries: entries.ok_or_else(|| broken("a change without an id"))?,
            next: DeltaLink(next),
            more,
        })
    }
}

impl DeltaLink {
    /// Where it leads, if that is on this host.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn on(&self, origin: &crate::Origin) -> Option<url::Url> {
        origin.own(&self.0)
    }
}

impl Entry {
    fn of(mut members: Map<String, Value>) -> Option<Self> {
        let id = members.remove("id")?.as_str()?.parse().ok()?;
        // A reason that we do not know is taken as the milder one; whoever reads the object sees the truth.
        let removed = members
            .remove("@removed")
            .map(|why| match why["reason"].as_str() {
                Some("deleted") => Removed::Purged,
                _ => Removed::Restorable,
            });
        let properties = members.into_iter().filter(|(name, _)| !name.contains('@'));
        Some(Self {
            id,
            removed,
            properties: properties.collect(),
        })
    }
}

fn broken(why: &str) -> Error {
    Error::broken(crate::Service::Graph, operation::READ_CHANGES.name, why)
}
