//! 再申請 of an application whose form lies in somebody else's row: the new form comes with the act.

use forms::Values;
use workflow::{Command, PersonId};

use super::{Wanted, standing};
use crate::inbox::Answers;
use crate::jobs::JobError;
use crate::service::Service;

/// Who may, and whether it is with the applicant at all, is decided by the machine.
pub(super) async fn resubmit(
    service: &Service,
    number: &str,
    by: &PersonId,
    form: &Values,
) -> Result<Wanted, JobError> {
    let case = match standing(service, number).await? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let answers = Answers::of(service, case.application.link.as_ref()).await?;
    let values = answers.with(&case.definition, form.clone());
    Ok(Ok(Command::Resubmit {
        by: by.clone(),
        source: case.application.source.next(),
        values: forms::normalise(&case.definition.form, &values),
    }))
}
