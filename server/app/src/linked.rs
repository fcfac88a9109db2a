//! What an application would do: on its own, or following another that it undoes 取消申請, changes 変更申請 or renews
//! 更新申請.

mod renewal;

use forms::{Code, Issue, Values};
use provision::{AccountPlan, Given, Plan, Plans, StepId};
use workflow::application::{Link, LinkKind};
use workflow::definition::PlanMapping;
use workflow::journal::Line;
use workflow::{Definition, PlanStepId, State};

use crate::attachments;
use crate::cases::Case;
use crate::execute::{executed, executed_rows};
use crate::jobs::JobError;
use crate::planning::{self, Each};
use crate::publish::Story;
use crate::service::Service;

/// Nobody changes one account this often; a longer chain is no chain of ours.
const LONGEST: usize = 100;

type Planned<P> = Result<P, Vec<Issue>>;

/// As [`planning::plan`], for an application that may follow another.
pub(crate) async fn plan(
    service: &Service,
    case: &Case,
    values: &Values,
) -> Result<Planned<Plans>, JobError> {
    let (id, definition) = (&case.application.id, &case.definition);
    match &case.application.link {
        None => match attachments::wished_picture(service, case, values).await? {
            Ok(picture) => planning::plan(service, id, definition, (values, picture.as_ref())).await,
            Err(issues) => Ok(Err(issues)),
        },
        Some(link) => following(service, link, definition, values).await,
    }
}

/// As [`planning::each`], for an application that may follow another.
pub(crate) async fn each(service: &Service, case: &Case, values: &Values) -> Result<Planned<Each>, JobError> {
    let (id, definition) = (&case.application.id, &case.definition);
    match &case.application.link {
        None => match attachments::wished_picture(service, case, values).await? {
            Ok(picture) => planning::each(service, id, definition, (values, picture.as_ref())).await,
            Err(issues) => Ok(Err(issues)),
        },
        Some(link) => Ok(match following(service, link, definition, values).await? {
            Ok(plans) => Ok(plans.all().iter().cloned().map(Ok).collect()),
            Err(issues) => Ok(vec![Err(issues)]),
        }),
    }
}

async fn following(
    service: &Service,
    link: &Link,
    definition: &Definition,
    values: &Values,
) -> Result<Planned<Plans>, JobError> {
    match link.kind {
        LinkKind::Reverse => way_back(service, &followed(service, &link.original).await?).await,
        LinkKind::Renew => {
            let original = followed(service, &link.original).await?;
            let plan = renewal::plan(
                (&service.calendar, service.today()),
                &original,
                definition,
                values,
            );
            Ok(plan
                .map(|plan| Plans::One(Plan::Renewal(plan)))
                .map_err(|issue| vec![issue]))
        }
        LinkKind::Amend => {
            if let Some(field) = named_end(definition, values) {
                return Ok(Err(vec![Issue::new(Code::NotApplicable, field)]));
            }
            let chain = chain(service, link).await?;
            Ok(amend(service, &chain, definition, values).await?.map(Plans::One))
        }
    }
}

/// Everything that leads back from what an application did, as the tenant is now.
pub(crate) async fn way_back(service: &Service, original: &Case) -> Result<Planned<Plans>, JobError> {
    let plans = reverse(service, original).await?;
    // Nothing leads back, or nothing was changed.
    if plans.all().iter().all(Plan::is_empty) {
        let is_for_good = carried_out(original)?.all().iter().any(Plan::is_for_good);
        let code = if is_for_good {
            Code::NotRestorable
        } else {
            Code::NothingToDo
        };
        return Ok(Err(vec![Issue::new(code, "")]));
    }
    let graph = service.microsoft.graph();
    for plan in plans.all() {
        if !provision::is_restorable(&graph, plan).await? {
            return Ok(Err(vec![Issue::new(Code::NotRestorable, "")]));
        }
    }
    Ok(Ok(plans))
}

/// Of what is wrong with the form that which whoever filled it in can mend: whoever undoes something is asked nothing, and
/// whoever renews something only a few fields.
pub(crate) fn asked(case: &Case, mut issues: Vec<Issue>) -> Vec<Issue> {
    match case.application.link.as_ref().map(|link| link.kind) {
        None | Some(LinkKind::Amend) => issues,
        Some(LinkKind::Reverse) => Vec::new(),
        Some(LinkKind::Renew) => {
            let asked = case.definition.execution.end.iter();
            let asked: Vec<_> = asked.flat_map(workflow::definition::End::renewed).collect();
            issues.retain(|issue| asked.iter().any(|field| field.as_str() == issue.field));
            issues
        }
    }
}

