//! What an application would do to the tenant as it is now: asked at submission, and again before execution.

mod action;
mod answers;
mod change;
mod contact;
mod counts;
mod group;
mod licences;
mod list;
mod mailbox;
mod new;
mod people;
mod row;
mod seal;
mod standing;
mod team;
mod wish;

use std::collections::BTreeSet;

use forms::{Issue, Values};
use provision::{Plan, Plans, TeamPicture};
use uuid::Uuid;
use workflow::definition::{CreateUser, PlanMapping};
use workflow::{ApplicationId, Definition};

use crate::jobs::JobError;
use crate::service::Service;
use row::Sheet;

pub(crate) use counts::counts;
pub(crate) use row::name as row_name;
pub(crate) use seal::{seal, unseal};
pub(crate) use team::asks_for_picture;

/// What the applicant has to mend.
type Issues = Vec<Issue>;

/// Of each object, in order: a plan, or what stands against it.
pub(crate) type Each = Vec<Result<Plan, Issues>>;

/// Reads the tenant and plans. `picture`: the attached one, where the form asks for it. Seats that other applications hold are not taken off: reserving does that.
pub(crate) async fn plan(
    service: &Service,
    application: &ApplicationId,
    definition: &Definition,
    (values, picture): (&Values, Option<&TeamPicture>),
) -> Result<Result<Plans, Issues>, JobError> {
    let each = match each(service, application, definition, (values, picture)).await? {
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

/// The plan of an account that is made already: of the licences that it holds the seats are its own.
pub(crate) async fn amended(
    service: &Service,
    application: &ApplicationId,
    (definition, mapping): (&Definition, &CreateUser),
    values: &Values,
    held: BTreeSet<Uuid>,
) -> Result<Result<Plan, Issues>, JobError> {
    let domain = &service.config.tenant.domain;
    let offered = licences::offered(service).await?;
    let planned = match wish::wished(application.as_str(), mapping, values, (domain, &offered)) {
        Ok(mut wished) => {
            wished.wish.held = held;
            let each = new::plan(&service.microsoft.graph(), vec![wished], domain).await?;
            let plan = each.into_iter().next();
            plan.ok_or_else(|| JobError::Stuck("nothing was planned".to_owned()))?
        }
        Err(issues) => Err(issues),
    };
    Ok(planned.map_err(|issues| wish::at_fields(issues, definition)))
}

/// The same object by object. The inner error: the answers cannot be read as wishes at all.
pub(crate) async fn each(
    service: &Service,
    application: &ApplicationId,
    definition: &Definition,
    (values, picture): (&Values, Option<&TeamPicture>),
) -> Result<Result<Each, Issues>, JobError> {
    let sheets = row::sheets(definition, values);
    let plans = match plans(service, application, definition, (&sheets, picture)).await {
        Ok(plans) => plans,
        Err(Stop::Unreadable(issues)) => return Ok(Err(issues)),
        Err(Stop::Job(error)) => return Err(error),
    };
    let at_fields = |(planned, sheet): (Result<Plan, Issues>, &Sheet)| {
        planned.map_err(|issues| sheet.place(wish::at_fields(issues, definition), definition))
    };
    Ok(Ok(plans.into_iter().zip(&sheets).map(at_fields).collect()))
}

/// Why there are no plans at all.
enum Stop {
    /// The answers cannot be read as wishes.
    Unreadable(Issues),
    Job(JobError),
}

impl From<Issues> for Stop {
    fn from(issues: Issues) -> Self {
        Self::Unreadable(issues)
    }
}

impl From<m365::Error> for Stop {
    fn from(error: m365::Error) -> Self {
        Self::Job(error.into())
    }
}

/// An application, and what it asks, object by object.
#[derive(Clone, Copy)]
struct Asked<'a> {
    service: &'a Service,
    application: &'a ApplicationId,
    definition: &'a Definition,
    sheets: &'a [Sheet],
}

impl Asked<'_> {
    /// As the free function.
    fn answers<Wished>(
        &self,
        read: impl Fn(&Sheet) -> Result<Wished, Issues>,
    ) -> Result<Vec<Wished>, Issues> {
        answers(self.sheets, self.definition, read)
    }
}

/// Reads the wishes, looks at the tenant, and plans.
async fn plans(
    service: &Service,
    application: &ApplicationId,
    definition: &Definition,
    (sheets, picture): (&[Sheet], Option<&TeamPicture>),
) -> Result<Each, Stop> {
    let (microsoft, graph) = (&service.microsoft, service.microsoft.graph());
    let (domain, form) = (&service.config.tenant.domain, &definition.form);
    let by_hand = definition.works_by_hand();
    let asked = Asked {
        service,
        application,
        definition,
        sheets,
    };
    Ok(match &definition.execution.plan {
        PlanMapping::CreateUser(mapping) => {
            let offered = licences::offered(service).await.map_err(Stop::Job)?;
            let house = (domain.as_str(), &offered);
            let read = |sheet: &Sheet| wish::wished(&sheet.name(application), mapping, &sheet.values, house);
            new::plan(&graph, answers(sheets, definition, read)?, domain).await?
        }
        PlanMapping::ChangeUser(mapping) => {
            let offered = licences::offered(service).await.map_err(Stop::Job)?;
            let read = |sheet: &Sheet| change::wished(mapping, form, &sheet.values, &offered);
            standing::plan(microsoft, answers(sheets, definition, read)?, by_hand).await?
        }
        PlanMapping::CreateGroup(mapping) => {
            let read =
                |sheet: &Sheet| group::wished(&sheet.name(application), mapping, &sheet.values, domain);
            group::plan(&graph, answers(sheets, definition, read)?).await?
        }
        PlanMapping::ChangeGroup(mapping) => {
            let read = |sheet: &Sheet| group::changed(mapping, form, &sheet.values, picture);
            group::plan_changes(&graph, answers(sheets, definition, read)?, by_hand).await?
        }
        PlanMapping::CreateList(mapping) => {
            let read = |sheet: &Sheet| list::wished(&sheet.name(application), mapping, &sheet.values, domain);
            list::plan(microsoft, answers(sheets, definition, read)?).await?
        }
        PlanMapping::ChangeList(mapping) => {
            let read = |sheet: &Sheet| list::changed(mapping, form, &sheet.values);
            list::plan_changes(microsoft, answers(sheets, definition, read)?, by_hand).await?
        }
        PlanMapping::CreateMailbox(mapping) => Box::pin(mailbox::new(asked, mapping)).await?,
        PlanMapping::ChangeMailbox(mapping) => Box::pin(mailbox::change(asked, mapping)).await?,
        PlanMapping::CreateContact(mapping) => Box::pin(contact::new(asked, mapping)).await?,
        PlanMapping::ChangeContact(mapping) => Box::pin(contact::change(asked, mapping)).await?,
        PlanMapping::CustomAction(mapping) => Box::pin(action::plan(asked, mapping)).await?,
    })
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
