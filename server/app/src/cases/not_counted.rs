//! Telling a person that what he wrote did not count.

use serde::Serialize;
use store::Tx;
use workflow::journal::Place;
use workflow::{Command, PersonId};

use super::{Case, Outcome};
use crate::jobs::{JobError, MailWish, Task};
use crate::mail::{Facts, Kind};
use crate::reason_words;
use crate::service::Service;

impl Case {
    /// Keeps for good that what `by` wrote at `via` decides nothing, and tells him. `code` is one of `workflow`'s.
    pub(crate) async fn turn_down(
        &mut self,
        tx: &mut Tx,
        service: &Service,
        by: &PersonId,
        code: impl Serialize,
        via: Place,
    ) -> Result<(), JobError> {
        let command = turned_down(by, &code)?;
        if let Outcome::Refused(_) = self.decide_at(tx, service, command, Some(via)).await? {
            // Over: its journal is closed, and nothing could ever count.
            let wish = self.not_counted(service, by, &place(via), code);
            tx.enqueue(&wish.job(service.now())?).await?;
        }
        Ok(())
    }

    /// As [`Case::turn_down`], for what came by the API: whoever sent it learns the same from the API's answer, so
    /// an application that is over tells him nothing more.
    pub(crate) async fn turn_down_request(
        &mut self,
        tx: &mut Tx,
        service: &Service,
        by: &PersonId,
        code: impl Serialize,
    ) -> Result<(), JobError> {
        let command = turned_down(by, &code)?;
        self.decide(tx, service, command).await.map(drop)
    }

    /// `place` names what he wrote (a version, a row): he is told once for each. `code` is one of `workflow`'s.
    pub(crate) fn not_counted(
        &self,
        service: &Service,
        to: &PersonId,
        place: &str,
        code: impl Serialize,
    ) -> Task {
        let kind = Kind::NotCounted;
        let waits = matches!(&self.application.state, workflow::State::InApproval(review)
            if review.asking.pending().any(|person| person == to));
        let language = service.config.mail.language;
        let facts = |language| Facts {
            reason: reason_words::sentence(&code, language),
            retry: waits,
            ..Facts::default()
        };
        Task::Mail(Box::new(MailWish {
            key: format!("{}:{}:{place}:{to}", self.row.id, kind.word()),
            application: self.row.id.clone(),
            to: to.clone(),
            by: None,
            kind,
            facts: facts(language),
            translated: Some(facts(language.other())),
        }))
    }
}

fn turned_down(by: &PersonId, code: &impl Serialize) -> Result<Command, JobError> {
    let reason = serde_json::to_value(code).map_err(|error| JobError::unreadable("a reason", &error))?;
    Ok(Command::TurnDown {
        by: by.clone(),
        reason: reason.as_str().unwrap_or_default().to_owned(),
    })
}

/// Names what he wrote: he is told once for each.
fn place(via: Place) -> String {
    match via {
        Place::Item { version, .. } => format!("v{version}"),
        Place::Inbox { row, .. } => format!("act-{row}"),
        Place::System {} => "system".to_owned(),
    }
}
