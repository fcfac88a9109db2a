//! The form once more, by the crate that the browser used too, and the name by a look into the directory: the
//! applicant is told everything at once.

use forms::{Code, Context, Issue, Values};
use store::transaction;
use workflow::Definition;
use workflow::definition::PlanMapping;

use crate::jobs::JobError;
use crate::masters;
use crate::service::Service;

/// What is wrong with a sealed form. Only a form with mistakes is looked up here: planning looks up the others.
pub(crate) async fn issues(
    service: &Service,
    definition: &Definition,
    values: &Values,
) -> Result<Vec<Issue>, JobError> {
    let today = service.today().to_string();
    let masters: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => masters::load(tx).await);
    let context = Context {
        today: today
            .parse()
            .map_err(|error| JobError::unreadable("today", &error))?,
        masters: masters?,
        naming: service.config.naming.rules(),
    };
    let mut issues = forms::validate(&definition.form, values, &context);
    if !issues.is_empty() {
        issues.extend(taken(service, definition, values, &issues).await?);
    }
    Ok(issues)
}

/// The account's name, unless it is wrong in itself.
async fn taken(
    service: &Service,
    definition: &Definition,
    values: &Values,
    issues: &[Issue],
) -> Result<Option<Issue>, JobError> {
    let PlanMapping::CreateUser(plan) = &definition.execution.plan else {
        return Ok(None);
    };
    let field = plan.upn_local.as_str();
    if plan.rows.is_some() {
        // A thousand look-ups for a form that goes back anyway: planning tells once the rows are right in themselves.
        return Ok(None);
    }
    let is_wrong = issues.iter().any(|issue| issue.field == field);
    let Some(local) = values.text(field).filter(|_| !is_wrong) else {
        return Ok(None);
    };
    let name = format!("{local}@{}", service.config.tenant.domain);
    let holder = service.microsoft.graph().user(&name).await?;
    Ok(holder.map(|_| Issue::new(Code::Taken, field)))
}
