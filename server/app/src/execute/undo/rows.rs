//! Rows are undone some at a time, the last first. One that cannot be undone stops no other.

use std::collections::BTreeMap;

use provision::{Executed, Inverse, Plans, inverse};
use store::jobs::JobEnd;
use workflow::application::{Progress, RowEnd, RowEnded};
use workflow::{Command, PlanStepId};

use super::in_words;
use crate::cases::Case;
use crate::execute::rows::{AT_A_TIME, Row, park, run};
use crate::execute::{Round, act, executed_rows};
use crate::jobs::JobError;
use crate::publish::{self, Story};
use crate::reason_words::ROWS_NOT_UNDONE;
use crate::service::Service;

/// Undoes the next rows that may have changed something.
pub(super) async fn next(
    service: &Service,
    case: &Case,
    progress: &Progress,
    plans: &Plans,
) -> Result<Round, JobError> {
    let waiting = progress.waiting_to_be_undone();
    if waiting.is_empty() {
        return park(service, case, progress, ROWS_NOT_UNDONE).await;
    }
    let story = Story::tell(service, case).await?;
    let executed = executed_rows(&story.lines);
    let waiting = waiting.into_iter().take(AT_A_TIME);
    let backs: Result<Vec<_>, JobError> = waiting.map(|id| Back::of(id, plans, &executed)).collect();
    let backs = backs?;
    // That it begins stands outside too before anything is done.
    publish::record(service, case).await?;
    let rows: Vec<Row> = backs.iter().map(Back::row).collect();
    let mut ended = run(service, case, &rows).await?;
    for ended in &mut ended {
        name_what_is_lost(ended, &backs);
    }
    let command = Command::EndRowCompensations { rows: ended };
    act(service, &case.row.id, &[command], &[]).await?;
    let more = "the next rows to undo";
    Ok(Round::End(JobEnd::Onward(service.now(), more.to_owned())))
}

/// The way back of one row.
struct Back<'a> {
    id: &'a PlanStepId,
    number: usize,
    inverse: Inverse,
}

impl<'a> Back<'a> {
    fn of(
        id: &'a PlanStepId,
        plans: &Plans,
        executed: &BTreeMap<PlanStepId, Executed>,
    ) -> Result<Self, JobError> {
        let row = Row::of(id, plans)?;
        let nothing = Executed::default();
        Ok(Self {
            id,
            number: row.number,
            inverse: inverse(row.plan, executed.get(id).unwrap_or(&nothing)),
        })
    }

    fn row(&self) -> Row<'_> {
        Row {
            id: self.id,
            number: self.number,
            plan: &self.inverse.plan,
        }
    }
}

fn name_what_is_lost(ended: &mut RowEnded, backs: &[Back<'_>]) {
    let back = backs.iter().find(|back| *back.id == ended.row);
    if let (RowEnd::Done { receipt }, Some(back)) = (&mut ended.end, back) {
        receipt["lost"] = in_words(&back.inverse.lost);
    }
}
