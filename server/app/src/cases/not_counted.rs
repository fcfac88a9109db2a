//! Telling a person that what he wrote did not count.

use serde::Serialize;
use workflow::PersonId;

use super::Case;
use crate::jobs::{MailWish, Task};
use crate::mail::{Facts, Kind};
use crate::reason_words;
use crate::service::Service;

impl Case {
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
        Task::Mail(Box::new(MailWish {
            key: format!("{}:{}:{place}:{to}", self.row.id, kind.word()),
            application: self.row.id.clone(),
            to: to.clone(),
            by: None,
            kind,
            facts: Facts {
                reason: reason_words::sentence(code, service.config.mail.language),
                retry: waits,
                ..Facts::default()
            },
        }))
    }
}
