//! One history: whatever is tried in it, what holds of every application is looked at after each command.

use std::collections::BTreeSet;

use crate::action_names::action_name;
use crate::acts_of_service::{plan_for, taken_in};
use crate::any_try::{Moment, Try, form};
use crate::cells::is_listed;
use crate::fixture::{DAY, Story, submission};
use crate::invariants::{decisions_stand_once, nobody_else_decides, nobody_else_reads, somebody_is_to_act};
use crate::passage::Passage;
use crate::recount::Recount;
use jiff::Timestamp;
use workflow::application::Submission;
use workflow::{Command, Definition, Event, PersonId, StepToken, replay};

pub(crate) struct Run {
    pub(crate) story: Story,
    tokens: Vec<StepToken>,
    recount: Recount,
    /// The history as it was before the last command.
    kept: Vec<(Timestamp, Event)>,
    /// The history as it is read back.
    read: Vec<(Timestamp, Event)>,
    /// The names of the commands that were taken.
    pub(crate) taken: BTreeSet<String>,
    pub(crate) passages: BTreeSet<Passage>,
}

impl Run {
    /// `is_idle`: the plan asks for nothing.
    pub(crate) fn new(definition: Definition, is_idle: bool) -> Self {
        let taken_in = taken_in(&definition, plan_for(usize::from(!is_idle)));
        let mut run = Self {
            story: Story::under(definition),
            tokens: Vec::new(),
            recount: Recount::default(),
            kept: Vec::new(),
            read: Vec::new(),
            taken: BTreeSet::new(),
            passages: BTreeSet::new(),
        };
        let values = form(None);
        let submission = Submission {
            values,
            ..submission()
        };
        run.tell(Command::Submit(Box::new(submission)));
        run.tell(taken_in);
        run
    }

    pub(crate) fn carry_out(&mut self, one: Try) {
        self.tokens.extend(self.story.token());
        self.story.clock += if one.is_late { 4 * DAY } else { DAY / 4 };
        let moment = Moment {
            story: &self.story,
            tokens: &self.tokens,
        };
        for command in one.commands(&moment) {
            self.tell(command);
        }
    }

    fn tell(&mut self, command: Command) {
        let before = self.story.application.clone();
        let action = action_name(&command, before.as_ref(), &self.story.definition);
        let name = format!("{command:?}");
        let (stood, acts) = (self.story.token(), of_those_asked(&command));
        let told = self.story.tell(command);
        assert!(self.story.events.starts_with(&self.kept), "history only grows");
        if told.is_err() {
            // A refused command leaves no trace.
            assert_eq!(self.story.application, before);
            assert_eq!(self.story.events.len(), self.kept.len());
            return;
        }
        if let Some((by, token)) = acts {
            assert_eq!(Some(token), stood, "{by} looked at something else");
            assert!(self.recount.deciders().contains(&by), "{by} is not asked");
        }
        let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap();
        self.taken.insert(name.to_owned());
        let both = (before.as_ref(), self.story.application.as_ref());
        let passage = Passage::new(action, both, &self.story.definition);
        assert!(is_listed(&passage), "{passage:?} stands in no table");
        self.passages.insert(passage);
        self.look();
    }

    fn look(&mut self) {
        let new = &self.story.events[self.kept.len()..];
        let read = new.iter().map(|(at, event)| {
            let text = serde_json::to_string(event).unwrap();
            (*at, serde_json::from_str::<Event>(&text).unwrap())
        });
        self.read.extend(read);
        for (_, event) in new {
            self.recount.hear(event, &self.story.definition);
        }
        self.recount.is_settled(self.story.last(), &self.story.definition);
        self.kept.extend_from_slice(new);
        let replayed = replay(self.read.iter().map(|(at, event)| (*at, event))).unwrap();
        assert_eq!(replayed.as_ref(), self.story.application.as_ref());
        somebody_is_to_act(&self.story);
        nobody_else_reads(&self.story);
        nobody_else_decides(&self.story, &self.recount);
        decisions_stand_once(&self.story);
    }
}

/// Who acts as one of those who are asked, and what he looked at.
fn of_those_asked(command: &Command) -> Option<(PersonId, StepToken)> {
    match command {
        Command::Decide { by, token, .. }
        | Command::Edit { by, token, .. }
        | Command::FinishWork { by, token, .. }
        | Command::DeclineWork { by, token, .. } => Some((by.clone(), *token)),
        _ => None,
    }
}

/// What happened before something turned out wrong.
impl Drop for Run {
    #[expect(clippy::print_stderr, reason = "a test that failed says what led to it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            for (at, event) in &self.story.events {
                eprintln!("{at} {event:?}");
            }
        }
    }
}
