//! Commands from the last approval to the end.

use crate::application::desk::{Decided, Desk, Subject, reasoned};
use crate::application::row::is_among;
use crate::application::{
    Case, Command, Event, Progress, Refusal, RefusalCode, State, Stopped, Verdict, deletions, row,
};
use crate::definition::Stage;
use crate::ids::{PlanStepId, StepKey};
use crate::sealed::Plan;

pub(super) fn decide(desk: &Desk, command: Command) -> Decided {
    let application = desk.application;
    match (&application.state, command) {
        (State::Approved { case, starts }, Command::StartExecution) => desk.start_in_time(case, *starts),
        (State::Approved { case, .. }, Command::PlanChanged { plan }) => desk.ask_again(case, plan),
        (State::Approved { case, .. }, Command::HoldDeletions { deletions }) => {
            deletions::hold(&Progress::start(case.clone()), deletions)
        }
        (State::Approved { .. }, Command::Withdraw { by, comment }) => desk.withdraw(by, comment),
        (State::Executing(progress), Command::PlanChanged { plan }) => {
            if progress.is_untouched() {
                desk.ask_again(&progress.case, plan)
            } else {
                Err(RefusalCode::AlreadyBegun.into())
            }
        }
        (State::Executing(progress), command) => desk.run(progress, command),
        (State::Compensating(progress), command) => desk.undo(progress, command),
        (State::NeedsAttention { stopped, .. }, command) => desk.attend(stopped, command),
        (State::Completed { .. }, Command::ShowPassword { to }) => Ok(vec![Event::PasswordShown { to }]),
        _ => Err(Refusal::not_now(application.code())),
    }
}

fn is_open(progress: &Progress, step: &PlanStepId) -> Result<(), Refusal> {
    is_among(&progress.open().collect::<Vec<_>>(), step)
}

/// It is undone, or all of it is already.
fn undoing(progress: &Progress, because: Event) -> Vec<Event> {
    let is_undone = !progress.has_left_traces();
    let ended = is_undone.then_some(Event::Completed {});
    [because].into_iter().chain(ended).collect()
}

/// A row that failed is open, and waits for somebody to retry or skip it.
fn is_waiting(progress: &Progress, step: &PlanStepId) -> Result<(), Refusal> {
    is_among(&progress.waiting(), step)
}

