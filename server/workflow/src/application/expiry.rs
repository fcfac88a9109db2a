//! 有効期限: what was given until a day ends there, unless it is renewed or undone before.

use std::collections::BTreeSet;

use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::application::desk::{Decided, Desk};
use crate::application::{
    Application, Code, Command, Event, Refusal, RefusalCode, State, Terms, due_actions,
};
use crate::ids::ApplicationId;
use crate::sealed::Payload;

/// Until when something stands that an application gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Expiry {
    pub at: Timestamp,
    /// Since when that is known.
    pub since: Timestamp,
    /// Reminders that were sent, by their days.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reminded: BTreeSet<u16>,
    /// It was reached, or what it would end was undone before: nothing follows from it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_over: bool,
}

impl Expiry {
    pub(super) fn new(at: Timestamp, since: Timestamp) -> Self {
        Self {
            at,
            since,
            reminded: BTreeSet::new(),
            is_over: false,
        }
    }
}

impl Application {
    /// The end of what it gave, as long as that stands.
    pub fn expiry_ahead(&self) -> Option<&Expiry> {
        let expiry = self.expiry.as_ref().filter(|expiry| !expiry.is_over);
        let is_ended_half_done = matches!(
            self.state,
            State::Cancelled {
                progress: Some(_),
                ..
            }
        );
        expiry.filter(|_| is_ended_half_done || matches!(self.code(), Code::CO | Code::PC))
    }
}

/// What its end asks for, and when: reminders first.
pub(super) fn timetable(application: &Application, terms: Terms) -> Vec<(Timestamp, Command)> {
    let (Some(expiry), Some(end)) = (
        application.expiry_ahead(),
        terms.definition.execution.end.as_ref(),
    ) else {
        return Vec::new();
    };
    let open = end.remind.iter().filter(|days| !expiry.reminded.contains(days));
    let reminders = open.filter_map(|days| {
        let last_day = expiry.at.to_zoned(terms.calendar.zone().clone()).start_of_day();
        let moment = last_day
            .and_then(|day| day.checked_sub(Span::new().days(*days)))
            .ok()?
            .timestamp();
        let days = BTreeSet::from([*days]);
        // Of a day that is nearer than that nobody needs to be reminded.
        (moment > expiry.since).then_some((moment, Command::RemindOfExpiry { days }))
    });
    let mut table: Vec<_> = reminders.collect();
    table.sort_by_key(|(moment, _)| *moment);
    table.push((expiry.at, Command::MeetExpiry));
    table
}

impl Desk<'_> {
    /// Whoever follows another application moves the end of that one, and has none of his own.
    pub(super) fn expiring(&self, payload: &Payload) -> Option<Event> {
        let end = self.definition.execution.end.as_ref()?;
        let at = end.moment(&payload.values, self.terms.calendar)?;
        self.application.link.is_none().then_some(Event::ExpirySet { at })
    }

    pub(super) fn expiry(&self, command: Command) -> Decided {
        let expiry = self.application.expiry_ahead();
        let expiry = expiry.ok_or_else(|| Refusal::not_now(self.application.code()))?;
        let due = due_actions(self.application, self.terms, self.now);
        match command {
            Command::RemindOfExpiry { days } => {
                let is_due = due.iter().any(
                    |command| matches!(command, Command::RemindOfExpiry { days: due } if days.is_subset(due)),
                );
                if days.is_empty() || !is_due {
                    return Err(RefusalCode::NotDue.into());
                }
                Ok(vec![Event::ExpiryReminded { days }])
            }
            Command::MeetExpiry if due.contains(&Command::MeetExpiry) => Ok(vec![Event::ExpiryReached {}]),
            Command::MoveExpiry { by, number, at } => self.move_expiry(expiry, by, number, at),
            _ => Err(RefusalCode::NotDue.into()),
        }
    }

    fn move_expiry(
        &self,
        expiry: &Expiry,
        by: ApplicationId,
        number: String,
        at: Option<Timestamp>,
    ) -> Decided {
        // What has come to its end is not lengthened, even if nobody has looked yet.
        if at.is_some_and(|at| at <= self.now || expiry.at <= self.now) {
            return Err(RefusalCode::TooLate.into());
        }
        Ok(vec![Event::ExpiryMoved { by, number, at }])
    }
}

/// The state of the end after an event; none: the event does not fit.
pub(super) fn change(application: &mut Application, event: &Event, now: Timestamp) -> Option<()> {
    match event {
        // Another form may name another day, or none.
        Event::Approved {} => {
            application.expiry = None;
            Some(())
        }
        Event::ExpirySet { at } => {
            application.expiry = Some(Expiry::new(*at, now));
            Some(())
        }
        Event::ExpiryReminded { days } => {
            let expiry = application.expiry.as_mut()?;
            expiry.reminded.extend(days);
            Some(())
        }
        Event::ExpiryReached {} => application.expiry.as_mut().map(|expiry| expiry.is_over = true),
        Event::ExpiryMoved { at, .. } => {
            let expiry = application.expiry.as_mut()?;
            match at {
                Some(at) => *expiry = Expiry::new(*at, now),
                None => expiry.is_over = true,
            }
            Some(())
        }
        _ => None,
    }
}
