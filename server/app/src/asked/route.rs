//! 経路変更: other people at a step that is not passed, or everybody anew as the organisation is now.

use std::collections::BTreeSet;

use workflow::judge::NewPeople;
use workflow::route::Route;
use workflow::{Code, Command, PersonId, RefusalCode};

use super::{Wanted, named, standing};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::prepare;
use crate::service::Service;

pub(super) async fn change(
    service: &Service,
    number: &str,
    (by, reason): (PersonId, String),
    to: Option<&NewPeople>,
) -> Result<Wanted, JobError> {
    let case = match standing(service, number).await? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !matches!(case.application.code(), Code::IA | Code::HO) {
        return Ok(Err(RefusalCode::NotNow.into()));
    }
    let route = match to {
        Some(to) => with(service, &case, to).await?,
        None => prepare::rest_of_route(service, &case)
            .await?
            .ok_or(RefusalCode::RouteMismatch),
    };
    Ok(match route {
        Ok(route) => Ok(Command::ChangeRoute { by, route, reason }),
        Err(code) => Err(code.into()),
    })
}

/// The route that stands, with these people at one of its steps.
async fn with(
    service: &Service,
    case: &Case,
    to: &NewPeople,
) -> Result<Result<Route, RefusalCode>, JobError> {
    let mut people = BTreeSet::new();
    for name in &to.people {
        match named::active(service, name).await? {
            Some(person) => people.insert(person),
            None => return Ok(Err(RefusalCode::NobodyOfThatName)),
        };
    }
    let route = case.application.route().cloned().unwrap_or_default();
    Ok(route
        .appointing(&to.step, people)
        .ok_or(RefusalCode::RouteMismatch))
}
