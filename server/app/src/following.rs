//! Following the directory: whoever changed and is known to us is read anew, and the applications that he takes
//! part in are made as they must be. Entries are hints, so doubled, repeated and lost ones change nothing.

mod hint;
mod position;

use jiff::Timestamp;
use m365::graph::{DeltaLink, Followed};
use store::jobs::JobEnd;
use store::{Shelf, Tx, transaction};
use uuid::Uuid;
use workflow::PersonId;

use crate::jobs::{JobError, Task};
use crate::people;
use crate::service::Service;
pub use hint::Hint;
use position::Position;

const PEOPLE: &str = "following/people";
const ADMINISTRATORS: &str = "following/administrators";
/// People asked for in one transaction when everybody is read anew.
const AT_ONCE: i64 = 200;
/// So often a person is read until the reading shows what was told; after that the reading is believed.
const READINGS: i64 = 6;
const FORGOTTEN: JobError = JobError::Wait("Graph has forgotten how far we were; everything is read anew");

/// What is followed, with the time until which that goes on from where it is.
pub(crate) async fn ends(tx: &mut Tx) -> Result<Vec<(String, Timestamp)>, JobError> {
    position::ends(tx, [PEOPLE, ADMINISTRATORS]).await
}

/// Reads on from the kept place to the end of what changed, page by page: each page commits with its place.
pub(crate) async fn people(service: &Service) -> Result<JobEnd, JobError> {
    loop {
        match position::load(service, PEOPLE).await? {
            None => start(service).await?,
            Some(Position::Reading { after, then }) => read_all(service, &after, then).await?,
            Some(Position::Following { link }) => {
                if follow(service, &link).await? {
                    return Ok(JobEnd::Done);
                }
            }
        }
    }
}

/// The link first: what changes while everybody is read is then seen again, never missed.
async fn start(service: &Service) -> Result<(), JobError> {
    let then = service.microsoft.graph().delta_from_now(Followed::Users).await?;
    let after = String::new();
    position::keep(service, PEOPLE, &Position::Reading { after, then }).await
}

/// Asks for some of those whom we know to be read anew.
async fn read_all(service: &Service, after: &str, then: DeltaLink) -> Result<(), JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let names = tx.names(Shelf::Person, after, AT_ONCE).await?;
        for name in names.iter().filter(|name| Uuid::try_parse(name).is_ok()) {
            ask(tx, service, PersonId::new(name), Hint::Unclear).await?;
        }
        let position = match names.last() {
            Some(last) => Position::Reading { after: last.clone(), then: then.clone() },
            None => Position::Following { link: then.clone() },
        };
        position.put(tx, service, PEOPLE).await
    })
}

/// One page; whether it was the last.
async fn follow(service: &Service, link: &DeltaLink) -> Result<bool, JobError> {
    let Some(page) = service.microsoft.graph().delta(link).await? else {
        start(service).await?;
        return Err(FORGOTTEN);
    };
    let hints = hint::fold(&page.entries);
    let position = Position::Following {
        link: page.next.clone(),
    };
    let kept: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        for (person, hint) in &hints {
            // Of strangers we keep nothing.
            if tx.get(Shelf::Person, person.as_str()).await?.is_some() {
                ask(tx, service, person.clone(), hint.clone()).await?;
            }
        }
        position.put(tx, service, PEOPLE).await
    });
    kept.map(|()| !page.more)
}

async fn ask(tx: &mut Tx, service: &Service, person: PersonId, hint: Hint) -> Result<(), JobError> {
    let job = Task::Person { person, hint }.job(service.now())?;
    Ok(tx.enqueue(&job).await?)
}

/// Reads a person anew, and once more while the reading is older than what was told.
pub(crate) async fn person(
    service: &Service,
    person: &PersonId,
    hint: &Hint,
    readings: i64,
) -> Result<JobEnd, JobError> {
    let known = people::reread(service, person).await?;
    if hint.is_borne_out_by(&known) || readings >= READINGS {
        return Ok(JobEnd::Done);
    }
    Err(JobError::Wait(
        "the directory does not show the change everywhere yet",
    ))
}

/// Keeps the list of administrators, who are told when something needs a person.
pub(crate) async fn administrators(service: &Service) -> Result<JobEnd, JobError> {
    let graph = service.microsoft.graph();
    let group = service.config.people.administrators;
    let kept = match position::load(service, ADMINISTRATORS).await? {
        Some(Position::Following { link }) => Some(link),
        _ => None,
    };
    let (mut link, mut changed) = match kept {
        Some(link) => (link, false),
        None => (graph.delta_from_now(Followed::Group(group)).await?, true),
    };
    loop {
        let Some(page) = graph.delta(&link).await? else {
            position::forget(service, ADMINISTRATORS).await?;
            return Err(FORGOTTEN);
        };
        changed |= !page.entries.is_empty();
        link = page.next;
        if !page.more {
            break;
        }
    }
    let members = if changed {
        Some(graph.members(group).await?)
    } else {
        None
    };
    keep_administrators(service, members, Position::Following { link }).await?;
    Ok(JobEnd::Done)
}

async fn keep_administrators(
    service: &Service,
    members: Option<Vec<Uuid>>,
    position: Position,
) -> Result<(), JobError> {
    let members = members.map(|members| {
        let ids = members.iter().map(|id| PersonId::new(id.to_string()));
        ids.collect::<Vec<_>>()
    });
    transaction!(service.store.write(&service.tenant), tx => {
        if let Some(members) = &members {
            people::keep_administrators(tx, members, service.now()).await?;
        }
        position.put(tx, service, ADMINISTRATORS).await
    })
}
