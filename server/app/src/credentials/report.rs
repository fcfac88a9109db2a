//! A renewal as evidence: one page that can be filed, with what was done when, and a signature over it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::transaction;
use workflow::Hash;

use super::event::{Event, Old};
use super::journal;
use super::obstacle::Stop;
use super::renewal::{Phase, Renewal};
use crate::jobs::JobError;
use crate::service::Service;

/// One line of the journal with its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub at: Timestamp,
    #[serde(flatten)]
    pub event: Event,
}

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body {
    pub tenant: String,
    pub client_id: uuid::Uuid,
    pub number: i64,
    pub name: String,
    pub by: String,
    pub phase: String,
    pub old: Old,
    /// SHA-1 of the new certificate, once there is one.
    pub new_thumbprint: Option<String>,
    pub new_ends: Timestamp,
    pub bits: u32,
    pub lines: Vec<Line>,
}

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    #[serde(flatten)]
    pub body: Body,
    /// SHA-256 over the JSON of all members above, without white space, in their order.
    pub hash: String,
    /// The evidence key's signature over that hash, in hexadecimal digits.
    pub signature: String,
    /// Which evidence key.
    pub key_id: String,
}

/// Of this renewal, or of the last one; `None`: there is none.
pub(crate) async fn report(service: &Service, number: Option<i64>) -> Result<Option<Report>, Stop> {
    let found: Result<_, Stop> = transaction!(service.store.read(&service.tenant), tx => {
        let number = match number {
            Some(number) => Some(number),
            None => tx.last_renewal().await?,
        };
        match number {
            Some(number) => journal::of(tx, number).await,
            None => Ok(None),
        }
    });
    match found? {
        Some((renewal, lines)) => Ok(Some(signed(service, body(service, &renewal, lines))?)),
        None => Ok(None),
    }
}

pub(super) fn body(service: &Service, renewal: &Renewal, lines: journal::Lines) -> Body {
    let made = lines.iter().find_map(|(_, event)| match event {
        Event::Made { certificate } => Some(certificate.clone()),
        _ => None,
    });
    Body {
        tenant: service.tenant.to_string(),
        client_id: service.config.app.client_id,
        number: renewal.number,
        name: renewal.plan.name.clone(),
        by: renewal.plan.by.clone(),
        phase: word(&renewal.phase).to_owned(),
        old: renewal.plan.old.clone(),
        new_thumbprint: made.map(|certificate| certificate.thumbprint),
        new_ends: renewal.plan.ends,
        bits: renewal.plan.bits,
        lines: lines.into_iter().map(|(at, event)| Line { at, event }).collect(),
    }
}

/// Signed by the evidence key; the same body has the same signature.
pub(super) fn signed(service: &Service, body: Body) -> Result<Report, Stop> {
    let unsigned =
        |error: &dyn std::fmt::Display| JobError::Stuck(format!("the report cannot be signed: {error}"));
    let text = serde_json::to_vec(&body).map_err(|error| unsigned(&error))?;
    let hash = Hash::of(&text).to_string();
    let signature = service
        .evidence
        .sign(hash.as_bytes())
        .map_err(|error| unsigned(&error))?;
    Ok(Report {
        body,
        hash,
        signature: workflow::hex(&signature),
        key_id: service.evidence.id().map_err(|error| unsigned(&error))?,
    })
}

/// The phase as reports and metrics name it.
pub(super) fn word(phase: &Phase) -> &'static str {
    match phase {
        Phase::Planned => "planned",
        Phase::Made(_) => "made",
        Phase::Added { .. } => "added",
        Phase::Proven(_) => "proven",
        Phase::Switched { .. } => "switched",
        Phase::Removed(_) => "removed",
        Phase::RollingBack(_) => "rollingBack",
        Phase::RolledBack => "rolledBack",
    }
}
