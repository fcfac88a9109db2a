//! Rows of a bulk application as its execution begins and ends them, and as they are undone. One that fails stops no
//! other.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::application::desk::{Decided, Desk};
use crate::application::{Event, Progress, Refusal, RefusalCode};
use crate::ids::PlanStepId;

/// A row that is about to touch the tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowBegun {
    pub row: PlanStepId,
    pub before: Value,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowEnded {
    pub row: PlanStepId,
    #[serde(flatten)]
    pub end: RowEnd,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RowEnd {
    Done {
        receipt: Value,
    },
    /// It stays open until somebody retries or skips it.
    Failed {
        why: String,
    },
}

impl RowEnded {
    pub fn is_done(&self) -> bool {
        matches!(self.end, RowEnd::Done { .. })
    }
}

impl Desk<'_> {
    pub(super) fn begin_rows(&self, progress: &Progress, rows: Vec<RowBegun>) -> Decided {
        let open = progress.waiting();
        for begun in &rows {
            is_among(&open, &begun.row)?;
            // The first look is the before-image: after that the row may have changed what stands there.
            if progress.begun.contains(&begun.row) {
                return Err(Refusal::not_now(self.application.code()));
            }
        }
        Ok(vec![Event::RowsBegun { rows }])
    }

    pub(super) fn end_rows(&self, progress: &Progress, rows: Vec<RowEnded>) -> Decided {
        let open = progress.waiting();
        for ended in &rows {
            is_among(&open, &ended.row)?;
        }
        let done = rows.iter().filter(|ended| ended.is_done()).count();
        let is_last = done == open.len() && progress.failed.is_empty();
        let mut events = vec![Event::RowsEnded { rows }];
        if is_last {
            events.push(self.end(progress)?);
        }
        Ok(events)
    }
}

/// Rows that were undone, or could not be.
pub(super) fn end_compensations(progress: &Progress, rows: Vec<RowEnded>) -> Decided {
    let waiting = progress.waiting_to_be_undone();
    for ended in &rows {
        is_among(&waiting, &ended.row)?;
    }
    let undone = rows.iter().filter(|ended| ended.is_done()).count();
    let is_last = undone == waiting.len() && progress.failed.is_empty();
    let mut events = vec![Event::RowsCompensated { rows }];
    events.extend(is_last.then_some(Event::Completed {}));
    Ok(events)
}

pub(super) fn is_among(open: &[&PlanStepId], row: &PlanStepId) -> Result<(), Refusal> {
    if open.contains(&row) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NoSuchPlanStep).with("step", row.as_str()))
}
