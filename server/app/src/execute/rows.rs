//! Rows, some at a time: what stood there is journalled before any of them is touched, what came of each after.
//! A row that fails stops no other.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use m365::exchange::Exchange;
use m365::graph::Graph;
use provision::{Executor, Plan, Plans, RowOutcome, StepId, are_independent};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::BeforeImage;
use store::jobs::JobEnd;
use workflow::application::{Progress, RowBegun, RowEnd, RowEnded};
use workflow::{Command, PlanStepId};

use super::step::work;
use super::{Round, act, settling};
use crate::cases::Case;
use crate::handover::fresh_password;
use crate::jobs::JobError;
use crate::publish;
use crate::reason_words::ROWS_FAILED;
use crate::service::Service;

/// So many rows are begun, carried out and told as one line of the journal each. The run then ends, so that lists and
/// mails tell of them, and everything else of this application has its turn.
pub(super) const AT_A_TIME: usize = 20;
/// So many of them at the same moment: each waits for its answers most of the time. Fewer than Graph's places, which other work needs too.
const SIDE_BY_SIDE: usize = 8;

/// Carries out the next rows.
pub(super) async fn next(
    service: &Service,
    case: &Case,
    progress: &Progress,
    plans: &Plans,
) -> Result<Round, JobError> {
    let rows: Vec<&PlanStepId> = progress.waiting().into_iter().take(AT_A_TIME).collect();
    if rows.is_empty() {
        return park(service, case, progress, ROWS_FAILED).await;
    }
    let rows: Result<Vec<Row>, JobError> = rows.into_iter().map(|id| Row::of(id, plans)).collect();
    let rows = rows?;
    let fresh: Vec<&Row> = rows
        .iter()
        .filter(|row| !progress.begun.contains(row.id))
        .collect();
    if !fresh.is_empty() {
        return begin(service, case, &fresh).await;
    }
    // What stood there is kept outside too, before anything is done to it.
    publish::record(service, case).await?;
    let ended = run(service, case, &rows).await?;
    act(service, &case.row.id, &[Command::EndRows { rows: ended }], &[]).await?;
    let more = "the next rows";
    Ok(Round::End(JobEnd::Onward(service.now(), more.to_owned())))
}

pub(super) struct Row<'a> {
    pub(super) id: &'a PlanStepId,
    pub(super) number: usize,
    pub(super) plan: &'a Plan,
}

impl<'a> Row<'a> {
    pub(super) fn of(id: &'a PlanStepId, plans: &'a Plans) -> Result<Self, JobError> {
        let step = StepId::new(id.as_str());
        let missing = || JobError::Stuck(format!("the plan has no {id}"));
        Ok(Self {
            id,
            number: step.row_number().ok_or_else(missing)?,
            plan: plans.row(&step).ok_or_else(missing)?,
        })
    }

    fn image(&self, before: &Value, at: jiff::Timestamp) -> BeforeImage {
        BeforeImage {
            step: i64::try_from(self.number - 1).unwrap_or(i64::MAX),
            body: json!({ "id": self.id, "before": before }),
            at,
        }
    }
}

/// Nothing is left to try: whoever administers looks at the rows that failed.
pub(super) async fn park(
    service: &Service,
    case: &Case,
    progress: &Progress,
    why: &str,
) -> Result<Round, JobError> {
    if progress.failed.is_empty() {
        return Ok(Round::End(JobEnd::Done));
    }
    let why = why.to_owned();
    act(service, &case.row.id, &[Command::Park { why }], &[]).await
}

