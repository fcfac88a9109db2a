//! 実行予定: what was approved before its day waits for it.

use jiff::Timestamp;

use crate::application::desk::{Decided, Desk};
use crate::application::{Case, Event, Progress, RefusalCode};
use crate::sealed::Payload;

impl Desk<'_> {
    /// Only a moment that lies ahead; what is due already is carried out at once.
    pub(super) fn scheduled(&self, payload: &Payload) -> Option<Event> {
        let start = self.definition.execution.start.as_ref()?;
        let at = start.moment(&payload.values, self.terms.calendar)?;
        (at > self.now).then_some(Event::Scheduled { at })
    }

    pub(super) fn start_in_time(&self, case: &Case, starts: Option<Timestamp>) -> Decided {
        if starts.is_some_and(|starts| self.now < starts) {
            return Err(RefusalCode::NotDue.into());
        }
        self.start(&Progress::start(case.clone()))
    }
}
