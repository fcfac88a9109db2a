//! The search as a job: so many objects a stride, each of which commits how far it came.

use m365::Verdict;
use m365::graph::{Graph, UnifiedGroup};
use provision::{OwnerSearch, Ownership};
use store::jobs::JobEnd;
use store::{StoreError, transaction};
use uuid::Uuid;

use super::found::Ownerless;
use super::opening::openings;
use super::record::{Record, UnderWay};
use super::scope::{Adoption, adoptions, remedy};
use super::told::tell;
use crate::jobs::{JobError, Task};
use crate::reconcile;
use crate::service::Service;

/// Objects that are looked at in one run.
const STRIDE: usize = 100;

/// One stride of this night's search, if that is not over.
pub(crate) async fn run(service: &Service) -> Result<JobEnd, JobError> {
    let adoptions = adoptions(&service.workflows);
    if adoptions.is_empty() {
        let forgotten: Result<(), StoreError> =
            transaction!(service.store.write(&service.tenant), tx => Record::forget(tx).await);
        return Ok(forgotten.map(|()| JobEnd::Done)?);
    }
    let night = reconcile::newest(service);
    let read = super::last(service).await?;
    let Some(mut record) = read.clone() else {
        return keep(service, read.as_ref(), &Record::new(night), JobEnd::Done).await;
    };
    let before = record.found.clone();
    let Some(under_way) = record.begun(night) else {
        return Ok(JobEnd::Done);
    };
    if stride(service, &adoptions, under_way, &before).await? {
        return end(service, read.as_ref(), record).await;
    }
    let next = JobEnd::Onward(service.now(), "the next stride".to_owned());
    keep(service, read.as_ref(), &record, next).await
}

/// Of two runs, one whose lease ran out and the next, one counts: the other finds another record than it `read`.
async fn keep(
    service: &Service,
    read: Option<&Record>,
    record: &Record,
    end: JobEnd,
) -> Result<JobEnd, JobError> {
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        if Record::of(tx).await?.as_ref() == read {
            record.keep(tx, now).await?;
        }
        Ok(end.clone())
    })
}

/// What was found is kept, opened and told together; forms show it at once.
async fn end(service: &Service, read: Option<&Record>, mut record: Record) -> Result<JobEnd, JobError> {
    let now = service.now();
    let new = record.end(now);
    let openings = openings(service, &record).await?;
    transaction!(service.store.write(&service.tenant), tx => {
        if Record::of(tx).await?.as_ref() != read {
            return Ok(JobEnd::Onward(now, "the record was changed meanwhile".to_owned()));
        }
        let mut record = record.clone();
        for opening in &openings {
            if let Some(number) = opening.open(tx, service, now).await? {
                record.is_opened(opening.object, &number);
            }
        }
        record.keep(tx, now).await?;
        let new: Vec<Ownerless> =
            record.found.iter().filter(|one| new.contains(&one.id)).cloned().collect();
        tell(tx, service, &new).await?;
        tx.enqueue(&Task::Masters.job(now)?).await?;
        Ok(JobEnd::Done)
    })
}

/// Whether nothing is left.
async fn stride(
    service: &Service,
    adoptions: &[Adoption],
    under_way: &mut UnderWay,
    before: &[Ownerless],
) -> Result<bool, JobError> {
    let graph = service.microsoft.graph();
    let (all, left) = ahead(service, &graph, adoptions, under_way.after).await?;
    let mut look = Look::new(service, graph);
    for (group, adoption) in &all {
        let id = group.group.id;
        let found = match look.at(group).await? {
            Ownership::AnsweredFor => None,
            Ownership::Ownerless { last } => Some(Ownerless {
                id,
                name: group.group.display_name.clone().unwrap_or_default(),
                request: adoption.title.clone(),
                workflow: adoption.workflow.clone(),
                last,
                opened: None,
            }),
            Ownership::Unseen => before.iter().find(|known| known.id == id).cloned(),
        };
        under_way.found.extend(found);
        under_way.after = Some(id);
    }
    Ok(left == 0)
}

/// The next objects, each with the request that adopts it, and how many are left behind them.
async fn ahead<'a>(
    service: &Service,
    graph: &Graph,
    adoptions: &'a [Adoption],
    after: Option<Uuid>,
) -> Result<(Vec<(UnifiedGroup, &'a Adoption)>, usize), JobError> {
    let (administrators, now) = (service.config.people.administrators, service.now());
    let all = graph.all_groups().await?.into_iter();
    let mut ahead: Vec<_> = all
        .filter(|group| Some(group.group.id) > after)
        .filter_map(|group| {
            let remedy = remedy(adoptions, &group, administrators, now)?;
            Some((group, remedy))
        })
        .collect();
    ahead.sort_by_key(|(group, _)| group.group.id);
    let left = ahead.len().saturating_sub(STRIDE);
    ahead.truncate(STRIDE);
    Ok((ahead, left))
}

/// Nothing else waits for Exchange where that refuses: `doctor` names what is missing.
struct Look {
    search: OwnerSearch,
    is_refused: bool,
}

impl Look {
    fn new(service: &Service, graph: Graph) -> Self {
        Self {
            search: OwnerSearch::new(graph, service.microsoft.exchange()),
            is_refused: false,
        }
    }

    async fn at(&mut self, group: &UnifiedGroup) -> m365::Result<Ownership> {
        if self.is_refused && !group.group.is_writable_by_graph() {
            return Ok(Ownership::Unseen);
        }
        match self.search.look_at(&group.group).await {
            Err(error) if is_refusal_of_exchange(&error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "owners of lists are not read"
                );
                self.is_refused = true;
                Ok(Ownership::Unseen)
            }
            // Two people of one name among the owners of a list, say: the others are looked at all the same.
            Err(error) if is_about_this_one(&error) => {
                tracing::warn!(
                    object = %group.group.id,
                    error = &error as &dyn std::error::Error,
                    "its owners cannot be told"
                );
                Ok(Ownership::Unseen)
            }
            looked => looked,
        }
    }
}

/// Neither a matter of time nor of rights.
fn is_about_this_one(error: &m365::Error) -> bool {
    matches!(
        error.verdict,
        Verdict::Invalid | Verdict::NotFound | Verdict::Conflict
    )
}

fn is_refusal_of_exchange(error: &m365::Error) -> bool {
    let is_refused = matches!(error.verdict, Verdict::Denied { .. } | Verdict::Credentials(_));
    is_refused && error.service == m365::Service::Exchange
}