async fn begin(service: &Service, case: &Case, rows: &[&Row<'_>]) -> Result<Round, JobError> {
    let looks = rows.iter().map(|row| look(service, case, row).boxed());
    let begun = side_by_side(looks.collect(), SIDE_BY_SIDE).await;
    let begun = begun.into_iter().collect::<Result<Vec<RowBegun>, JobError>>()?;
    let images: Vec<BeforeImage> = rows
        .iter()
        .zip(&begun)
        .map(|(row, begun)| row.image(&begun.before, service.now()))
        .collect();
    let command = Command::BeginRows { rows: begun };
    act(service, &case.row.id, &[command], &images).await
}

/// What came of each, in their order.
async fn side_by_side<T: Send>(runs: Vec<BoxFuture<'_, T>>, at_once: usize) -> Vec<T> {
    stream::iter(runs).buffered(at_once).collect().await
}

async fn look(service: &Service, case: &Case, row: &Row<'_>) -> Result<RowBegun, JobError> {
    let hands = Hands::of(service, case)?;
    Ok(RowBegun {
        row: row.id.clone(),
        before: hands.executor().before_row(row.plan).await?,
    })
}

/// What one row is carried out with.
struct Hands {
    graph: Graph,
    exchange: Exchange,
    /// Random, told to nobody and kept nowhere.
    password: SecretString,
}

impl Hands {
    fn of(service: &Service, case: &Case) -> Result<Self, JobError> {
        Ok(Self {
            graph: service.microsoft.graph().for_work(work(case)),
            exchange: service.microsoft.exchange().for_work(work(case)),
            password: fresh_password()?,
        })
    }

    fn executor(&self) -> Executor<'_> {
        Executor {
            graph: &self.graph,
            exchange: &self.exchange,
            password: &self.password,
            picture: None,
            call: None,
        }
    }
}

/// What became of the rows that came to an end, of which there is one at least; the others are not shown yet. What
/// holds up all of Microsoft 365 is told once the rows before it are, and no further row is begun.
pub(super) async fn run(service: &Service, case: &Case, rows: &[Row<'_>]) -> Result<Vec<RowEnded>, JobError> {
    let held_up = AtomicBool::new(false);
    let runs = rows
        .iter()
        .map(|row| run_one(service, case, row, &held_up).boxed());
    let (mut ended, mut trouble) = (Vec::new(), Vec::new());
    // What one row leaves, the next may build on.
    let independent = are_independent(rows.iter().map(|row| row.plan));
    let at_once = if independent { SIDE_BY_SIDE } else { 1 };
    for end in side_by_side(runs.collect(), at_once).await {
        match end {
            Ok(end) => ended.extend(end),
            Err(error) => trouble.push(error),
        }
    }
    match weightiest(trouble) {
        Some(error) if ended.is_empty() => Err(error),
        _ => Ok(ended),
    }
}

/// What holds up all before what is only waited for, of this what began last.
fn weightiest(trouble: Vec<JobError>) -> Option<JobError> {
    trouble.into_iter().min_by_key(|error| match error {
        JobError::Settling { waited } => Some(*waited),
        _ => None,
    })
}

async fn run_one(
    service: &Service,
    case: &Case,
    row: &Row<'_>,
    held_up: &AtomicBool,
) -> Result<Option<RowEnded>, JobError> {
    if held_up.load(Ordering::Relaxed) {
        return Ok(None);
    }
    let hands = Hands::of(service, case)?;
    let end = carry_out(service, case, row, &hands.executor()).await;
    if matches!(&end, Err(error) if !matches!(error, JobError::Settling { .. })) {
        held_up.store(true, Ordering::Relaxed);
    }
    let row = row.id.clone();
    Ok(Some(RowEnded { row, end: end? }))
}

async fn carry_out(
    service: &Service,
    case: &Case,
    row: &Row<'_>,
    executor: &Executor<'_>,
) -> Result<RowEnd, JobError> {
    let failed = |why: String| Ok(RowEnd::Failed { why });
    match executor.run_row(row.plan).await {
        Ok(RowOutcome::Done(receipt)) => Ok(RowEnd::Done { receipt }),
        Ok(RowOutcome::Failed(failure)) => failed(failure.words(service.config.mail.language.into())),
        Ok(RowOutcome::Settling(step)) => {
            // Each step of a row has its own time to be shown.
            settling::overdue(service, case, &format!("{}/{step}", row.id)).await?;
            failed(settling::TOO_LATE.to_owned())
        }
        Ok(RowOutcome::Later { why, retry_after }) => Err(JobError::Elsewhere { why, retry_after }),
        Err(error) => {
            let error = JobError::from(error);
            match error.end(service.now(), 1) {
                // Waiting does not mend it.
                JobEnd::Park(why) => failed(why),
                _ => Err(error),
            }
        }
    }
}
