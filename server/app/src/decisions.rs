//! Decisions and other acts that came by the API: kept together with the job that carries them out, and then with what became of
//! them. They are judged by the same rules as a decision in the list; the journal's line carries no place.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::jobs::JobEnd;
use store::{ApplicationId, Document, Shelf, Tx, transaction};
use workflow::application::Channel;
use workflow::judge::Act;
use workflow::{PersonId, RefusalCode};

use crate::asked::{Asked, Asker};
use crate::cases::{Case, Outcome};
use crate::jobs::{JobError, Task};
use crate::judge;
use crate::people;
use crate::service::Service;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "camelCase")]
pub(crate) enum Fate {
    Waiting,
    /// It stands in the journal.
    Recorded {
        at: Timestamp,
    },
    /// It decides nothing.
    NotCounted {
        why: RefusalCode,
    },
    /// Whoever decided has left.
    Left,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Decision {
    pub(crate) application: ApplicationId,
    pub(crate) by: PersonId,
    /// What is asked, of the step that was seen where it is about one.
    pub(crate) act: Act,
    pub(crate) asked_at: Timestamp,
    pub(crate) fate: Fate,
}

impl Decision {
    pub(crate) fn asker(&self) -> Asker<'_> {
        Asker {
            by: &self.by,
            channel: Channel::Api,
        }
    }

    /// Whether the same is wanted of the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (&self.application, &self.by, &self.act) == (&other.application, &other.by, &other.act)
    }

    /// Keeps it under its name with the job that carries it out.
    pub(crate) async fn ask(&self, tx: &mut Tx, name: &str) -> Result<(), JobError> {
        self.keep(tx, name, self.asked_at).await?;
        let task = Task::Decide {
            application: self.application.clone(),
            decision: name.to_owned(),
        };
        Ok(tx.enqueue(&task.job(self.asked_at)?).await?)
    }

    pub(crate) async fn find(tx: &mut Tx, name: &str) -> Result<Option<Self>, JobError> {
        let document = tx.get(Shelf::Decision, name).await?;
        let decision = document.map(|document| serde_json::from_value(document.body));
        decision
            .transpose()
            .map_err(|error| JobError::unreadable("a decision", &error))
    }

    async fn keep(&self, tx: &mut Tx, name: &str, at: Timestamp) -> Result<(), JobError> {
        let document = Document {
            name: name.to_owned(),
            body: serde_json::to_value(self).map_err(|error| JobError::unreadable("a decision", &error))?,
            at,
        };
        Ok(tx.put(Shelf::Decision, &document).await?)
    }
}

pub(crate) async fn run(service: &Service, id: &ApplicationId, name: &str) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    let decision = transaction!(service.store.read(&service.tenant), tx => Decision::find(tx, name).await)?;
    let Some(decision) = decision else {
        return Ok(JobEnd::Drop("there is no such decision".into()));
    };
    if judge::has_older_entry(service, &case.row.number, decision.asked_at).await? {
        return Err(JobError::Wait("an entry into the item before it comes first"));
    }
    let is_heard = decision.act.is_applicants() || people::person(service, &decision.by).await?.is_active();
    let asked = Asked::of(service, &case.row.number, &decision.asker(), &decision.act).await?;
    transaction!(service.store.write(&service.tenant), tx => {
        let Some(decision) = Decision::find(tx, name).await? else {
            return Ok(JobEnd::Drop("there is no such decision".into()));
        };
        // Of two runs, one whose lease ran out and the next, one counts.
        if decision.fate == Fate::Waiting {
            let fate = if is_heard { carry_out(tx, service, &decision, &asked).await? } else { Fate::Left };
            Decision { fate, ..decision }.keep(tx, name, service.now()).await?;
        }
        Ok(JobEnd::Done)
    })
}

async fn carry_out(
    tx: &mut Tx,
    service: &Service,
    decision: &Decision,
    asked: &Asked,
) -> Result<Fate, JobError> {
    let missing = || JobError::Stuck(format!("there is no application {}", decision.application));
    let mut case = Case::load(tx, &decision.application).await?.ok_or_else(missing)?;
    case.represent_as_of(tx, service, decision.asked_at).await?;
    match asked.carry_out(tx, service, &mut case, None).await? {
        Outcome::Done(_) => Ok(Fate::Recorded { at: service.now() }),
        Outcome::Refused(refusal) => {
            case.turn_down_request(tx, service, &decision.by, refusal.code)
                .await?;
            Ok(Fate::NotCounted { why: refusal.code })
        }
    }
}
