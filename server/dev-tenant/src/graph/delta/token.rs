//! The state of a client's tracking, which it carries in `$skiptoken` and `$deltatoken`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Kind;
use super::entries::Place;
use super::track::Look;
use crate::directory::ObjectId;
use crate::graph::fault::Fault;

/// How long a token of directory objects is good (Microsoft Graph, "Use delta query to track changes in Microsoft
/// Graph data").
const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) select: Vec<String>,
    pub(super) ids: Vec<ObjectId>,
    /// What the client knows already; `None` = nothing.
    pub(super) since: Option<Look>,
    /// What it knew a round before.
    pub(super) before: Option<Look>,
    pub(super) issued: Timestamp,
    /// The round under way; `None` in a delta token.
    pub(super) round: Option<Round>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Round {
    /// The look at which the round began: the next one tells what came after it.
    pub(super) until: Look,
    /// The last entry told.
    pub(super) after: Option<Place>,
    /// The page before was empty.
    pub(super) rested: bool,
}

impl Token {
    pub(super) fn write(&self) -> Result<String, Fault> {
        let text = serde_json::to_vec(self)
            .map_err(|_| Fault::refused(500, "InternalServerError", "The token cannot be written."))?;
        Ok(URL_SAFE_NO_PAD.encode(text))
    }

    /// # Errors
    /// 400 for what is no token of this kind of object.
    pub(super) fn read(kind: Kind, text: &str) -> Result<Self, Fault> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let token: Option<Self> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        token
            .filter(|token| token.kind == kind)
            .ok_or_else(|| Fault::bad_request("Badly formed token."))
    }

    pub(super) fn is_good(&self, now: Timestamp) -> bool {
        now.duration_since(self.issued) < LIFE
    }
}
