//! 手動作業: work that people do by hand before or after the execution.

use crate::application::desk::{Decided, Desk, Subject, reasoned};
use crate::application::{Case, Command, Elapsed, Event, Marks, Progress, Refusal, RefusalCode};
use crate::application::{Rules, Tally, Verdict, Working, due_actions, tally};
use crate::definition::{Kind, ManualWork, Proof, Stage};
use crate::ids::{PersonId, StepKey};
use crate::sealed::{SealedFile, StepToken};

pub(super) fn decide(desk: &Desk, working: &Working, command: Command) -> Decided {
    match command {
        Command::FinishWork {
            by,
            token,
            result,
            proof,
            marks,
        } => desk.finish_work(working, (by, token), (result, proof), &marks),
        Command::DeclineWork {
            by,
            token,
            reason,
            marks,
        } => desk.decline_work(working, (by, token), reason, &marks),
        Command::MissWorkers if !working.is_deserted => Ok(vec![Event::WorkersLeft {}]),
        Command::Resume if working.is_deserted => Ok(vec![Event::Resumed {}]),
        Command::Reassign { .. } => desk.reassign(&working.asking, command),
        Command::Attach { by, files } => Ok(vec![Event::Attached { by, files }]),
        Command::MeetDeadline { asking } => {
            let command = Command::MeetDeadline { asking };
            if !due_actions(desk.application, desk.terms, desk.now).contains(&command) {
                return Err(RefusalCode::NotDue.into());
            }
            let elapsed = Elapsed::Remind {};
            Ok(vec![Event::DeadlinePassed { elapsed }])
        }
        _ => Err(Refusal::not_now(desk.application.code())),
    }
}

impl Desk<'_> {
    fn finish_work(
        &self,
        working: &Working,
        (by, token): (PersonId, StepToken),
        (result, mut proof): (String, Vec<SealedFile>),
        marks: &Marks,
    ) -> Decided {
        if token != working.token {
            return Err(RefusalCode::StaleStep.into());
        }
        let seat = self.seat_at(&working.asking, by, marks)?;
        if result.trim().is_empty() {
            return Err(RefusalCode::ResultMissing.into());
        }
        proof.extend_from_slice(&working.proof);
        let work = self.work(&working.asking.step)?;
        if proof.is_empty() && work.proof == Proof::File {
            return Err(RefusalCode::ProofMissing.into());
        }
        let mut asking = working.asking.clone();
        asking.record((&seat.person, None), Verdict::Approve, self.now);
        let mut events = vec![Event::WorkDone {
            on_behalf_of: seat.on_behalf_of(),
            by: seat.by,
            result,
            proof,
            channel: Some(marks.channel),
        }];
        if tally(&asking, Rules::from(work)) == Tally::Passed {
            let mut progress = working.progress.clone();
            progress.worked.push(asking.step.clone());
            events.extend(match self.definition.stage(&asking.step) {
                Some(Stage::BeforeExecution) => self.start(&progress)?,
                Some(Stage::AfterExecution) => vec![self.end(&progress)?],
                None => return Err(RefusalCode::RouteMismatch.into()),
            });
        }
        Ok(events)
    }

    fn decline_work(
        &self,
        working: &Working,
        (by, token): (PersonId, StepToken),
        reason: String,
        marks: &Marks,
    ) -> Decided {
        if token != working.token {
            return Err(RefusalCode::StaleStep.into());
        }
        let seat = self.seat_at(&working.asking, by, marks)?;
        reasoned(&reason)?;
        Ok(vec![Event::WorkDeclined {
            on_behalf_of: seat.on_behalf_of(),
            by: seat.by,
            reason,
            channel: Some(marks.channel),
        }])
    }

    fn work(&self, step: &StepKey) -> Result<&ManualWork, Refusal> {
        match &self.step(step)?.kind {
            Kind::ManualWork(work) => Ok(work),
            _ => Err(RefusalCode::RouteMismatch.into()),
        }
    }

    /// What begins once everything is approved: work by hand that comes first, or the execution.
    pub(super) fn start(&self, progress: &Progress) -> Decided {
        if let Some(opened) = self.next_work(progress, Stage::BeforeExecution)? {
            return Ok(vec![opened]);
        }
        let mut events = vec![Event::ExecutionStarted {}];
        if progress.case.plan.steps.is_empty() {
            events.push(self.end(progress)?);
        }
        Ok(events)
    }

    /// What follows once every step of the plan is over: work by hand that comes after, or the end.
    pub(super) fn end(&self, progress: &Progress) -> Result<Event, Refusal> {
        let opened = self.next_work(progress, Stage::AfterExecution)?;
        Ok(opened.unwrap_or(Event::Completed {}))
    }

    pub(super) fn next_work(&self, progress: &Progress, stage: Stage) -> Result<Option<Event>, Refusal> {
        let case: &Case = &progress.case;
        let mut asked = case.route.steps.iter().filter(|step| step.is_asked());
        let next = asked.find(|step| {
            let is_open = !progress.worked.contains(&step.key);
            is_open && self.definition.stage(&step.key) == Some(stage)
        });
        let opening = next.map(|step| self.opening(Subject::from(case), &step.key));
        Ok(opening.transpose()?.map(|opening| Event::WorkOpened { opening }))
    }
}
