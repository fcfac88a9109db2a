//! The change log of a list or a site. It says what changed, never reliably who.

use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Collection, ItemId, List, Site};
use crate::{Error, Result, Verdict};

/// Changes asked for at once: the default of Microsoft's JavaScript client (SP.ChangeQuery).
const FETCH_LIMIT: usize = 1_000;

/// A place in the change log: `version;scope;scope id;ticks;event`. Whether a list's start token is exclusive
/// is not documented, so expect to see its change again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChangeToken {
    /// The token as SharePoint wrote it.
    #[serde(rename = "StringValue")]
    pub value: String,
}

impl ChangeToken {
    /// Number of the event, by which changes are told apart; `None` in a token made by time only.
    pub fn event(&self) -> Option<u64> {
        self.value.rsplit(';').next()?.parse().ok()
    }
}

/// What happened to an item (ChangeType of SharePoint's client).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Add,
    Update,
    Delete,
    Rename,
    Restore,
    /// Any other number.
    Other(i32),
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub token: ChangeToken,
    pub kind: ChangeKind,
    pub time: Timestamp,
    pub list: Option<Uuid>,
    pub item: Option<ItemId>,
}

/// A stretch of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Oldest first.
    pub changes: Vec<Change>,
    /// Whether more may follow: read on from the last change's token.
    pub more: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Line {
    change_token: ChangeToken,
    change_type: i32,
    time: Timestamp,
    list_id: Option<Uuid>,
    item_id: Option<i32>,
}

impl From<Line> for Change {
    fn from(line: Line) -> Self {
        let kind = match line.change_type {
            1 => ChangeKind::Add,
            2 => ChangeKind::Update,
            3 => ChangeKind::Delete,
            4 => ChangeKind::Rename,
            7 => ChangeKind::Restore,
            other => ChangeKind::Other(other),
        };
        let item = line.item_id.map(ItemId);
        Self {
            token: line.change_token,
            kind,
            time: line.time,
            list: line.list_id,
            item,
        }
    }
}

impl List {
    /// What happened to items since `from`; `None` when the log no longer reaches back that far (it is kept
    /// for 60 days): then scan the whole list.
    pub async fn changes(&self, from: &ChangeToken) -> Result<Option<Changes>> {
        self.site
            .read_changes(&format!("{}/getchanges", self.path()), from)
            .await
    }
}

impl Site {
    /// What happened to items of all lists of the site since `from`; `None` as with [`List::changes`].
    pub async fn changes(&self, from: &ChangeToken) -> Result<Option<Changes>> {
        self.read_changes("web/getchanges", from).await
    }

    /// The end of the site's change log.
    pub async fn current_change_token(&self) -> Result<ChangeToken> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Web {
            current_change_token: ChangeToken,
        }
        let web: Web = self
            .get("read the change token", "web?$select=CurrentChangeToken")
            .await?;
        Ok(web.current_change_token)
    }

    async fn read_changes(&self, path: &str, from: &ChangeToken) -> Result<Option<Changes>> {
        let call = self
            .call("read changes", Method::POST, path)?
            .json(query(from))
            .read_only();
        let answer = match self.tenant.send(call).await {
            Err(error) if is_before_the_log(&error) => return Ok(None),
            result => result?,
        };
        let lines: Collection<Line> = answer.json()?;
        let more = lines.value.len() >= FETCH_LIMIT;
        Ok(Some(Changes {
            changes: lines.value.into_iter().map(Change::from).collect(),
            more,
        }))
    }
}

/// Permission changes are left out: they are our own echo. System updates are not: we never write any, so one of
/// them is somebody who writes into a version that stands.
fn query(from: &ChangeToken) -> Value {
    json!({ "query": {
        "Item": true, "Add": true, "Update": true, "DeleteObject": true, "Restore": true, "Rename": true,
        "SystemUpdate": true, "ChangeTokenStart": from,
        // SharePoint refuses an Int64 that is not sent as text.
        "FetchLimit": FETCH_LIMIT.to_string(),
    } })
}

/// A token before the start of the log throws an SPException for which no code is documented; malformed
/// queries, which would be our fault, have code -1.
fn is_before_the_log(error: &Error) -> bool {
    error.verdict == Verdict::Invalid && error.sharepoint_code().is_some_and(|code| code != -1)
}
