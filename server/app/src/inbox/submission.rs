//! A submission: numbered, journalled, and sent back at once when the form cannot be read.

use forms::{Code, Issue, Schema, Values, ValuesError};
use m365::sharepoint::ItemId;
use store::{Tx, transaction};
use workflow::application::Source;
use workflow::journal::Place;
use workflow::judge::Submitted;
use workflow::{Command, Definition};

use super::answers::Answers;
use super::origin::{self, Origin};
use super::seen::Seen;
use super::{rejected, resubmission, rows, text};
use crate::cases::{self, Case, NewApplication, Outcome};
use crate::jobs::JobError;
use crate::service::Service;

/// Carries out one submission unless that was done before.
pub(super) async fn take(service: &Service, item: ItemId, submitted: &Submitted) -> Result<(), JobError> {
    let seen = Seen::load(service, item).await?;
    if seen.version >= submitted.version.number {
        return Ok(());
    }
    match &seen.application {
        Some(id) => resubmission::take(service, item, id, submitted).await,
        None => apply(service, item, submitted).await,
    }
}

/// The first time: by a workflow that is offered, for somebody for whom the author may apply.
async fn apply(service: &Service, item: ItemId, submitted: &Submitted) -> Result<(), JobError> {
    let version = submitted.version.number;
    let key = text(&submitted.version, "PFWorkflow").unwrap_or_default();
    let mut offered = service.workflows.iter();
    let Some(offered) = offered.find(|offered| offered.definition.key.as_str() == key) else {
        let issue = Issue::new(Code::UnknownChoice, "PFWorkflow");
        return rejected::row(service, item, version, &[issue]).await;
    };
    let origin = match origin::of(service, &offered.definition, submitted).await? {
        Ok(origin) => origin,
        Err(issue) => return rejected::row(service, item, version, &[issue]).await,
    };
    let entered = entered(service, item, (&offered.definition, submitted), &origin.answers).await?;
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen::of(tx, item).await?;
        if seen.version >= version {
            return Ok(());
        }
        cases::pin_offered(tx, offered).await?;
        let case = first(tx, service, item, (&offered.definition, submitted, &entered), &origin).await?;
        let seen = Seen { version, application: Some(case.row.id), ..seen };
        seen.keep(tx, service, item).await
    })
}

/// The form as it was entered, or why it cannot be read at all. What is wrong with its values is found when the
/// application is prepared.
pub(super) struct Entered {
    pub(super) values: Values,
    pub(super) issues: Vec<Issue>,
}

/// As far as the row is asked.
pub(super) async fn entered(
    service: &Service,
    item: ItemId,
    (definition, submitted): (&Definition, &Submitted),
    answers: &Answers,
) -> Result<Entered, JobError> {
    if let Answers::Original(values) = answers {
        return Ok(Entered {
            values: values.clone(),
            issues: Vec::new(),
        });
    }
    let Entered { values, issues } = read(service, item, &definition.form, submitted).await?;
    let values = answers.with(definition, values);
    Ok(Entered { values, issues })
}

async fn read(
    service: &Service,
    item: ItemId,
    form: &Schema,
    submitted: &Submitted,
) -> Result<Entered, JobError> {
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
    let (values, issues) = rows::fetch(service, item, form, values).await?;
    Ok(Entered { values, issues })
}

async fn first(
    tx: &mut Tx,
    service: &Service,
    item: ItemId,
    (definition, submitted, entered): (&Definition, &Submitted, &Entered),
    origin: &Origin,
) -> Result<Case, JobError> {
    let row = i64::from(item.0);
    let new = NewApplication {
        applicant: origin.applicant.clone(),
        drafter: (origin.applicant != submitted.by).then(|| submitted.by.clone()),
        link: origin.link.clone(),
        source: Source::Row {
            inbox_item: row,
            round: 1,
        },
        via: Some(Place::Inbox {
            row,
            version: submitted.version.number,
        }),
        values: forms::normalise(&definition.form, &entered.values),
    };
    let mut case = Case::submit(tx, service, definition, new).await?;
    send_back(tx, service, &mut case, &entered.issues).await?;
    Ok(case)
}

pub(super) async fn send_back(
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

#[cfg(test)]
mod tests;
