//! Between submission and approval: the tenant is asked whether the change can be made, and who is to decide.

mod changed;
mod form;
mod hold;
pub(crate) mod organisation;
mod way;

use forms::{Code as IssueCode, Issue};
use jiff::SignedDuration;
use store::jobs::JobEnd;
use store::{ApplicationId, StoreError, Tx, transaction};
use workflow::route::{Route, RouteError, RouteProblem};
use workflow::{Code, Command, SealedFile, State};

use crate::attachments;
use crate::cases::{Case, Outcome, act};
use crate::issue_words;
use crate::jobs::JobError;
use crate::linked;
use crate::planning;
use crate::service::Service;
pub(crate) use changed::{Needs, changed, hold_instead, rest_of_route};
pub(crate) use form::issues;
pub(crate) use hold::reservations;

pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    let State::Submitted { payload } = &case.application.state else {
        return Ok(JobEnd::Done);
    };
    let issues = form::issues(service, &case.definition, &payload.values).await?;
    let issues = linked::asked(&case, issues);
    let plan = if issues.is_empty() {
        linked::plan(service, &case, &payload.values).await?
    } else {
        Err(issues)
    };
    let files = attachments::take(service, &case).await?;
    match (plan, files) {
        (Ok(plan), Ok(files)) => {
            let counts = planning::counts(&plan);
            match way::of(service, &case, (&payload.values, &counts)).await? {
                Ok(route) => accept(service, id, (&plan, &files), &route).await,
                Err(error) => {
                    tracing::error!(application = %id, %error, "the route cannot be resolved");
                    send_back(service, id, vec![unroutable(service, &case, &error)]).await
                }
            }
        }
        // Everything that must be mended is told at once.
        (plan, files) => {
            let issues = plan.err().into_iter().chain(files.err()).flatten();
            send_back(service, id, issues.collect()).await
        }
    }
}

/// The day whose organisation is asked where nothing names another.
pub(crate) fn today(service: &Service) -> Result<forms::Date, JobError> {
    let today = service.today().to_string();
    today
        .parse()
        .map_err(|error| JobError::unreadable("today's date", &error))
}

/// What the applicant can mend stands at its field. Of the rest he is told that he cannot mend it, and the administrators
/// what to correct.
fn unroutable(service: &Service, case: &Case, error: &RouteError) -> Issue {
    let language = service.config.mail.language;
    let step = case.definition.step(&error.step);
    let step = step.map_or(error.step.as_str(), |step| {
        step.title.in_language(language.into())
    });
    let issue = Issue::new(IssueCode::NoApprover, "").with("step", step);
    match &error.problem {
        RouteProblem::NobodyOfThatName(field) => Issue::new(IssueCode::NotPerson, field.as_str()),
        RouteProblem::NotHisUnit(_) => {
            let field = case.definition.apply_as.as_ref();
            Issue::new(IssueCode::UnknownChoice, field.map_or("", |field| field.as_str()))
        }
        RouteProblem::NoSuchGroup(group) => {
            issue.with("cause", "no_such_group").with("group", group.as_str())
        }
        RouteProblem::NoSuchTable(table) => {
            issue.with("cause", "no_such_table").with("table", table.as_str())
        }
        RouteProblem::NothingDecides => issue.with("cause", "nothing_decides"),
        RouteProblem::Nobody => issue.with("cause", "nobody"),
        RouteProblem::TooFew { needed, asked } => {
            let issue = issue.with("cause", "too_few");
            issue.with("needed", *needed).with("asked", *asked)
        }
    }
}

/// An end waits so long for other applications.
const MOST_WAITED: SignedDuration = SignedDuration::from_hours(24);

/// So many issues fit into the column that tells the applicant; more are of no use to anyone who mends a form.
const MOST_ISSUES: usize = 200;

async fn send_back(
    service: &Service,
    id: &ApplicationId,
    mut issues: Vec<Issue>,
) -> Result<JobEnd, JobError> {
    issues.truncate(MOST_ISSUES);
    let case = Case::of_job(service, id).await?;
    if case.application.source.is_end() {
        // There is nobody who could mend a form.
        let lines = issue_words::lines(&issues, &case.definition.form, service.config.mail.language);
        return Err(JobError::Stuck(lines.join(" ")));
    }
    act(service, id, &Command::Return { issues }).await.map(ended)
}

/// Holds what the plan needs and opens the first step, in one transaction; or says what is taken. Nothing is left to
/// do when the applicant or another run was faster.
async fn accept(
    service: &Service,
    id: &ApplicationId,
    (plan, files): (&provision::Plans, &[SealedFile]),
    route: &Route,
) -> Result<JobEnd, JobError> {
    let seats = hold::seats(service, plan).await?;
    let sealed = planning::seal(plan)?;
    let accepted: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let missing = || JobError::Stuck(format!("there is no application {id}"));
        let mut case = Case::load(tx, id).await?.ok_or_else(missing)?;
        if case.application.code() != Code::SU {
            return Ok(JobEnd::Done);
        }
        let mut issues = hold::all(tx, &case, plan, &seats).await?;
        issues.truncate(MOST_ISSUES);
        if !issues.is_empty() && case.application.source.is_end() {
            return Err(held(service, &case));
        }
        let command = if issues.is_empty() {
            attach(tx, service, &mut case, files).await?;
            Command::Accept { plan: sealed.clone(), route: route.clone() }
        } else {
            // Nothing is held for what goes back.
            tx.release(id).await?;
            Command::Return { issues }
        };
        case.decide(tx, service, command).await.map(ended)
    });
    match accepted {
        Err(JobError::Store(StoreError::UniqueTaken { .. })) => {
            let case = Case::of_job(service, id).await?;
            let issues = hold::find_taken(service, &case, plan).await?;
            if issues.is_empty() {
                return Err(JobError::Wait("another application held a name a moment ago"));
            }
            if case.application.source.is_end() {
                return Err(held(service, &case));
            }
            send_back(service, id, issues).await
        }
        accepted => accepted,
    }
}

/// Another application holds what comes to its end. That passes, unless somebody lets it lie: then an administrator looks.
fn held(service: &Service, case: &Case) -> JobError {
    if service.now().duration_since(case.row.created_at) < MOST_WAITED {
        return JobError::Wait("another application holds what comes to its end");
    }
    JobError::Stuck(format!(
        "{}: what comes to its end is still held by another application, or has no free seat; end that one, then retry it with `provisioning-flow jobs`",
        case.row.number
    ))
}

/// The files that approvers will see; without them nothing is accepted.
async fn attach(
    tx: &mut Tx,
    service: &Service,
    case: &mut Case,
    files: &[SealedFile],
) -> Result<(), JobError> {
    if files.is_empty() || case.application.files == *files {
        return Ok(());
    }
    let files = files.to_vec();
    match case
        .decide(tx, service, Command::Attach { by: None, files })
        .await?
    {
        Outcome::Done(_) => Ok(()),
        Outcome::Refused(refusal) => Err(JobError::Stuck(refusal.to_string())),
    }
}

/// A refusal means that the applicant or another run was faster: nothing is left to do.
fn ended(outcome: Outcome) -> JobEnd {
    if let Outcome::Refused(refusal) = outcome {
        tracing::info!(code = ?refusal.code, "nothing to prepare any more");
    }
    JobEnd::Done
}
