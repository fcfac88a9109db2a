//! Commands on the way to acceptance, and numbers.

use crate::application::desk::{Decided, Desk, Subject};
use crate::application::{
    Application, Code, Command, Event, Refusal, RefusalCode, State, Stopped, Submission, Submitted,
};
use crate::definition::{Definition, NumberAt, WithdrawPolicy};
use crate::ids::PersonId;
use crate::route::Route;
use crate::sealed::{Payload, Plan};

pub(super) fn submit(submission: Submission, definition: &Definition) -> Decided {
    if submission.source.round() != 1 {
        return Err(Refusal::new(RefusalCode::WrongRound).with("expected", 1));
    }
    let drafter = submission.drafter;
    Ok(vec![Event::Submitted(Box::new(Submitted {
        application: submission.application,
        number: submission.number,
        workflow: definition.key.clone(),
        definition_version: definition.version,
        drafter: drafter.filter(|drafter| *drafter != submission.applicant),
        applicant: submission.applicant,
        link: submission.link,
        viewers: submission.viewers,
        source: submission.source,
        payload: Payload::seal(submission.values),
    }))])
}

/// Whether a person may apply for undoing or changing what this application did.
pub fn may_follow(original: &Application, by: &PersonId) -> Result<(), Refusal> {
    if *by != original.applicant && original.drafter.as_ref() != Some(by) {
        return Err(RefusalCode::NotApplicant.into());
    }
    match &original.state {
        // Something of it stands in the tenant.
        State::Cancelled {
            progress: Some(_), ..
        } => Ok(()),
        state if matches!(state.code(), Code::CO | Code::PC) => Ok(()),
        state => Err(Refusal::not_now(state.code())),
    }
}

pub(super) fn submitted(desk: &Desk, payload: &Payload, command: Command) -> Decided {
    match command {
        Command::Return { issues } => Ok(vec![Event::Returned { issues }]),
        Command::Attach { by, files } => Ok(vec![Event::Attached { by, files }]),
        Command::Accept { plan, route } => desk.accept(payload, plan, route),
        _ => Err(Refusal::not_now(desk.application.code())),
    }
}

pub(super) fn with_applicant(desk: &Desk, command: Command) -> Decided {
    let application = desk.application;
    match command {
        Command::Withdraw { by, comment } => desk.withdraw(by, comment),
        Command::Resubmit { by, source, values } => {
            if by != application.applicant && application.drafter.as_ref() != Some(&by) {
                return Err(RefusalCode::NotApplicant.into());
            }
            let expected = application.round() + 1;
            if source != application.source.next() {
                return Err(Refusal::new(RefusalCode::WrongRound).with("expected", expected));
            }
            let payload = Payload::seal(values);
            Ok(vec![Event::Resubmitted { by, source, payload }])
        }
        _ => Err(Refusal::not_now(application.code())),
    }
}

impl Desk<'_> {
    /// The first asked step opens with the acceptance itself; what comes before it goes out after.
    fn accept(&self, payload: &Payload, plan: Plan, route: Route) -> Decided {
        // What was approved with the original needs no further approval.
        let is_end = self.application.source.is_end();
        let is_good = if is_end {
            route.steps.is_empty()
        } else {
            route.fits(self.definition)
        };
        if !is_good {
            return Err(RefusalCode::RouteMismatch.into());
        }
        let subject = Subject {
            payload,
            plan: &plan,
            route: &route,
        };
        let mut further = self.onward(subject, 0)?;
        let opens = |event: &Event| matches!(event, Event::StepPassed { .. });
        let opening = match further.iter().position(opens).map(|at| further.remove(at)) {
            Some(Event::StepPassed { opening }) => Some(opening),
            _ => None,
        };
        let mut events = vec![Event::Accepted { plan, route, opening }];
        events.append(&mut further);
        Ok(events)
    }

    pub(super) fn withdraw(&self, by: PersonId, comment: Option<String>) -> Decided {
        if by != self.application.applicant {
            return Err(RefusalCode::NotApplicant.into());
        }
        if self.application.source.is_end() {
            return Err(RefusalCode::NotAllowed.into());
        }
        let policy = self.definition.withdraw;
        let allowed = match &self.application.state {
            State::SentBack { .. } | State::PulledBack {} => true,
            State::Approved { .. }
            | State::NeedsAttention {
                stopped: Stopped::Deletions(_),
                ..
            } => policy == WithdrawPolicy::UntilExecution,
            _ => policy != WithdrawPolicy::Never,
        };
        if !allowed {
            return Err(RefusalCode::TooLate.into());
        }
        Ok(vec![Event::Withdrawn { by, comment }])
    }

    /// 採番 with the last approval, once.
    pub(super) fn number(&self, number: String) -> Decided {
        let is_approved = match &self.application.state {
            State::Approved { .. }
            | State::ManualWork(_)
            | State::Executing(_)
            | State::Compensating(_)
            | State::Completed { .. } => true,
            State::NeedsAttention { stopped, .. } => !matches!(stopped, Stopped::Review(_)),
            _ => false,
        };
        if !is_approved || self.application.provisional.is_some() {
            return Err(Refusal::not_now(self.application.code()));
        }
        if self.definition.numbering.at != NumberAt::Approval {
            return Err(RefusalCode::NotAllowed.into());
        }
        Ok(vec![Event::Numbered { number }])
    }
}
