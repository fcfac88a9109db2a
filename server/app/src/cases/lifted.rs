//! What a 取消申請 has undone has no end any more.

use store::{ApplicationId, Tx};
use workflow::application::{Link, LinkKind};
use workflow::{Code, Command, Event};

use super::{Case, Outcome};
use crate::jobs::JobError;
use crate::service::Service;

impl Case {
    /// Once this one is carried out, in the same transaction.
    pub(super) async fn lift_end(
        &self,
        tx: &mut Tx,
        service: &Service,
        events: &[Event],
    ) -> Result<(), JobError> {
        let is_done = events.iter().any(|event| matches!(event, Event::Completed {}));
        let is_done = is_done && self.application.code() == Code::CO;
        // Where the end itself has come, that is known.
        let is_wanted = !self.application.source.is_end();
        let Some(Link { original, kind }) = self.application.link.as_ref().filter(|_| is_done && is_wanted)
        else {
            return Ok(());
        };
        if *kind != LinkKind::Reverse {
            return Ok(());
        }
        let Some(mut original) = Self::load(tx, &ApplicationId::new(original.as_str())).await? else {
            return Ok(());
        };
        let lifted = Command::MoveExpiry {
            by: self.application.id.clone(),
            number: self.application.number.clone(),
            at: None,
        };
        match original.carry_out(tx, service, lifted, None).await? {
            // It has none, or that came first.
            Outcome::Done(_) | Outcome::Refused(_) => Ok(()),
        }
    }
}
