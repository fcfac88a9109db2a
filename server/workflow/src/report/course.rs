//! The course of one application, read off its journal: which step stood when, and whom it waited for.

use jiff::Timestamp;

use crate::application::{Application, Asking, Code, Event, ItemState, Misfit, State, apply};
use crate::ids::{PersonId, StepKey, WorkflowKey};
use crate::journal::Line;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub number: String,
    pub workflow: WorkflowKey,
    pub submitted: Timestamp,
    pub code: Code,
    /// When it was closed, if it is.
    pub closed: Option<Timestamp>,
    /// How often it came back to the applicant, be it by an approver, a rule or us.
    pub returns: u32,
    /// Every opening of a step, oldest first; at most the last one still stands.
    pub passages: Vec<Passage>,
}

/// One opening of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub step: StepKey,
    /// 1, 2, 3, … within the application.
    pub asking: u32,
    pub opened: Timestamp,
    /// The last deadline that it had.
    pub due: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    pub turns: Vec<Turn>,
}

/// One stretch of time in which a step waited for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub person: PersonId,
    pub since: Timestamp,
    pub until: Option<Timestamp>,
    /// Whether he answered, himself or by a deputy; else others decided, or it was handed over.
    pub is_answered: bool,
}

impl Course {
    /// None: the journal is empty.
    ///
    /// # Errors
    /// The journal tells what cannot have happened.
    pub fn of(lines: &[Line]) -> Result<Option<Self>, Misfit> {
        let Some(first) = lines.first() else {
            return Ok(None);
        };
        let mut walk = Walk::default();
        for line in lines {
            walk.go(&line.event, line.at)?;
        }
        Ok(walk.application.map(|application| Self {
            code: application.code(),
            number: application.number,
            workflow: application.workflow,
            submitted: first.at,
            closed: walk.closed,
            returns: walk.returns,
            passages: walk.passages,
        }))
    }
}

#[derive(Default)]
struct Walk {
    application: Option<Application>,
    closed: Option<Timestamp>,
    returns: u32,
    passages: Vec<Passage>,
}

impl Walk {
    fn go(&mut self, event: &Event, at: Timestamp) -> Result<(), Misfit> {
        let before = self.application.as_ref().map(Application::code);
        let application = apply(self.application.take(), event, at)?;
        let code = application.code();
        if code == Code::SB && before != Some(Code::SB) {
            self.returns += 1;
        }
        if code.is_closed() {
            self.closed.get_or_insert(at);
        }
        self.look(&application, at);
        self.application = Some(application);
        Ok(())
    }

    fn look(&mut self, application: &Application, at: Timestamp) {
        let standing = standing(application);
        if let Some(open) = self.passages.last_mut().filter(|last| last.ended.is_none())
            && standing.is_none_or(|(asking, _)| asking.number != open.asking)
        {
            let mut past = application.past.iter().rev();
            open.end(past.find(|asking| asking.number == open.asking), at);
        }
        let Some((asking, due)) = standing else { return };
        if self.passages.last().is_none_or(|last| last.ended.is_some()) {
            self.passages.push(Passage::open(asking, at));
        }
        if let Some(open) = self.passages.last_mut() {
            open.due = due;
            open.turn(asking, at);
        }
    }
}

/// What is asked, also while that is parked, and until when.
fn standing(application: &Application) -> Option<(&Asking, Option<Timestamp>)> {
    match &application.state {
        State::ManualWork(working) => Some((&working.asking, working.due)),
        _ => application.review().map(|review| (&review.asking, review.due)),
    }
}

impl Passage {
    fn open(asking: &Asking, at: Timestamp) -> Self {
        Self {
            step: asking.step.clone(),
            asking: asking.number,
            opened: at,
            due: None,
            ended: None,
            turns: Vec::new(),
        }
    }

    /// Turns of those who need not answer any more end; those who must now, begin.
    fn turn(&mut self, asking: &Asking, at: Timestamp) {
        let over = |turn: &&mut Turn| turn.until.is_none() && !asking.is_pending(&turn.person);
        for turn in self.turns.iter_mut().filter(over) {
            turn.end(Some(asking), at);
        }
        for person in asking.pending() {
            let is_his = |turn: &Turn| turn.until.is_none() && turn.person == *person;
            if !self.turns.iter().any(is_his) {
                self.turns.push(Turn {
                    person: person.clone(),
                    since: at,
                    until: None,
                    is_answered: false,
                });
            }
        }
    }

    fn end(&mut self, asking: Option<&Asking>, at: Timestamp) {
        self.ended = Some(at);
        for turn in self.turns.iter_mut().filter(|turn| turn.until.is_none()) {
            turn.end(asking, at);
        }
    }

    /// Whether it lasted, or lasts at `now`, beyond its deadline.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.due.is_some_and(|due| due < self.ended.unwrap_or(now))
    }

    /// Whom it waits for.
    pub fn pending(&self) -> impl Iterator<Item = &PersonId> {
        let open = self.turns.iter().filter(|turn| turn.until.is_none());
        open.map(|turn| &turn.person)
    }
}

impl Turn {
    fn end(&mut self, asking: Option<&Asking>, at: Timestamp) {
        let mut items = asking.into_iter().flat_map(|asking| &asking.items);
        self.until = Some(at);
        self.is_answered = items.any(|item| {
            let is_said = matches!(item.state, ItemState::Done { .. } | ItemState::Superseded { .. });
            item.person == self.person && is_said
        });
    }
}
