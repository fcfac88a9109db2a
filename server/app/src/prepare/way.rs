//! Whom an application asks.

use std::collections::BTreeMap;

use forms::Values;
use workflow::application::Source;
use workflow::route::{Route, RouteError, resolve_all, resolve_rest};

use super::organisation::{self, Asked};
use super::today;
use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

/// For a whole application. Where something comes to its end, nobody is asked.
pub(super) async fn of(
    service: &Service,
    case: &Case,
    asked: (&Values, &BTreeMap<String, u64>),
) -> Result<Result<Route, RouteError>, JobError> {
    match case.application.source {
        Source::Row { .. } | Source::Search { .. } => resolve(service, case, asked, None).await,
        Source::End { .. } => Ok(Ok(Route::default())),
    }
}

/// `standing`: a route of which the first so many steps stay.
pub(super) async fn resolve(
    service: &Service,
    case: &Case,
    (values, plan): (&Values, &BTreeMap<String, u64>),
    standing: Option<(&Route, usize)>,
) -> Result<Result<Route, RouteError>, JobError> {
    let asked = Asked {
        definition: &case.definition,
        applicant: &case.application.applicant,
        values,
        plan,
        base: case.definition.base(values, today(service)?),
    };
    let organisation = organisation::read(service, &asked).await?;
    let request = asked.of(&organisation);
    Ok(match standing {
        Some((route, kept)) => resolve_rest(&case.definition, &request, route, kept),
        None => resolve_all(&case.definition, &request),
    })
}
