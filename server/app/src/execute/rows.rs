//! Rows, some at a time: what stood there is journalled before any of them is touched, what came of each after.
//! A row that fails stops no other.

use provision::{Executor, Plan, Plans, StepId, StepOutcome};
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
    if ended.is_empty() {
        return Err(settling::WAITS);
    }
    act(service, &case.row.id, &[Command::EndRows { rows: ended }], &[]).await?;
    let more = "the next rows";
    Ok(Round::End(JobEnd::Later(service.now(), more.to_owned())))
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
    let password = fresh_password()?;
    let graph = service.microsoft.graph().for_work(work(case));
    let exchange = service.microsoft.exchange().for_work(work(case));
    let (mut begun, mut images) = (Vec::new(), Vec::new());
    for row in rows {
        let executor = Executor {
            graph: &graph,
            exchange: &exchange,
            password: &password,
            picture: None,
            call: None,
        };
        let before = executor.before_row(row.plan).await?;
        images.push(row.image(&before, service.now()));
        begun.push(RowBegun {
            row: row.id.clone(),
            before,
        });
    }
    let command = Command::BeginRows { rows: begun };
    act(service, &case.row.id, &[command], &images).await
}

/// What became of the rows that came to an end; the others are not shown yet. What holds up all of Microsoft 365 is
/// told once the rows before it are.
pub(super) async fn run(service: &Service, case: &Case, rows: &[Row<'_>]) -> Result<Vec<RowEnded>, JobError> {
    let graph = service.microsoft.graph().for_work(work(case));
    let exchange = service.microsoft.exchange().for_work(work(case));
    let mut ended = Vec::new();
    for row in rows {
        // Random, told to nobody and kept nowhere.
        let password = fresh_password()?;
        let executor = Executor {
            graph: &graph,
            exchange: &exchange,
            password: &password,
            picture: None,
            call: None,
        };
        match carry_out(service, case, row, &executor).await {
            Ok(None) => {}
            Ok(Some(end)) => ended.push(RowEnded {
                row: row.id.clone(),
                end,
            }),
            Err(error) if ended.is_empty() => return Err(error),
            Err(_) => break,
        }
    }
    Ok(ended)
}

async fn carry_out(
    service: &Service,
    case: &Case,
    row: &Row<'_>,
    executor: &Executor<'_>,
) -> Result<Option<RowEnd>, JobError> {
    let failed = |why: String| Ok(Some(RowEnd::Failed { why }));
    match executor.run_row(row.plan).await {
        Ok(StepOutcome::Done(receipt)) => Ok(Some(RowEnd::Done { receipt })),
        Ok(StepOutcome::Failed(failure)) => failed(failure.words(service.config.mail.language.into())),
        Ok(StepOutcome::Settling) if settling::is_overdue(service, case, row.id).await? => {
            failed(settling::TOO_LATE.to_owned())
        }
        Ok(StepOutcome::Settling) => Ok(None),
        Ok(StepOutcome::Later { why, retry_after }) => Err(JobError::Elsewhere { why, retry_after }),
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
