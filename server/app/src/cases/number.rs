//! 採番: the number of an application, with its submission or with its last approval.

use serde_json::json;
use store::{Document, Shelf, Tx};
use workflow::application::Source;
use workflow::definition::NumberAt;
use workflow::{Command, Definition, Event};

use super::{Case, Outcome};
use crate::jobs::JobError;
use crate::service::Service;

/// With the submission. What no row of the inbox gives a provisional one has its final number at once.
pub(super) async fn first(
    tx: &mut Tx,
    service: &Service,
    definition: &Definition,
    source: &Source,
) -> Result<String, JobError> {
    match (definition.numbering.at, source) {
        (NumberAt::Approval, Source::Row { inbox_item, .. }) => {
            Ok(definition.numbering.provisional(service.today(), *inbox_item))
        }
        (NumberAt::Submission, _) | (_, Source::End { .. } | Source::Search { .. }) => {
            next(tx, service, definition).await
        }
    }
}

/// The next number of the workflow in this year, as Japan counts years.
async fn next(tx: &mut Tx, service: &Service, definition: &Definition) -> Result<String, JobError> {
    let today = service.today();
    let key = store::WorkflowKey::new(definition.key.as_str());
    let running = tx.next_number(&key, today.year()).await?;
    let running = u64::try_from(running).map_err(|error| JobError::unreadable("a counter", &error))?;
    Ok(definition.numbering.number(today, running))
}

impl Case {
    /// With the last approval, once. Whoever names the former number still means this application.
    pub(super) async fn number_finally(
        &mut self,
        tx: &mut Tx,
        service: &Service,
        events: &[Event],
    ) -> Result<(), JobError> {
        let is_approved = events.iter().any(|event| matches!(event, Event::Approved {}));
        let is_due = is_approved && self.definition.numbering.at == NumberAt::Approval;
        let is_numbered = self.application.source.inbox_item().is_none();
        if !is_due || is_numbered || self.application.provisional.is_some() {
            return Ok(());
        }
        let number = next(tx, service, &self.definition).await?;
        match self
            .carry_out(tx, service, Command::Number { number }, None)
            .await?
        {
            Outcome::Done(_) => self.keep_former_number(tx, service).await,
            Outcome::Refused(refusal) => Err(JobError::Stuck(refusal.to_string())),
        }
    }

    pub(crate) async fn keep_former_number(&self, tx: &mut Tx, service: &Service) -> Result<(), JobError> {
        let Some(former) = &self.application.provisional else {
            return Ok(());
        };
        let document = Document {
            name: former.clone(),
            body: json!({ "application": self.row.id.as_str() }),
            at: service.now(),
        };
        Ok(tx.put(Shelf::FormerNumber, &document).await?)
    }

    /// The application that had this number before its final one.
    pub(super) async fn by_former_number(tx: &mut Tx, number: &str) -> Result<Option<Self>, JobError> {
        let Some(document) = tx.get(Shelf::FormerNumber, number).await? else {
            return Ok(None);
        };
        let id = document.body["application"].as_str().unwrap_or_default();
        Self::load(tx, &store::ApplicationId::new(id)).await
    }
}
