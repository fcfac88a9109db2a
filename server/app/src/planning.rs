//! What an application would do to the tenant as it is now: asked at submission, and again before execution.

mod counts;
mod row;
mod seal;
mod wish;

use std::collections::BTreeMap;

use forms::{Issue, Values};
use m365::graph::Graph;
use provision::{Plan, Plans, UserWish};
use uuid::Uuid;
use workflow::{ApplicationId, Definition};

use crate::jobs::JobError;
use crate::service::Service;
use row::Sheet;
use wish::Wished;

pub(crate) use counts::counts;
pub(crate) use row::name as row_name;
pub(crate) use seal::{seal, unseal};

/// What the applicant has to mend.
type Issues = Vec<Issue>;

/// Of each account, in order: a plan, or what stands against it.
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

/// The same account by account. The inner error: the answers cannot be read as wishes at all.
pub(crate) async fn each(
    service: &Service,
    application: &ApplicationId,
    definition: &Definition,
    values: &Values,
) -> Result<Result<Each, Issues>, JobError> {
    let domain = &service.config.tenant.domain;
    let sheets = row::sheets(definition, values);
    let (mut answers, mut issues) = (Vec::with_capacity(sheets.len()), Issues::new());
    for sheet in &sheets {
        match wish::wished(&sheet.name(application), definition, &sheet.values, domain) {
            Ok(wished) => answers.push(wished),
            Err(more) => issues.extend(sheet.place(more, definition)),
        }
    }
    if !issues.is_empty() {
        return Ok(Err(issues));
    }
    let graph = service.microsoft.graph();
    let wishes = find_managers(&graph, answers).await?;
    let domains = [domain.clone()].into();
    let views = provision::look(&graph, &wishes, &domains).await?;
    let plans = provision::plan_rows(&wishes, &views).into_iter();
    let at_fields = |(planned, sheet): (Result<Plan, Issues>, &Sheet)| {
        planned.map_err(|issues| sheet.place(wish::at_fields(issues, definition), definition))
    };
    Ok(Ok(plans.zip(&sheets).map(at_fields).collect()))
}

/// The plans of all accounts as the one thing that is approved.
pub(crate) fn whole(definition: &Definition, mut plans: Vec<Plan>) -> Plans {
    match (definition.execution.plan.rows(), plans.len()) {
        (None, 1) => Plans::One(plans.remove(0)),
        _ => Plans::Rows { rows: plans },
    }
}

/// Each name is looked up once, however many rows give it. Nobody of that name: an id that nobody has says so in the
/// planner's words.
async fn find_managers(graph: &Graph, answers: Vec<Wished>) -> Result<Vec<UserWish>, m365::Error> {
    let mut known: BTreeMap<String, Uuid> = BTreeMap::new();
    let mut wishes = Vec::with_capacity(answers.len());
    for Wished {
        mut wish,
        manager_upn,
    } in answers
    {
        if let Some(upn) = manager_upn {
            let id = match known.get(&upn) {
                Some(id) => *id,
                None => graph.user(&upn).await?.map_or(Uuid::nil(), |user| user.id),
            };
            known.insert(upn, id);
            wish.manager = Some(id);
        }
        wishes.push(wish);
    }
    Ok(wishes)
}
