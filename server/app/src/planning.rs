//! What an application would do to the tenant as it is now: asked at submission, and again before execution.

mod answers;
mod change;
mod counts;
mod group;
mod list;
mod new;
mod people;
mod row;
mod seal;
mod standing;
mod wish;

use forms::{Issue, Values};
use provision::{Plan, Plans};
use workflow::definition::PlanMapping;
use workflow::{ApplicationId, Definition};

use crate::jobs::JobError;
use crate::service::Service;
use row::Sheet;

pub(crate) use counts::counts;
pub(crate) use row::name as row_name;
pub(crate) use seal::{seal, unseal};

/// What the applicant has to mend.
type Issues = Vec<Issue>;

/// Of each object, in order: a plan, or what stands against it.
pub(crate) type Each = Vec<Result<Plan, Issues>>;

/// Reads the tenant and plans. Seats that other applications hold are not taken off: reserving does that.
pub(crate) async fn plan(
    service: &Service,
    application: &ApplicationId,
    definition: &Definition,
    values: &Values,
) -> Result<Result<Plans, Issues>, JobError> {
    let each = match each(service, application, definition, values).await? {
        Ok(each) => each,
        Err(issues) => return Ok(Err(issues)),
    };
    let (mut plans, mut issues) = (Vec::with_capacity(each.len()), Issues::new());
    for planned in each {
        match planned {
            Ok(plan) => plans.push(plan),
            Err(more) => issues.extend(more),
        }
    }
    Ok(if issues.is_empty() {
        Ok(whole(definition, plans))
    } else {
        Err(issues)
    })
}

/// The same object by object. The inner error: the answers cannot be read as wishes at all.
pub(crate) async fn each(
    service: &Service,
    application: &ApplicationId,
    definition: &Definition,
    values: &Values,
) -> Result<Result<Each, Issues>, JobError> {
    let sheets = row::sheets(definition, values);
    let graph = service.microsoft.graph();
    let plans = match &definition.execution.plan {
        PlanMapping::CreateUser(mapping) => {
            let domain = &service.config.tenant.domain;
            let read = |sheet: &Sheet| wish::wished(&sheet.name(application), mapping, &sheet.values, domain);
            match answers(&sheets, definition, read) {
                Ok(wished) => new::plan(&graph, wished, domain).await?,
                Err(issues) => return Ok(Err(issues)),
            }
        }
        PlanMapping::ChangeUser(mapping) => {
            let read = |sheet: &Sheet| change::wished(mapping, &definition.form, &sheet.values);
            match answers(&sheets, definition, read) {
                Ok(wished) => standing::plan(&graph, wished).await?,
                Err(issues) => return Ok(Err(issues)),
            }
        }
        PlanMapping::CreateGroup(mapping) => {
            let domain = &service.config.tenant.domain;
            let read =
                |sheet: &Sheet| group::wished(&sheet.name(application), mapping, &sheet.values, domain);
            match answers(&sheets, definition, read) {
                Ok(wished) => group::plan(&graph, wished).await?,
                Err(issues) => return Ok(Err(issues)),
            }
        }
        PlanMapping::ChangeGroup(mapping) => {
            let read = |sheet: &Sheet| group::changed(mapping, &definition.form, &sheet.values);
            match answers(&sheets, definition, read) {
                Ok(wished) => group::plan_changes(&graph, wished).await?,
                Err(issues) => return Ok(Err(issues)),
            }
        }
        PlanMapping::CreateList(mapping) => {
            let domain = &service.config.tenant.domain;
            let read = |sheet: &Sheet| list::wished(&sheet.name(application), mapping, &sheet.values, domain);
            match answers(&sheets, definition, read) {
                Ok(wished) => list::plan(&service.microsoft, wished).await?,
                Err(issues) => return Ok(Err(issues)),
            }
        }
        PlanMapping::ChangeList(mapping) => {
            let read = |sheet: &Sheet| list::changed(mapping, &definition.form, &sheet.values);
            match answers(&sheets, definition, read) {
                Ok(wished) => list::plan_changes(&service.microsoft, wished).await?,
                Err(issues) => return Ok(Err(issues)),
            }
        }
    };
    let at_fields = |(planned, sheet): (Result<Plan, Issues>, &Sheet)| {
        planned.map_err(|issues| sheet.place(wish::at_fields(issues, definition), definition))
    };
    Ok(Ok(plans.into_iter().zip(&sheets).map(at_fields).collect()))
}

/// What the answers wish, row by row; or everything that is wrong with them.
fn answers<Wished>(
    sheets: &[Sheet],
    definition: &Definition,
    read: impl Fn(&Sheet) -> Result<Wished, Issues>,
) -> Result<Vec<Wished>, Issues> {
    let (mut all, mut issues) = (Vec::with_capacity(sheets.len()), Issues::new());
    for sheet in sheets {
        match read(sheet) {
            Ok(wished) => all.push(wished),
            Err(more) => issues.extend(sheet.place(more, definition)),
        }
    }
    if issues.is_empty() { Ok(all) } else { Err(issues) }
}

/// The plans of all objects as the one thing that is approved.
pub(crate) fn whole(definition: &Definition, mut plans: Vec<Plan>) -> Plans {
    match (definition.execution.plan.rows(), plans.len()) {
        (None, 1) => Plans::One(plans.remove(0)),
        _ => Plans::Rows { rows: plans },
    }
}
