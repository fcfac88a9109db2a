//! The journal as the item tells of it: when it was asked, decided and closed, and the form that is sealed.

use jiff::Timestamp;
use store::{JournalLine, SignedHead, StoreError, transaction};
use workflow::Event;
use workflow::journal::Line;
use workflow::{Payload, hex};

use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

/// All lines, oldest first, as they are kept and as they read.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) kept: Vec<JournalLine>,
    pub(crate) heads: Vec<SignedHead>,
    pub(crate) lines: Vec<Line>,
}

impl Story {
    pub(crate) async fn tell(service: &Service, case: &Case) -> Result<Self, JobError> {
        let id = &case.row.id;
        let read: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx => {
            Ok((tx.journal(id).await?, tx.heads(id).await?))
        });
        let (kept, heads) = read?;
        let lines = kept.iter().map(|line| Line::parse(&line.body));
        let lines: Result<_, _> = lines.collect();
        Ok(Self {
            lines: lines.map_err(|error| JobError::unreadable("a journal line", &error))?,
            kept,
            heads,
        })
    }

    /// The newest form that was submitted.
    pub(crate) fn payload(&self) -> Option<&Payload> {
        self.lines.iter().rev().find_map(|line| line.event.payload())
    }

    pub(crate) fn requested_at(&self) -> Option<Timestamp> {
        self.lines.first().map(|line| line.at)
    }

    /// The last approval or rejection, if nothing undid it.
    pub(crate) fn decided_at(&self) -> Option<Timestamp> {
        let undone = |event: &Event| matches!(event, Event::PlanChanged { .. } | Event::AskedAgain { .. });
        let telling = |event: &Event| matches!(event, Event::Approved {} | Event::Rejected {});
        let decided = self.lines.iter().rposition(|line| telling(&line.event))?;
        let reopened = self.lines[decided..].iter().any(|line| undone(&line.event));
        (!reopened).then(|| self.lines[decided].at)
    }

    /// The last line of a closed application.
    pub(crate) fn last_at(&self) -> Option<Timestamp> {
        self.lines.last().map(|line| line.at)
    }

    /// The newest signed head as one line of text: number, hash, signature, key.
    pub(crate) fn signed_head(&self) -> String {
        self.heads.last().map_or_else(String::new, |head| {
            let (hash, signature) = (hex(&head.hash.0), hex(&head.signature));
            format!("{}:{hash}:{signature}:{}", head.seq, head.key_id)
        })
    }

    pub(crate) fn head_hash(&self) -> String {
        let hash = |line: &JournalLine| workflow::Hash(line.hash.0).to_string();
        self.kept.last().map(hash).unwrap_or_default()
    }
}
