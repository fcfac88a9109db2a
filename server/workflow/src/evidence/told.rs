//! What the lines tell, put together for a reader: submissions, files, the plan, decisions and calls.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::application::{Event, RowEnd};
use crate::hash::Hash;
use crate::ids::PlanStepId;
use crate::journal::Line;
use crate::sealed::{Plan, SealedFile};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Of every form that was sealed.
    pub payloads: Vec<Stamp>,
    pub attachments: Vec<Attachment>,
    /// Every plan that people were asked about, oldest first.
    pub plans: Vec<Shown>,
    /// What people decided about the application.
    pub decisions: Vec<Decision>,
    /// What was done to the tenant.
    pub calls: Vec<Call>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    pub line: u64,
    pub hash: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    pub line: u64,
    pub file: SealedFile,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    pub line: u64,
    pub plan: Plan,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub line: u64,
    pub at: Timestamp,
    pub event: Event,
}

/// A step of the plan: what stood there before, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub step: PlanStepId,
    pub begun: u64,
    pub before: Value,
    /// None: it was not finished.
    pub done: Option<u64>,
    pub receipt: Option<Value>,
}

impl Told {
    pub fn of(lines: &[Line]) -> Self {
        let mut told = Self::default();
        for line in lines {
            told.add(line);
        }
        told
    }

    fn add(&mut self, line: &Line) {
        let seq = line.seq;
        let payload = line.event.payload();
        self.payloads.extend(payload.map(|payload| Stamp {
            line: seq,
            hash: payload.hash,
        }));
        let plan = line.event.plan().cloned();
        self.plans.extend(plan.map(|plan| Shown { line: seq, plan }));
        let files = files(&line.event).iter().cloned();
        self.attachments
            .extend(files.map(|file| Attachment { line: seq, file }));
        if decides(&line.event) {
            let event = line.event.clone();
            let (line, at) = (seq, line.at);
            self.decisions.push(Decision { line, at, event });
        }
        self.call(line);
    }

    fn call(&mut self, line: &Line) {
        match &line.event {
            Event::StepBegun { step, before } => self.begun(line.seq, step, before),
            Event::StepDone { step, receipt } => self.done(line.seq, step, receipt),
            Event::RowsBegun { rows } => {
                let begun = rows.iter();
                begun.for_each(|begun| self.begun(line.seq, &begun.row, &begun.before));
            }
            Event::RowsEnded { rows } => {
                for ended in rows {
                    if let RowEnd::Done { receipt } = &ended.end {
                        self.done(line.seq, &ended.row, receipt);
                    }
                }
            }
            _ => {}
        }
    }

    fn begun(&mut self, seq: u64, step: &PlanStepId, before: &Value) {
        self.calls.push(Call {
            step: step.clone(),
            begun: seq,
            before: before.clone(),
            done: None,
            receipt: None,
        });
    }

    fn done(&mut self, seq: u64, step: &PlanStepId, receipt: &Value) {
        if let Some(call) = self.calls.iter_mut().rev().find(|call| call.step == *step) {
            call.done = Some(seq);
            call.receipt = Some(receipt.clone());
        }
    }
}

fn files(event: &Event) -> &[SealedFile] {
    match event {
        Event::Attached { files, .. } => files,
        Event::WorkDone { proof, .. } => proof,
        _ => &[],
    }
}

fn decides(event: &Event) -> bool {
    matches!(
        event,
        Event::Decided { .. }
            | Event::SentBack { .. }
            | Event::SentBackToStep { .. }
            | Event::PulledUp { .. }
            | Event::TakenBack { .. }
            | Event::Edited { .. }
            | Event::PulledBack { .. }
            | Event::Withdrawn { .. }
            | Event::Cancelled { .. }
            | Event::Halted { .. }
            | Event::WorkDeclined { .. }
            | Event::DeletionsAllowed { .. }
            | Event::AcceptedAsIs { .. }
    )
}
