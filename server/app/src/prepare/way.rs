//! Whom an application asks.

use std::collections::BTreeMap;

use forms::Values;
use workflow::route::{Request, Route, RouteError, resolve_all, resolve_rest};

use super::{base_date, organisation};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

/// `standing`: a route of which the first so many steps stay.
pub(super) async fn resolve(
    service: &Service,
    case: &Case,
    (values, plan): (&Values, &BTreeMap<String, u64>),
    standing: Option<(&Route, usize)>,
) -> Result<Result<Route, RouteError>, JobError> {
    let applicant = &case.application.applicant;
    let organisation = organisation::read(service, &case.definition, Some(applicant)).await?;
    let request = Request {
        applicant,
        unit: None,
        values,
        plan,
        base: base_date(service)?,
        organisation: &organisation,
    };
    Ok(match standing {
        Some((route, kept)) => resolve_rest(&case.definition, &request, route, kept),
        None => resolve_all(&case.definition, &request),
    })
}
