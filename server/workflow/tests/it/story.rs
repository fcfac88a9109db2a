//! An application on its way, under a definition and a calendar.

use std::sync::LazyLock;

use crate::fixture::{accept_in, at, decision, definition, submit};
use jiff::Timestamp;
use serde_json::json;
use workflow::application::{Terms, apply, due_actions};
use workflow::calendar::Calendar;
use workflow::{Application, Choice, Command, Definition, Event, Refusal, StepToken, decide};

/// A company that rests at week-ends and on national holidays.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let hours = json!({ "opens": "09:00", "closes": "17:30", "breaks": [] });
    let calendar = json!({
        "zone": "Asia/Tokyo", "nationalHolidaysOff": true, "weeklyDaysOff": ["saturday", "sunday"], "hours": hours,
    });
    Calendar::parse(&calendar.to_string()).unwrap()
});

pub(crate) fn calendar() -> &'static Calendar {
    &CALENDAR
}

/// An application and everything that ever happened to it.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) definition: Definition,
    pub(crate) application: Option<Application>,
    pub(crate) events: Vec<(Timestamp, Event)>,
    /// Seconds since the beginning.
    pub(crate) clock: i64,
}

impl Default for Story {
    fn default() -> Self {
        Self::under(definition())
    }
}

impl Story {
    pub(crate) fn under(definition: Definition) -> Self {
        Self {
            definition,
            application: None,
            events: Vec::new(),
            clock: 0,
        }
    }

    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms {
            definition: &self.definition,
            calendar: &CALENDAR,
        }
    }

    /// Submitted and accepted under this definition.
    pub(crate) fn accepted(definition: Definition) -> Self {
        let accept = accept_in(&definition);
        let mut story = Self::under(definition);
        story.tell(submit()).unwrap();
        story.tell(accept).unwrap();
        story
    }

    pub(crate) fn tell(&mut self, command: Command) -> Result<(), Refusal> {
        self.clock += 60;
        let now = at(self.clock);
        let events = decide(self.application.as_ref(), command, self.terms(), now)?;
        for event in events {
            self.application = Some(apply(self.application.take(), &event, now).unwrap());
            self.events.push((now, event));
        }
        Ok(())
    }

    pub(crate) fn of(commands: impl IntoIterator<Item = Command>) -> Self {
        let mut story = Self::default();
        for command in commands {
            story.tell(command).unwrap();
        }
        story
    }

    pub(crate) fn now(&self) -> &Application {
        self.application.as_ref().unwrap()
    }

    pub(crate) fn code(&self) -> &'static str {
        self.now().code().as_str()
    }

    pub(crate) fn token(&self) -> Option<StepToken> {
        match &self.application.as_ref()?.state {
            workflow::State::InApproval(review) => Some(review.token),
            workflow::State::ManualWork(working) => Some(working.token),
            _ => None,
        }
    }

    /// The step that stands, and whose answer is open.
    pub(crate) fn asked(&self) -> (String, Vec<String>) {
        let asking = self.now().asking().unwrap();
        let pending = asking.pending().map(ToString::to_string).collect();
        (asking.step.to_string(), pending)
    }

    /// A vote at the step that stands now.
    pub(crate) fn vote(&mut self, by: &str, choice: Choice) -> Result<(), Refusal> {
        let token = self.token().unwrap();
        self.tell(decision(by, token, choice))
    }

    pub(crate) fn approve(&mut self, by: &str) {
        self.vote(by, Choice::Approve).unwrap();
    }

    /// Carries out whatever time asks for by now.
    pub(crate) fn let_pass(&mut self, seconds: i64) {
        self.clock += seconds;
        let due = due_actions(self.now(), self.terms(), at(self.clock));
        for command in due {
            self.tell(command).unwrap();
        }
    }

    /// The last event of all.
    pub(crate) fn last(&self) -> &Event {
        &self.events.last().unwrap().1
    }
}