/// What was given for good is not given until a day by amending it: it would not end.
fn named_end<'a>(definition: &'a Definition, values: &Values) -> Option<&'a str> {
    let field = definition.execution.end.as_ref()?.field.as_str();
    values.text(field).map(|_| field)
}

async fn followed(service: &Service, id: &workflow::ApplicationId) -> Result<Case, JobError> {
    Case::of_job(service, &store::ApplicationId::new(id.as_str())).await
}

/// What the original did, the other way round.
async fn reverse(service: &Service, original: &Case) -> Result<Plans, JobError> {
    let story = Story::tell(service, original).await?;
    Ok(match carried_out(original)? {
        Plans::One(plan) => Plans::One(provision::inverse(&plan, &executed(&story.lines)).plan),
        Plans::Rows { rows } => Plans::Rows {
            rows: reverse_rows(&rows, &story.lines),
        },
    })
}

/// In the order of the original's rows, those that changed nothing left out: each is about an account of its own.
fn reverse_rows(rows: &[Plan], lines: &[Line]) -> Vec<Plan> {
    let executed = executed_rows(lines);
    let numbered = (1..).zip(rows);
    let backs = numbered.filter_map(|(number, plan)| {
        let row = PlanStepId::new(StepId::row(number).as_str());
        Some(provision::inverse(plan, executed.get(&row)?).plan)
    });
    backs.filter(|back| !back.is_empty()).collect()
}

fn carried_out(case: &Case) -> Result<Plans, JobError> {
    match &case.application.state {
        State::Completed { progress, .. } => planning::unseal(&progress.case.plan),
        State::Cancelled {
            progress: Some(progress),
            ..
        } => planning::unseal(&progress.case.plan),
        _ => Err(JobError::Stuck(format!(
            "{} was not carried out",
            case.row.number
        ))),
    }
}

/// What is amended is one account; nobody amends many at once.
fn alone(plans: Plans) -> Result<Plan, JobError> {
    match plans {
        Plans::One(plan) => Ok(plan),
        Plans::Rows { .. } => Err(JobError::Stuck(
            "an application of rows is amended by none".to_owned(),
        )),
    }
}

/// What makes accounts has plans for accounts.
fn of_account(plan: Plan) -> Result<AccountPlan, JobError> {
    match plan {
        Plan::Account(plan) => Ok(plan),
        _ => Err(JobError::Stuck("it is about no account".to_owned())),
    }
}

/// The applications that a link leads back over, the oldest first: that one made the account.
async fn chain(service: &Service, link: &Link) -> Result<Vec<Case>, JobError> {
    let mut chain = vec![followed(service, &link.original).await?];
    while let Some(before) = chain.last().and_then(|case| case.application.link.clone()) {
        if chain.len() >= LONGEST {
            return Err(JobError::Stuck(
                "applications follow one another without end".to_owned(),
            ));
        }
        chain.push(followed(service, &before.original).await?);
    }
    chain.reverse();
    Ok(chain)
}

/// What has to be done so that the account is as the new answers want it.
async fn amend(
    service: &Service,
    chain: &[Case],
    definition: &Definition,
    values: &Values,
) -> Result<Planned<Plan>, JobError> {
    let Some(first) = chain.first() else {
        return Err(JobError::Stuck("it follows no application".to_owned()));
    };
    if definition.execution.plan.action().is_some() {
        // What another system was asked is undone and asked anew: it knows nothing of amendments.
        return Ok(Err(vec![Issue::new(Code::NotApplicable, "")]));
    }
    let PlanMapping::CreateUser(mapping) = &definition.execution.plan else {
        // A change of what is there is changed by another change of what is there.
        let id = &first.application.id;
        return match planning::plan(service, id, definition, (values, None)).await? {
            Ok(wanted) => Ok(Ok(alone(wanted)?)),
            Err(issues) => Ok(Err(issues)),
        };
    };
    let plans = chain
        .iter()
        .map(|case| carried_out(case).and_then(alone).and_then(of_account));
    let plans: Vec<AccountPlan> = plans.collect::<Result<_, _>>()?;
    let given = Given::by(&plans);
    let about = (definition, mapping);
    let wanted = planning::amended(service, &first.application.id, about, values, given.licences()).await?;
    let wanted = match wanted {
        Ok(wanted) => of_account(wanted)?,
        Err(issues) => return Ok(Err(issues)),
    };
    if wanted.account.user_principal_name != plans[0].account.user_principal_name {
        // The account keeps its name.
        return Ok(Err(vec![Issue::new(
            Code::NotApplicable,
            mapping.upn_local.as_str(),
        )]));
    }
    let steps = given.steps_to(&Given::by([&wanted]));
    let story = Story::tell(service, first).await?;
    Ok(Ok(Plan::Account(AccountPlan {
        account: wanted.account.known_as(executed(&story.lines).target()),
        steps,
    })))
}
