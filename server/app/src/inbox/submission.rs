//! A submission: numbered, journalled, and sent back at once when the form cannot be read.

use forms::{Code, Issue, Values, ValuesError};
use m365::sharepoint::ItemId;
use store::{Tx, transaction};
use workflow::application::Source;
use workflow::journal::Place;
use workflow::judge::Submitted;
use workflow::{Command, Definition};

use super::origin::{self, Origin};
use super::seen::Seen;
use super::{rejected, rows, text};
use crate::cases::{self, Case, NewApplication, Outcome};
use crate::jobs::JobError;
use crate::service::Service;

/// Carries out one submission unless that was done before.
pub(super) async fn take(service: &Service, item: ItemId, submitted: &Submitted) -> Result<(), JobError> {
    let key = text(&submitted.version, "PFWorkflow").unwrap_or_default();
    let mut offered = service.workflows.iter();
    let Some(offered) = offered.find(|offered| offered.definition.key.as_str() == key) else {
        let issue = Issue::new(Code::UnknownChoice, "PFWorkflow");
        return rejected::row(service, item, submitted.version.number, &[issue]).await;
    };
    let origin = match origin::of(service, &offered.definition, submitted).await? {
        Ok(origin) => origin,
        Err(issue) => return rejected::row(service, item, submitted.version.number, &[issue]).await,
    };
    if Seen::load(service, item).await?.version >= submitted.version.number {
        return Ok(());
    }
    let entered = match &origin.values {
        Some(values) => Entered {
            values: values.clone(),
            issues: Vec::new(),
        },
        None => read(service, item, submitted).await?,
    };
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen::of(tx, item).await?;
        if seen.version >= submitted.version.number {
            return Ok(());
        }
        let case = if let Some(id) = &seen.application {
            again(tx, service, id, (submitted, &entered)).await?
        } else {
            cases::pin(tx, &offered.definition, &offered.body).await?;
            Some(first(tx, service, item, (&offered.definition, submitted, &entered), &origin).await?)
        };
        let application = case.map(|case| case.row.id).or(seen.application.clone());
        let seen = Seen { version: submitted.version.number, application, ..seen };
        seen.keep(tx, service, item).await
    })
}

/// The form as it was entered, or why it cannot be read at all. What is wrong with its values is found when the
/// application is prepared.
struct Entered {
    values: Values,
    issues: Vec<Issue>,
}

async fn read(service: &Service, item: ItemId, submitted: &Submitted) -> Result<Entered, JobError> {
    let payload = text(&submitted.version, "PFPayload").unwrap_or("{}");
    let unreadable = |code: Code| Entered {
        values: Values::default(),
        issues: vec![Issue::new(code, "")],
    };
    let values = match Values::parse(payload) {
        Ok(values) => values,
        Err(ValuesError::TooBig) => return Ok(unreadable(Code::FormTooBig)),
        Err(ValuesError::Shape(_)) => return Ok(unreadable(Code::WrongType)),
    };
    let (values, issues) = rows::fetch(service, item, values).await?;
    Ok(Entered { values, issues })
}

async fn first(
    tx: &mut Tx,
    service: &Service,
    item: ItemId,
    (definition, submitted, entered): (&Definition, &Submitted, &Entered),
    origin: &Origin,
) -> Result<Case, JobError> {
    let new = NewApplication {
        applicant: origin.applicant.clone(),
        drafter: (origin.applicant != submitted.by).then(|| submitted.by.clone()),
        link: origin.link.clone(),
        inbox_item: i64::from(item.0),
        inbox_version: submitted.version.number,
        values: forms::normalise(&definition.form, &entered.values),
    };
    let mut case = Case::submit(tx, service, definition, new).await?;
    send_back(tx, service, &mut case, &entered.issues).await?;
    Ok(case)
}

/// 再申請. `None` when the application cannot be submitted again; then the applicant is told.
async fn again(
    tx: &mut Tx,
    service: &Service,
    id: &store::ApplicationId,
    (submitted, entered): (&Submitted, &Entered),
) -> Result<Option<Case>, JobError> {
    let missing = || JobError::Stuck(format!("there is no application {id}"));
    let mut case = Case::load(tx, id).await?.ok_or_else(missing)?;
    let command = Command::Resubmit {
        by: submitted.by.clone(),
        source: Source {
            inbox_item: case.application.source.inbox_item,
            round: case.application.round() + 1,
        },
        values: forms::normalise(&case.definition.form, &entered.values),
    };
    let via = Place::Inbox {
        row: case.application.source.inbox_item,
        version: submitted.version.number,
    };
    match case.decide_at(tx, service, command, Some(via)).await? {
        Outcome::Done(_) => {
            send_back(tx, service, &mut case, &entered.issues).await?;
            Ok(Some(case))
        }
        Outcome::Refused(refusal) => {
            let round = submitted.version.number;
            let wish = case.not_counted(service, &submitted.by, &format!("inbox-{round}"), refusal.code);
            tx.enqueue(&wish.job(service.now())?).await?;
            Ok(None)
        }
    }
}

async fn send_back(
    tx: &mut Tx,
    service: &Service,
    case: &mut Case,
    issues: &[Issue],
) -> Result<(), JobError> {
    if issues.is_empty() {
        return Ok(());
    }
    let issues = issues.to_vec();
    match case.decide(tx, service, Command::Return { issues }).await? {
        Outcome::Done(_) => Ok(()),
        Outcome::Refused(refusal) => Err(JobError::Stuck(refusal.to_string())),
    }
}
