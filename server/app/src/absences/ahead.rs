//! 引上げ: where all who are asked are away, and nobody decides in their place, those who are asked later need not wait for
//! so long as the step says.

use std::collections::{BTreeMap, BTreeSet};

use store::{ApplicationId, Shelf, transaction};
use workflow::{Code, Command, PersonId};

use super::{Absence, asked};
use crate::cases::{Case, act};
use crate::jobs::JobError;
use crate::service::Service;

pub(super) async fn offer(service: &Service) -> Result<(), JobError> {
    let mut steps = Vec::new();
    asked::each(service, Code::IA, |case| steps.extend(Step::of(service, case))).await?;
    let mut away = Away::default();
    for step in steps {
        if away.all(service, &step.asked).await? {
            // Whoever was faster, a vote or another run, leaves nothing to do.
            act(service, &step.application, &step.offer).await?;
        }
    }
    Ok(())
}

/// A step that may be passed over as soon as those asked are away.
struct Step {
    application: ApplicationId,
    asked: BTreeSet<PersonId>,
    offer: Command,
}

impl Step {
    fn of(service: &Service, case: &Case) -> Option<Self> {
        let review = case.application.review()?;
        let offer = Command::OfferPullUp {
            asking: review.asking.number,
            absent: true,
        };
        case.rehearse(service, &offer).ok()?;
        Some(Self {
            application: case.row.id.clone(),
            // Deputies among them: while one is there, somebody decides.
            asked: case.application.deciders().into_iter().cloned().collect(),
            offer,
        })
    }
}

/// Who is away now, as far as his mailbox was read; each is looked up once.
#[derive(Default)]
struct Away {
    known: BTreeMap<PersonId, bool>,
}

impl Away {
    async fn all(&mut self, service: &Service, people: &BTreeSet<PersonId>) -> Result<bool, JobError> {
        for person in people {
            if !self.is(service, person).await? {
                return Ok(false);
            }
        }
        Ok(!people.is_empty())
    }

    async fn is(&mut self, service: &Service, person: &PersonId) -> Result<bool, JobError> {
        if let Some(known) = self.known.get(person) {
            return Ok(*known);
        }
        let kept: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx =>
            Ok(tx.get(Shelf::Absence, person.as_str()).await?));
        // What was kept in another shape says nothing about a period.
        let absence = kept?.and_then(|kept| serde_json::from_value::<Option<Absence>>(kept.body).ok()?);
        let now = service.now();
        let is_away = absence.is_some_and(|absence| absence.start <= now && now < absence.end);
        self.known.insert(person.clone(), is_away);
        Ok(is_away)
    }
}
