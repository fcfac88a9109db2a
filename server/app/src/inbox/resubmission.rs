//! 再申請 from the row that the application came from. The definition is the one that it is pinned to, whether or not its
//! workflow is still offered; and whoever wrote the row may mend it, whether or not he may still apply for others.

use m365::sharepoint::ItemId;
use store::{ApplicationId, Tx, transaction};
use workflow::Command;
use workflow::journal::Place;
use workflow::judge::Submitted;

use super::answers::Answers;
use super::seen::Seen;
use super::submission::{Entered, entered, send_back};
use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::service::Service;

pub(super) async fn take(
    service: &Service,
    item: ItemId,
    id: &ApplicationId,
    submitted: &Submitted,
) -> Result<(), JobError> {
    let case = Case::of_job(service, id).await?;
    let answers = Answers::of(service, case.application.link.as_ref()).await?;
    let entered = entered(service, item, (&case.definition, submitted), &answers).await?;
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen::of(tx, item).await?;
        let version = submitted.version.number;
        if seen.version >= version {
            return Ok(());
        }
        again(tx, service, id, (submitted, &entered)).await?;
        Seen { version, ..seen }.keep(tx, service, item).await
    })
}

/// When it cannot be submitted again, whoever wrote it is told.
async fn again(
    tx: &mut Tx,
    service: &Service,
    id: &ApplicationId,
    (submitted, entered): (&Submitted, &Entered),
) -> Result<(), JobError> {
    let missing = || JobError::Stuck(format!("there is no application {id}"));
    let mut case = Case::load(tx, id).await?.ok_or_else(missing)?;
    let source = &case.application.source;
    let command = Command::Resubmit {
        by: submitted.by.clone(),
        source: source.next(),
        values: forms::normalise(&case.definition.form, &entered.values),
    };
    let version = submitted.version.number;
    let via = source.inbox_item().map(|row| Place::Inbox { row, version });
    match case.decide_at(tx, service, command, via).await? {
        Outcome::Done(_) => send_back(tx, service, &mut case, &entered.issues).await,
        Outcome::Refused(refusal) => {
            let wish = case.not_counted(service, &submitted.by, &format!("inbox-{version}"), refusal.code);
            Ok(tx.enqueue(&wish.job(service.now())?).await?)
        }
    }
}
