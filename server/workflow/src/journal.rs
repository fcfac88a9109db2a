//! Journal lines: each carries the hash of the one before, so that no line can be changed unseen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use crate::application::{Actor, Event};
use crate::hash::{Hash, canonical};
use crate::ids::ApplicationId;

/// Version of the line's shape.
const FORMAT: u32 = 1;

/// What the first line carries as the hash before it.
pub const GENESIS: Hash = Hash([0; 32]);

/// Where a person wrote what led to a line: whoever reads the journal alone knows what was looked at, and nothing is
/// ever looked at twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "camelCase", deny_unknown_fields)]
pub enum Place {
    /// A version of the application's own item, with its fingerprint.
    Item { version: u32, fingerprint: Hash },
    /// A version of a row of the inbox.
    Inbox { row: i64, version: u32 },
    /// The command line of the service itself; the line's actor is the administrator who gave his name there.
    System {},
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Version of this shape.
    pub v: u32,
    pub application: ApplicationId,
    /// 1, 2, 3, … within the application.
    pub seq: u64,
    pub at: Timestamp,
    pub actor: Actor,
    pub event: Event,
    pub prev: Hash,
    /// On the first line of what it led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Place>,
}

/// A line as it is kept: the text that was hashed, byte for byte, and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub body: String,
    pub hash: Hash,
}

/// Where a chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: Hash,
}

impl Head {
    /// Before the first line.
    pub const START: Self = Self {
        seq: 0,
        hash: GENESIS,
    };

    /// From the line of a closing mail: `12:HASH:SIGNATURE:KEY`, of which the first two tell the head.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(':');
        let seq = parts.next()?.parse().ok()?;
        let hash = Hash::parse(parts.next()?).ok()?;
        Some(Self { seq, hash })
    }

    /// What the evidence key signs.
    pub fn digest(&self, application: &ApplicationId) -> Hash {
        Hash::of_json(
            &json!({ "head": FORMAT, "application": application, "seq": self.seq, "hash": self.hash }),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {seq}: {problem}")]
pub struct BrokenChain {
    /// The first line that is not as it was written.
    pub seq: u64,
    pub problem: ChainProblem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ChainProblem {
    #[error("the text is not a line that we write")]
    Unreadable,
    #[error("the text does not have this hash")]
    HashDiffers,
    #[error("it does not carry the hash of the line before")]
    PreviousDiffers,
    #[error("lines are missing or out of order")]
    OutOfOrder,
    #[error("it belongs to another application")]
    OtherApplication,
    #[error("the actor is not the one of the event")]
    ActorDiffers,
}

impl Line {
    /// The line of an event that follows `head`.
    pub fn after(head: Head, application: ApplicationId, event: Event, at: Timestamp) -> Self {
        Self {
            v: FORMAT,
            application,
            seq: head.seq + 1,
            at,
            actor: event.actor(),
            event,
            prev: head.hash,
            via: None,
        }
    }

    /// The same line, led to by what was written there.
    #[must_use]
    pub fn led_to_by(self, via: Option<Place>) -> Self {
        Self { via, ..self }
    }

    /// Canonical text and hash.
    pub fn seal(&self) -> Result<Sealed, serde_json::Error> {
        let body = canonical(&serde_json::to_value(self)?);
        let hash = Hash::of(body.as_bytes());
        Ok(Sealed { body, hash })
    }

    pub fn parse(body: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(body)
    }
}

/// All lines of a chain, or the first bad one.
///
/// A chain that was cut off at its end is whole in itself: compare the head with the newest signed one.
pub fn verify(application: &ApplicationId, chain: &[Sealed]) -> Result<(Head, Vec<Line>), BrokenChain> {
    let mut head = Head::START;
    let mut lines = Vec::with_capacity(chain.len());
    for sealed in chain {
        let seq = head.seq + 1;
        let line = follow(application, head, sealed).map_err(|problem| BrokenChain { seq, problem })?;
        head = Head {
            seq,
            hash: sealed.hash,
        };
        lines.push(line);
    }
    Ok((head, lines))
}

fn follow(application: &ApplicationId, head: Head, sealed: &Sealed) -> Result<Line, ChainProblem> {
    if Hash::of(sealed.body.as_bytes()) != sealed.hash {
        return Err(ChainProblem::HashDiffers);
    }
    let value: Value = serde_json::from_str(&sealed.body).map_err(|_| ChainProblem::Unreadable)?;
    let line = Line::parse(&sealed.body).map_err(|_| ChainProblem::Unreadable)?;
    if canonical(&value) != sealed.body || line.v != FORMAT {
        return Err(ChainProblem::Unreadable);
    }
    if line.application != *application {
        return Err(ChainProblem::OtherApplication);
    }
    if line.seq != head.seq + 1 {
        return Err(ChainProblem::OutOfOrder);
    }
    if line.prev != head.hash {
        return Err(ChainProblem::PreviousDiffers);
    }
    if line.actor != line.event.actor() {
        return Err(ChainProblem::ActorDiffers);
    }
    Ok(line)
}
