//! From the courses of many applications to one report.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::load::Stretch;
use crate::application::Code;
use crate::calendar::{Calendar, DeadlineError};
use crate::ids::{PersonId, StepKey, WorkflowKey};
use crate::report::{Course, Days, Load, Passage, Times, Volume};

/// Adds one application after the other.
pub struct Survey<'a> {
    calendar: &'a Calendar,
    days: Days,
    now: Timestamp,
    volumes: BTreeMap<Date, Volume>,
    workflows: BTreeMap<WorkflowKey, WorkflowTotal>,
    steps: BTreeMap<(WorkflowKey, StepKey), Load>,
    people: BTreeMap<PersonId, Load>,
    late: Vec<Late>,
    late_in_all: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub days: Days,
    pub at: Timestamp,
    pub volume: Volume,
    /// By the first day of each stretch; stretches without applications included.
    pub volumes: Vec<(Date, Volume)>,
    pub workflows: Vec<(WorkflowKey, WorkflowTotal)>,
    /// The one that things waited at longest comes first.
    pub steps: Vec<StepLoad>,
    /// The one for whom things waited longest comes first.
    pub people: Vec<PersonLoad>,
    /// What is late now, the longest overdue first; at most [`Survey::MOST_LATE`] of them.
    pub late: Vec<Late>,
    pub late_in_all: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkflowTotal {
    pub volume: Volume,
    /// How many stand in each state.
    pub codes: BTreeMap<Code, u32>,
    pub returns: u32,
    /// From submission to the end, of those that are closed.
    pub times: Times,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLoad {
    pub workflow: WorkflowKey,
    pub step: StepKey,
    pub load: Load,
    /// Of a thousand seconds that applications waited, so many were waited here.
    pub share: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLoad {
    pub person: PersonId,
    pub load: Load,
    pub share: u64,
}

/// A step that stands beyond its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub number: String,
    pub workflow: WorkflowKey,
    pub step: StepKey,
    pub people: Vec<PersonId>,
    pub due: Timestamp,
    /// Business seconds since then.
    pub overdue: u64,
}

impl<'a> Survey<'a> {
    pub const MOST_LATE: usize = 100;

    /// Of what was submitted on these days, seen at `now`.
    pub fn new(calendar: &'a Calendar, days: Days, now: Timestamp) -> Self {
        let stretches = days.stretches().into_iter();
        Self {
            calendar,
            days,
            now,
            volumes: stretches.map(|day| (day, Volume::default())).collect(),
            workflows: BTreeMap::new(),
            steps: BTreeMap::new(),
            people: BTreeMap::new(),
            late: Vec::new(),
            late_in_all: 0,
        }
    }

    /// Counts an application that was submitted on these days.
    ///
    /// # Errors
    /// It lies outside of the calendar.
    pub fn add(&mut self, course: &Course) -> Result<(), DeadlineError> {
        let day = course.submitted.to_zoned(self.calendar.zone().clone()).date();
        let stretch = self.days.stretch(day);
        self.volumes.entry(stretch).or_default().add(course.code);
        let total = self.workflows.entry(course.workflow.clone()).or_default();
        total.volume.add(course.code);
        *total.codes.entry(course.code).or_default() += 1;
        total.returns += course.returns;
        if let Some(closed) = course.closed {
            let whole = Stretch::of(self.calendar, course.submitted, closed)?;
            total.times.add(&whole);
        }
        for passage in &course.passages {
            self.passage(course, passage)?;
        }
        Ok(())
    }

    fn passage(&mut self, course: &Course, passage: &Passage) -> Result<(), DeadlineError> {
        let until = |ended: Option<Timestamp>| ended.unwrap_or(self.now);
        let is_late = passage.is_late(self.now);
        let whole = Stretch::of(self.calendar, passage.opened, until(passage.ended))?;
        for turn in &passage.turns {
            let waited = Stretch::of(self.calendar, turn.since, until(turn.until))?;
            // Whoever need not answer any more was waited for, but took no time of his own.
            let load = self.people.entry(turn.person.clone()).or_default();
            if turn.until.is_none() || turn.is_answered {
                let missed = passage
                    .due
                    .is_some_and(|due| due < turn.until.unwrap_or(self.now));
                load.add(&waited, turn.is_answered, missed);
            } else {
                load.waited += u64::from(waited.business);
            }
        }
        let key = (course.workflow.clone(), passage.step.clone());
        let load = self.steps.entry(key).or_default();
        load.add(&whole, passage.ended.is_some(), is_late);
        match passage.due {
            Some(due) if is_late && passage.ended.is_none() => self.overdue(course, passage, due),
            _ => Ok(()),
        }
    }

    fn overdue(&mut self, course: &Course, passage: &Passage, due: Timestamp) -> Result<(), DeadlineError> {
        let overdue = self.calendar.business_time_between(due, self.now)?;
        self.late_in_all += 1;
        self.late.push(Late {
            number: course.number.clone(),
            workflow: course.workflow.clone(),
            step: passage.step.clone(),
            people: passage.pending().cloned().collect(),
            due,
            overdue: overdue.as_secs(),
        });
        if self.late.len() > 2 * Self::MOST_LATE {
            self.keep_the_latest();
        }
        Ok(())
    }

    fn keep_the_latest(&mut self) {
        self.late
            .sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
        self.late.truncate(Self::MOST_LATE);
    }

    pub fn report(mut self) -> Report {
        self.keep_the_latest();
        let whole = |waited: u64| waited.max(1);
        let at_steps = whole(self.steps.values().map(|load| load.waited).sum());
        let for_people = whole(self.people.values().map(|load| load.waited).sum());
        let steps = self.steps.into_iter().map(|((workflow, step), load)| StepLoad {
            workflow,
            step,
            share: load.waited * 1000 / at_steps,
            load,
        });
        let people = self.people.into_iter().map(|(person, load)| PersonLoad {
            person,
            share: load.waited * 1000 / for_people,
            load,
        });
        let mut steps: Vec<_> = steps.collect();
        let mut people: Vec<_> = people.collect();
        // Stable: what waited equally long stays in order of name.
        steps.sort_by_key(|step| std::cmp::Reverse(step.load.waited));
        people.sort_by_key(|person| std::cmp::Reverse(person.load.waited));
        Report {
            days: self.days,
            at: self.now,
            volume: sum(self.workflows.values()),
            volumes: self.volumes.into_iter().collect(),
            workflows: self.workflows.into_iter().collect(),
            steps,
            people,
            late: self.late,
            late_in_all: self.late_in_all,
        }
    }
}

fn sum<'a>(totals: impl Iterator<Item = &'a WorkflowTotal>) -> Volume {
    totals.fold(Volume::default(), |sum, total| sum.and(total.volume))
}
