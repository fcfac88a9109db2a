//! Those who are waited for now.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use store::{ApplicationId, Shelf, transaction};
use workflow::application::Asking;
use workflow::{Code, PersonId};

use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

/// States in which people are asked.
const ASKING: [Code; 3] = [Code::IA, Code::HO, Code::MW];
const PAGE: i64 = 100;

/// Those whose mailbox was not read for so long, the longest first.
pub(super) async fn longest_unread(
    service: &Service,
    every: SignedDuration,
    most: usize,
) -> Result<Vec<PersonId>, JobError> {
    let now = service.now();
    let mut found: Vec<(Option<Timestamp>, PersonId)> = Vec::new();
    for person in everybody(service).await? {
        let read: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx =>
            Ok(tx.get(Shelf::Absence, person.as_str()).await?));
        let at = read?.map(|read| read.at);
        if at.is_none_or(|at| now.duration_since(at) >= every) {
            found.push((at, person));
        }
    }
    found.sort();
    Ok(found.into_iter().take(most).map(|(_, person)| person).collect())
}

async fn everybody(service: &Service) -> Result<BTreeSet<PersonId>, JobError> {
    let mut people = BTreeSet::new();
    for code in ASKING {
        each(service, code, |case| {
            let asked = case.application.asking().into_iter().flat_map(Asking::pending);
            people.extend(asked.cloned());
        })
        .await?;
    }
    Ok(people)
}

/// Looks at every application in this state.
pub(super) async fn each(service: &Service, code: Code, mut look: impl FnMut(&Case)) -> Result<(), JobError> {
    let mut after: Option<ApplicationId> = None;
    loop {
        let cases = page(service, code, after.as_ref()).await?;
        let Some(last) = cases.last() else {
            return Ok(());
        };
        after = Some(last.row.id.clone());
        cases.iter().for_each(&mut look);
    }
}

async fn page(service: &Service, code: Code, after: Option<&ApplicationId>) -> Result<Vec<Case>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => {
        let mut cases = Vec::new();
        for row in tx.applications_in(code.as_str(), after, PAGE).await? {
            cases.extend(Case::load(tx, &row.id).await?);
        }
        Ok(cases)
    })
}
