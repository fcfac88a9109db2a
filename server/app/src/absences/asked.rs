//! Those who are waited for now, and those who may decide in their place.

use std::collections::BTreeMap;

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

/// Somebody whose mailbox says whether he is there.
pub(super) struct Decider {
    pub(super) person: PersonId,
    /// Asked himself, and not for somebody else alone.
    pub(super) is_asked: bool,
}

/// Those whose mailbox was not read for so long, the longest first.
pub(super) async fn longest_unread(
    service: &Service,
    every: SignedDuration,
    most: usize,
) -> Result<Vec<Decider>, JobError> {
    let now = service.now();
    let mut found: Vec<(Option<Timestamp>, PersonId, bool)> = Vec::new();
    for (person, is_asked) in everybody(service).await? {
        let read: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx =>
            Ok(tx.get(Shelf::Absence, person.as_str()).await?));
        let at = read?.map(|read| read.at);
        if at.is_none_or(|at| now.duration_since(at) >= every) {
            found.push((at, person, is_asked));
        }
    }
    found.sort();
    let first = found.into_iter().take(most);
    Ok(first
        .map(|(_, person, is_asked)| Decider { person, is_asked })
        .collect())
}

/// With whether they are asked themselves.
async fn everybody(service: &Service) -> Result<BTreeMap<PersonId, bool>, JobError> {
    let mut people = BTreeMap::new();
    for code in ASKING {
        each(service, code, |case| {
            for decider in case.application.deciders() {
                people.entry(decider.clone()).or_insert(false);
            }
            let asked = case.application.asking().into_iter().flat_map(Asking::pending);
            people.extend(asked.map(|person| (person.clone(), true)));
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
