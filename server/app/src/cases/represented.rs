//! The deputies of an application are those of the register.

use jiff::Timestamp;
use store::Tx;
use workflow::application::represent;

use super::{Case, Outcome};
use crate::deputies::{last_change, register_at};
use crate::jobs::JobError;
use crate::service::Service;

impl Case {
    /// Makes them so now, in the caller's transaction.
    pub(crate) async fn represent(&mut self, tx: &mut Tx, service: &Service) -> Result<(), JobError> {
        if self.application.is_closed() {
            return Ok(());
        }
        let now = service.now();
        let register = register_at(tx, now).await?;
        let command = represent(&self.application, &self.definition, &register, now);
        let Some(command) = command else {
            return Ok(());
        };
        match self.carry_out(tx, service, command, None).await? {
            Outcome::Done(_) => Ok(()),
            Outcome::Refused(refusal) => Err(JobError::Stuck(refusal.to_string())),
        }
    }

    /// The same before something is judged that was written at `written`, unless a period began or ended since: what
    /// was written before that is judged by the deputies of then.
    pub(crate) async fn represent_as_of(
        &mut self,
        tx: &mut Tx,
        service: &Service,
        written: Timestamp,
    ) -> Result<(), JobError> {
        let changed = last_change(tx, service.now()).await?;
        if changed.is_some_and(|changed| written < changed) {
            return Ok(());
        }
        self.represent(tx, service).await
    }
}