impl Desk<'_> {
    /// Back to the last approver, with what would be done now; where only rules decided, they look again.
    fn ask_again(&self, case: &Case, plan: Plan) -> Decided {
        let Some(last) = self.last_asked(case) else {
            return Ok(vec![Event::PreparedAnew {}]);
        };
        let subject = Subject {
            plan: &plan,
            ..Subject::from(case)
        };
        let opening = self.opening(subject, last)?;
        Ok(vec![Event::PlanChanged { plan, opening }])
    }

    /// The step whose approval ended the approval.
    fn last_asked<'b>(&self, case: &'b Case) -> Option<&'b StepKey> {
        let round = self.application.round();
        let approved = |verdict| matches!(verdict, Verdict::Approve | Verdict::Finish);
        let past = self
            .application
            .past
            .iter()
            .filter(|asking| asking.round == round);
        let decided = past.rev().find(|asking| asking.verdicts().any(approved));
        let decided = decided.and_then(|asking| case.route.step(&asking.step));
        let mut asked = case.route.steps.iter().rev();
        let step = decided.or_else(|| asked.find(|step| self.is_asked_approval(step)));
        step.map(|step| &step.key)
    }

    fn run(&self, progress: &Progress, command: Command) -> Decided {
        match command {
            Command::BeginStep { step, before } => {
                is_waiting(progress, &step)?;
                // The first look is the before-image: after that the step may have changed what stands there.
                if progress.begun.contains(&step) {
                    return Err(Refusal::not_now(self.application.code()));
                }
                Ok(vec![Event::StepBegun { step, before }])
            }
            Command::FinishStep { step, receipt } => {
                is_waiting(progress, &step)?;
                let last = progress.open().count() == 1;
                let mut events = vec![Event::StepDone { step, receipt }];
                if last {
                    events.push(self.end(progress)?);
                }
                Ok(events)
            }
            Command::HoldDeletions { deletions } => deletions::hold(progress, deletions),
            Command::BeginRows { rows } => self.begin_rows(progress, rows),
            Command::EndRows { rows } => self.end_rows(progress, rows),
            Command::Park { why } => Ok(vec![Event::Parked { why }]),
            _ => Err(Refusal::not_now(self.application.code())),
        }
    }

    fn undo(&self, progress: &Progress, command: Command) -> Decided {
        match command {
            Command::FinishCompensation { step, receipt } => {
                is_among(&progress.waiting_to_be_undone(), &step)?;
                let last = progress.to_compensate().count() == 1;
                let mut events = vec![Event::StepCompensated { step, receipt }];
                if last {
                    events.push(Event::Completed {});
                }
                Ok(events)
            }
            Command::EndRowCompensations { rows } => row::end_compensations(progress, rows),
            Command::Park { why } => Ok(vec![Event::Parked { why }]),
            _ => Err(Refusal::not_now(self.application.code())),
        }
    }

    fn attend(&self, stopped: &Stopped, command: Command) -> Decided {
        match (stopped, command) {
            (Stopped::Execution(progress), Command::Retry { by }) => {
                self.go_on(progress, Event::Retried { by })
            }
            (Stopped::Compensation(progress), Command::Retry { by }) => {
                Ok(undoing(progress, Event::Retried { by }))
            }
            (Stopped::Execution(progress), Command::Skip { by, step, reason }) => {
                reasoned(&reason)?;
                if !progress.is_declined(step.as_str()) {
                    is_open(progress, &step)?;
                }
                Ok(vec![Event::StepSkipped { by, step, reason }])
            }
            (Stopped::Execution(progress), Command::Compensate { by, reason }) => {
                reasoned(&reason)?;
                Ok(undoing(progress, Event::CompensationStarted { by, reason }))
            }
            (Stopped::Execution(_) | Stopped::Compensation(_), Command::AcceptAsIs { by, reason }) => {
                reasoned(&reason)?;
                Ok(vec![Event::AcceptedAsIs { by, reason }])
            }
            (Stopped::Deletions(progress), command) => self.attend_deletions(progress, command),
            (Stopped::Execution(progress), command) => self.end_late(progress, command),
            (Stopped::Compensation(progress), command) => self.undo_late(progress, command),
            (Stopped::Review(_), Command::Resume) => Ok(vec![Event::Resumed {}]),
            (Stopped::Review(review), Command::Retry { by }) => {
                let opening = self.opening(Subject::from(&review.case), &review.asking.step)?;
                Ok(vec![Event::AskedAgain { by, opening }])
            }
            (Stopped::Review(_), Command::Withdraw { by, comment }) => self.withdraw(by, comment),
            _ => Err(Refusal::not_now(self.application.code())),
        }
    }

    /// What was under way when somebody stopped it came to its end: that is kept, and nothing follows from it.
    fn end_late(&self, progress: &Progress, command: Command) -> Decided {
        let is_underway = |step: &PlanStepId| progress.begun.contains(step);
        match command {
            Command::FinishStep { step, receipt } if is_underway(&step) => {
                is_waiting(progress, &step)?;
                Ok(vec![Event::StepDone { step, receipt }])
            }
            Command::EndRows { rows } if rows.iter().all(|ended| is_underway(&ended.row)) => {
                let mut events = self.end_rows(progress, rows)?;
                events.truncate(1);
                Ok(events)
            }
            _ => Err(Refusal::not_now(self.application.code())),
        }
    }

    fn undo_late(&self, progress: &Progress, command: Command) -> Decided {
        match command {
            Command::FinishCompensation { .. } | Command::EndRowCompensations { .. } => {
                let mut events = self.undo(progress, command)?;
                events.truncate(1);
                Ok(events)
            }
            _ => Err(Refusal::not_now(self.application.code())),
        }
    }

    /// Work by hand that was declined is asked for again.
    pub(super) fn go_on(&self, progress: &Progress, because: Event) -> Decided {
        let mut events = vec![because];
        if let Some(opened) = self.next_work(progress, Stage::BeforeExecution)? {
            events.push(opened);
        } else if progress.open().next().is_none() {
            events.push(self.end(progress)?);
        }
        Ok(events)
    }
}
