//! What an application would do to the tenant as it is now: asked at submission, and again before execution.

mod counts;
mod seal;
mod wish;

use forms::{Issue, Values};
use workflow::{ApplicationId, Definition};

use crate::jobs::JobError;
use crate::service::Service;
use wish::Wished;

pub(crate) use counts::counts;
pub(crate) use seal::{seal, unseal};

/// A plan, or what the applicant has to mend.
pub(crate) type Planned = Result<provision::Plan, Vec<Issue>>;

/// Reads the tenant and plans. Seats that other applications hold are not taken off: reserving does that.
pub(crate) async fn plan(
    service: &Service,
    application: &ApplicationId,
    definition: &Definition,
    values: &Values,
) -> Result<Planned, JobError> {
    let domain = &service.config.tenant.domain;
    let Wished {
        mut wish,
        manager_upn,
    } = match wish::wished(application, definition, values, domain) {
        Ok(wished) => wished,
        Err(issues) => return Ok(Err(issues)),
    };
    let graph = service.microsoft.graph();
    if let Some(upn) = manager_upn {
        // Nobody of that name: an id that nobody has says so in the planner's words.
        let manager = graph.user(&upn).await?;
        wish.manager = Some(manager.map_or(uuid::Uuid::nil(), |user| user.id));
    }
    let domains = [domain.clone()].into();
    let view = provision::look(&graph, &wish, &domains).await?;
    let planned = provision::plan(&wish, &view);
    Ok(planned.map_err(|issues| wish::at_fields(issues, definition)))
}
