//! What was adopted is no longer among what the search found, without waiting for the next night.

use forms::FieldKey;
use store::jobs::JobEnd;
use store::transaction;
use uuid::Uuid;
use workflow::definition::PlanMapping;
use workflow::{Application, Definition};

use super::record::Record;
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// The field that names what a plan gives owners to.
pub(super) fn field(plan: &PlanMapping) -> Option<&FieldKey> {
    match plan {
        PlanMapping::ChangeGroup(change) if change.adopt => Some(&change.group),
        PlanMapping::ChangeList(change) if change.adopt => Some(&change.list),
        _ => None,
    }
}

/// What an application that is carried out gave owners to; one that undoes another takes them away.
pub(crate) fn adopted_by(definition: &Definition, application: &Application) -> Option<Uuid> {
    let field = field(&definition.execution.plan).filter(|_| application.link.is_none())?;
    let values = &application.case()?.payload.values;
    values.text(field.as_str())?.parse().ok()
}

pub(crate) async fn adopted(service: &Service, object: Uuid) -> Result<JobEnd, JobError> {
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        if let Some(mut record) = Record::of(tx).await?
            && record.forget_one(object)
        {
            record.keep(tx, now).await?;
            tx.enqueue(&Task::Masters.job(now)?).await?;
        }
        Ok(JobEnd::Done)
    })
}
