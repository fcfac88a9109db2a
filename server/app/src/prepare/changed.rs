//! An application whose form an approver changes, or whose route an administrator changes.

use std::collections::BTreeSet;

use forms::{Issue, Values};
use provision::Plans;
use store::Tx;
use workflow::application::InApproval;
use workflow::route::Route;

use super::hold::{self, Seats};
use super::{form, way};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::linked;
use crate::planning;
use crate::service::Service;

/// What a changed form leads to.
pub(crate) struct Changed {
    pub(crate) values: Values,
    pub(crate) plan: workflow::Plan,
    /// Up to the step that stands it is the one that stands.
    pub(crate) route: Route,
    pub(crate) needs: Needs,
}

/// What it takes in the tenant.
pub(crate) struct Needs {
    plans: Plans,
    seats: Seats,
}

/// Nothing: it has mistakes, or what it asks for cannot be had.
pub(crate) async fn changed(
    service: &Service,
    case: &Case,
    review: &InApproval,
    values: Values,
) -> Result<Option<Changed>, JobError> {
    let issues = form::issues(service, &case.definition, &values).await?;
    if new_ones(&issues, &review.case.payload.values, &values) {
        return Ok(None);
    }
    let Ok(plan) = linked::plan(service, case, &values).await? else {
        return Ok(None);
    };
    let kept = review
        .case
        .route
        .position(&review.asking.step)
        .map_or(0, |at| at + 1);
    let counts = planning::counts(&plan);
    let route = way::resolve(
        service,
        case,
        (&values, &counts),
        Some((&review.case.route, kept)),
    )
    .await?;
    let Ok(route) = route else {
        return Ok(None);
    };
    Ok(Some(Changed {
        values,
        plan: planning::seal(&plan)?,
        route,
        needs: Needs {
            seats: hold::seats(service, &plan).await?,
            plans: plan,
        },
    }))
}

/// Whether something is wrong with what was changed; what else time made wrong was accepted once.
fn new_ones(issues: &[Issue], before: &Values, after: &Values) -> bool {
    let keys = before.keys().chain(after.keys());
    let changed: BTreeSet<_> = keys.filter(|key| before.get(key) != after.get(key)).collect();
    issues.iter().any(|issue| {
        let field = issue.field.split(['[', '.']).next().unwrap_or_default();
        field.is_empty() || changed.iter().any(|key| *key == field)
    })
}

/// Holds this in place of what the application held. False: there is no seat, and it holds what it held.
pub(crate) async fn hold_instead(tx: &mut Tx, case: &Case, needs: &Needs) -> Result<bool, JobError> {
    if hold::all(tx, case, &needs.plans, &needs.seats).await?.is_empty() {
        return Ok(true);
    }
    if let Some(standing) = case.application.case() {
        let plan = planning::unseal(&standing.plan)?;
        hold::again(tx, case, &plan).await?;
    }
    Ok(false)
}

/// The route of which the passed steps stay, as the organisation is now. Nothing: nobody is asked, or somebody is missing.
pub(crate) async fn rest_of_route(service: &Service, case: &Case) -> Result<Option<Route>, JobError> {
    let Some(review) = case.application.review() else {
        return Ok(None);
    };
    let standing = &review.case;
    let kept = standing.route.position(&review.asking.step).unwrap_or_default();
    let counts = planning::counts(&planning::unseal(&standing.plan)?);
    let asked = (&standing.payload.values, &counts);
    let route = way::resolve(service, case, asked, Some((&standing.route, kept))).await?;
    Ok(route.ok())
}
