//! The first submission: a new row with number, journal and jobs.

use jiff::tz::TimeZone;
use store::{ApplicationRow, PinnedDefinition, StoreError, Tx};
use workflow::application::{Application, Link, Source, Submission};
use workflow::journal::{Head, Place};
use workflow::{Command, Definition, Hash, PersonId};

use super::Case;
use super::act::state_json;
use super::entry::Entry;
use super::number;
use crate::jobs::JobError;
use crate::service::Service;
use crate::workflows::Offered;

/// What a row of the inbox says, or what the end of another application or a search asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct NewApplication {
    pub applicant: PersonId,
    /// Who typed it, if that is somebody else.
    pub drafter: Option<PersonId>,
    /// The application that it undoes, changes or renews.
    pub link: Option<Link>,
    pub source: Source,
    /// The version of the row that counts.
    pub via: Option<Place>,
    pub values: forms::Values,
}

/// Keeps the definition, so that the application can always be read with it.
pub async fn pin(tx: &mut Tx, definition: &Definition, body: &str) -> Result<(), JobError> {
    let pinned = PinnedDefinition {
        workflow: store::WorkflowKey::new(definition.key.as_str()),
        version: i64::from(definition.version),
        body: body.to_owned(),
        hash: store::Hash(Hash::of(body.as_bytes()).0),
    };
    Ok(tx.pin_definition(&pinned).await?)
}

/// Waiting mends nothing: what applications were pinned to under this version is no longer what is offered.
pub(crate) async fn pin_offered(tx: &mut Tx, offered: &Offered) -> Result<(), JobError> {
    match pin(tx, &offered.definition, &offered.body).await {
        Err(JobError::Store(StoreError::UniqueTaken { .. })) => Err(JobError::Stuck(offered.altered())),
        pinned => pinned,
    }
}

impl Case {
    /// Makes the application in the caller's transaction. [`store::StoreError::UniqueTaken`] for `source` when
    /// what it comes from made one already.
    pub async fn submit(
        tx: &mut Tx,
        service: &Service,
        definition: &Definition,
        new: NewApplication,
    ) -> Result<Self, JobError> {
        let now = service.now();
        let id = workflow::ApplicationId::new(m365::random_uuid().to_string());
        let submission = Box::new(Submission {
            application: id.clone(),
            number: number::first(tx, service, definition, &new.source).await?,
            applicant: new.applicant,
            drafter: new.drafter,
            link: new.link,
            viewers: Vec::new(),
            source: new.source,
            values: new.values,
        });
        let terms = crate::calendar::terms(service, definition);
        let events = workflow::decide(None, Command::Submit(submission), terms, now)
            .map_err(|refusal| JobError::Stuck(refusal.to_string()))?;
        let entry = Entry::of((&id, None), Head::START, &events, now, new.via)?;
        let case = Self {
            row: row(&entry.application, now)?,
            application: entry.application.clone(),
            definition: definition.clone(),
        };
        tx.insert_application(&case.row).await?;
        case.settle(tx, service, (None, &entry), &events).await?;
        Ok(case)
    }
}

/// The row of an application that has no item yet.
pub(crate) fn row(application: &Application, now: jiff::Timestamp) -> Result<ApplicationRow, JobError> {
    Ok(ApplicationRow {
        id: store::ApplicationId::new(application.id.as_str()),
        number: application.number.clone(),
        version: 1,
        workflow: store::WorkflowKey::new(application.workflow.as_str()),
        definition_version: i64::from(application.definition_version),
        code: application.code().as_str().to_owned(),
        state: state_json(application)?,
        applicant: store::PersonId::new(application.applicant.as_str()),
        inbox_item: application.source.inbox_item(),
        round: i64::from(application.round()),
        source: application.source.to_string(),
        sealed: None,
        judged_version: None,
        own_versions: Vec::new(),
        created_at: now,
        updated_at: now,
    })
}

impl Service {
    /// Now, as precise as the journal keeps it.
    pub fn now(&self) -> jiff::Timestamp {
        let now = self.clock.now();
        jiff::Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// Today where the applicants are. Japan has no summer time, so the offset is enough.
    pub fn today(&self) -> jiff::civil::Date {
        self.now().to_zoned(TimeZone::fixed(jiff::tz::offset(9))).date()
    }
}
