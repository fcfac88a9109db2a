//! Where commands are decided: the application, its definition and the time; and how steps open and follow.

use jiff::Timestamp;

use crate::application::{Application, Case, Event, NoticeKind, Opening, Refusal, RefusalCode, Terms};
use crate::calendar::Period;
use crate::definition::{Approval, Definition, Kind, Step, Then};
use crate::ids::StepKey;
use crate::route::{Route, RouteStep};
use crate::sealed::{Asked, Payload, Plan, SealedFile};

pub(super) type Decided = Result<Vec<Event>, Refusal>;

#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) application: &'a Application,
    pub(super) terms: Terms<'a>,
    pub(super) definition: &'a Definition,
    pub(super) now: Timestamp,
}

/// What is asked about.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) payload: &'a Payload,
    pub(super) plan: &'a Plan,
    pub(super) route: &'a Route,
}

impl<'a> From<&'a Case> for Subject<'a> {
    fn from(case: &'a Case) -> Self {
        Self {
            payload: &case.payload,
            plan: &case.plan,
            route: &case.route,
        }
    }
}

impl Desk<'_> {
    pub(super) fn step(&self, key: &StepKey) -> Result<&Step, Refusal> {
        self.definition
            .step(key)
            .ok_or_else(|| RefusalCode::RouteMismatch.into())
    }

    pub(super) fn approval(&self, key: &StepKey) -> Result<&Approval, Refusal> {
        self.definition
            .approval(key)
            .ok_or_else(|| RefusalCode::RouteMismatch.into())
    }

    pub(super) fn is_asked_approval(&self, step: &RouteStep) -> bool {
        step.is_asked() && self.definition.approval(&step.key).is_some()
    }

    /// When a period that begins now is over.
    pub(super) fn until(&self, period: Option<Period>) -> Result<Option<Timestamp>, Refusal> {
        let due = period.map(|period| self.terms.after(period, self.now));
        due.transpose().map_err(|_| RefusalCode::BeyondCalendar.into())
    }

    /// Opens a step.
    pub(super) fn opening(&self, subject: Subject, step: &StepKey) -> Result<Opening, Refusal> {
        let due = match &self.step(step)?.kind {
            Kind::Approval(approval) => approval.due,
            Kind::ManualWork(work) => work.due,
            _ => None,
        };
        let application = self.application;
        let asking = application.askings() + 1;
        let asked = Asked {
            application: &application.id,
            payload: subject.payload.hash,
            plan: subject.plan.hash,
            step,
            round: application.round(),
            files: SealedFile::digest(&application.files),
            asking,
        };
        Ok(Opening {
            step: step.clone(),
            asking,
            token: asked.token(),
            due: self.until(due)?,
        })
    }

    /// What leads from a place of the route to whatever is asked next: circulations go out, rules decide, and at the
    /// end everything is approved.
    pub(super) fn onward(&self, subject: Subject, from: usize) -> Decided {
        let mut events = Vec::new();
        let taken = subject.route.steps.iter().skip(from);
        for step in taken.filter(|step| step.skipped.is_none()) {
            match &self.step(&step.key)?.kind {
                Kind::Approval(_) => {
                    let opening = self.opening(subject, &step.key)?;
                    events.push(Event::StepPassed { opening });
                    return Ok(events);
                }
                Kind::Automatic(_) => {
                    let then = step.outcome.unwrap_or(Then::Pass);
                    events.push(Event::RuleApplied {
                        step: step.key.clone(),
                        then,
                    });
                    match then {
                        Then::Pass => {}
                        Then::Finish => break,
                        Then::Reject | Then::Return => return Ok(events),
                    }
                }
                Kind::Circulation(circulation) => {
                    events.extend(self.notice(step, NoticeKind::Circulation, circulation.due)?);
                }
                Kind::PostReview(_) | Kind::ManualWork(_) | Kind::Execution(_) => {}
            }
        }
        events.extend(self.approved(subject)?);
        Ok(events)
    }

    /// Everything is approved; those who look afterwards are told.
    pub(super) fn approved(&self, subject: Subject) -> Decided {
        let mut events = vec![Event::Approved {}];
        events.extend(self.scheduled(subject.payload));
        events.extend(self.expiring(subject.payload));
        for step in subject.route.steps.iter().filter(|step| step.is_asked()) {
            if let Kind::PostReview(review) = &self.step(&step.key)?.kind {
                events.extend(self.notice(step, NoticeKind::PostReview, review.due)?);
            }
        }
        Ok(events)
    }

    /// Nothing if it went out in this round.
    fn notice(
        &self,
        step: &RouteStep,
        kind: NoticeKind,
        due: Option<Period>,
    ) -> Result<Option<Event>, Refusal> {
        let round = self.application.round();
        let mut sent = self.application.notices.iter();
        let is_sent = sent.any(|notice| notice.step == step.key && notice.round == round);
        let due = self.until(due)?;
        Ok((!is_sent).then(|| Event::Circulated {
            step: step.key.clone(),
            kind,
            people: step.assignees.clone(),
            due,
        }))
    }
}

impl Application {
    /// How many times a step was opened so far.
    fn askings(&self) -> u32 {
        let current = self
            .review()
            .map(|review| &review.asking)
            .or_else(|| self.asking());
        let numbers = self.past.iter().chain(current).map(|asking| asking.number);
        numbers.max().unwrap_or(0)
    }
}

/// 差戻し, 却下 and acts of administrators must say why.
pub(super) fn reasoned(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(RefusalCode::ReasonMissing.into());
    }
    Ok(())
}
