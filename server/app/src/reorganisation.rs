//! 組織改編の日: applications that run are looked at under another organisation, and one person's work goes to another.

mod handover;
mod simulation;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use store::{ApplicationId, transaction};
use workflow::reorganisation::Forecast;
use workflow::{Code, PersonId};

use crate::cases::Case;
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;
pub(crate) use handover::{Move, Moved, hand_over};
pub(crate) use simulation::{named, simulate};
pub(crate) use words::{forecast_lines, moved_line, summary};

/// Rows read in one page.
const PAGE: i64 = 100;

/// Ids of all applications that are open, in order of state and id.
async fn open_applications(service: &Service) -> Result<Vec<ApplicationId>, JobError> {
    let mut all = Vec::new();
    for code in Code::ALL.iter().filter(|code| !code.is_closed()) {
        let mut after: Option<ApplicationId> = None;
        loop {
            let page: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx =>
                Ok(tx.applications_in(code.as_str(), after.as_ref(), PAGE).await?));
            let page = page?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            all.extend(page.into_iter().map(|row| row.id));
        }
    }
    Ok(all)
}

async fn case(service: &Service, id: &ApplicationId) -> Result<Option<Case>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => Case::load(tx, id).await)
}

/// Everyone whom a forecast names.
pub(crate) fn people_of(forecast: &Forecast) -> BTreeSet<PersonId> {
    let drifts = forecast.outlooks.iter().flat_map(|outlook| outlook.fate.drifts());
    let named = drifts.flat_map(|drift| drift.former.iter().chain(&drift.successors));
    let gone = forecast.outlooks.iter().flat_map(|outlook| outlook.fate.gone());
    named.chain(gone).chain(forecast.loads.keys()).cloned().collect()
}

/// Names for people to read; of whom nothing is known, the id.
pub(crate) async fn names<'a>(
    service: &Service,
    people: impl IntoIterator<Item = &'a PersonId>,
) -> Result<BTreeMap<PersonId, String>, JobError> {
    let mut names = BTreeMap::new();
    for person in people {
        if !names.contains_key(person) {
            names.insert(person.clone(), people::person(service, person).await?.name);
        }
    }
    Ok(names)
}
