//! Commands on the way to the last approval.

use jiff::Timestamp;

use crate::application::decide::{opening, position};
use crate::application::{Application, Choice, Command, Event, InApproval, Refusal, RefusalCode, State};
use crate::application::{SendBackTo, Tally, Verdict, tally};
use crate::definition::{Definition, PullBackPolicy, SendBackPolicy};
use crate::ids::{PersonId, StepKey};
use crate::sealed::StepToken;

type Decided = Result<Vec<Event>, Refusal>;

/// What an approver says.
struct Vote {
    by: PersonId,
    token: StepToken,
    comment: Option<String>,
}

/// Accepting a submission, and withdrawing what is with the applicant.
pub(super) fn enter_or_end(
    application: &Application,
    command: Command,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    match (&application.state, command) {
        (State::Submitted { payload }, Command::Accept { plan, route }) => {
            let keys = definition.approvals.iter().map(|step| &step.key);
            if !keys.eq(route.steps.iter().map(|step| &step.key)) || !route.is_binding() {
                return Err(RefusalCode::RouteMismatch.into());
            }
            let first = definition.approvals.first().ok_or(RefusalCode::RouteMismatch)?;
            let opening = opening(application, (payload, &plan), first, now);
            Ok(vec![Event::Accepted { plan, route, opening }])
        }
        (_, Command::Withdraw { by, comment }) => withdraw(application, by, comment),
        _ => Err(Refusal::not_now(application.code())),
    }
}

pub(super) fn withdraw(application: &Application, by: PersonId, comment: Option<String>) -> Decided {
    if by != application.applicant {
        return Err(RefusalCode::NotApplicant.into());
    }
    Ok(vec![Event::Withdrawn { by, comment }])
}

pub(super) fn decide(
    application: &Application,
    review: &InApproval,
    command: Command,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    match command {
        Command::Decide {
            by,
            token,
            choice,
            comment,
        } => {
            let vote = Vote { by, token, comment };
            may_decide(review, &vote)?;
            choose(application, review, vote, choice, definition, now)
        }
        Command::PullBack { by } => pull_back(application, review, by, definition),
        Command::Withdraw { by, comment } => withdraw(application, by, comment),
        Command::Attach { by, files } => Ok(vec![Event::Attached { by, files }]),
        Command::Park { why } => Ok(vec![Event::Parked { why }]),
        _ => Err(Refusal::not_now(application.code())),
    }
}

fn may_decide(review: &InApproval, vote: &Vote) -> Result<(), Refusal> {
    if vote.token != review.token {
        return Err(RefusalCode::StaleStep.into());
    }
    if review.asking.item(&vote.by).is_none() {
        return Err(RefusalCode::NotAssignee.into());
    }
    if !review.asking.pending().any(|person| *person == vote.by) {
        return Err(RefusalCode::AlreadyDecided.into());
    }
    match &review.held_by {
        Some(holder) if *holder != vote.by => {
            Err(Refusal::new(RefusalCode::HeldByOther).with("by", holder.as_str()))
        }
        _ => Ok(()),
    }
}

fn choose(
    application: &Application,
    review: &InApproval,
    vote: Vote,
    choice: Choice,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    let Vote { by, comment, .. } = vote;
    match choice {
        Choice::Approve => count(
            application,
            review,
            (by, Verdict::Approve, comment),
            definition,
            now,
        ),
        Choice::Reject => {
            let comment = Some(said(comment)?);
            count(
                application,
                review,
                (by, Verdict::Reject, comment),
                definition,
                now,
            )
        }
        Choice::SendBack(SendBackTo::Applicant {}) => Ok(vec![Event::SentBack {
            by,
            comment: said(comment)?,
        }]),
        Choice::SendBack(SendBackTo::Step { step }) => {
            let comment = said(comment)?;
            send_back(application, review, (by, comment), &step, definition, now)
        }
        Choice::Hold => Ok(vec![Event::Held { by, comment }]),
        Choice::Confirm if review.held_by.is_some() => Ok(vec![Event::Released { by }]),
        Choice::Confirm => Ok(vec![Event::Confirmed { by, comment }]),
    }
}

/// 差戻し and 却下 must say why.
fn said(comment: Option<String>) -> Result<String, Refusal> {
    comment
        .filter(|comment| !comment.trim().is_empty())
        .ok_or_else(|| RefusalCode::CommentMissing.into())
}

fn count(
    application: &Application,
    review: &InApproval,
    (by, verdict, comment): (PersonId, Verdict, Option<String>),
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    let at = position(definition, &review.asking.step)?;
    let step = &definition.approvals[at];
    let mut asking = review.asking.clone();
    asking.record(&by, verdict, now);
    let mut events = vec![Event::Decided {
        by,
        verdict,
        token: review.token,
        comment,
    }];
    match tally(&asking, step.quorum, step.reject) {
        Tally::Open => {}
        Tally::Rejected => events.push(Event::Rejected {}),
        Tally::Passed => events.push(match definition.approvals.get(at + 1) {
            Some(next) => Event::StepPassed {
                opening: opening(application, (&review.case.payload, &review.case.plan), next, now),
            },
            None => Event::Approved {},
        }),
    }
    Ok(events)
}

fn send_back(
    application: &Application,
    review: &InApproval,
    (by, comment): (PersonId, String),
    target: &StepKey,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    let current = position(definition, &review.asking.step)?;
    let allowed = definition.approvals[current].send_back == SendBackPolicy::ApplicantOrEarlier;
    let earlier = definition.approvals[..current]
        .iter()
        .find(|step| step.key == *target);
    let (true, Some(step)) = (allowed, earlier) else {
        return Err(Refusal::new(RefusalCode::NoSuchTarget).with("step", target.as_str()));
    };
    let opening = opening(application, (&review.case.payload, &review.case.plan), step, now);
    Ok(vec![Event::SentBackToStep { by, comment, opening }])
}

fn pull_back(
    application: &Application,
    review: &InApproval,
    by: PersonId,
    definition: &Definition,
) -> Decided {
    if by != application.applicant {
        return Err(RefusalCode::NotApplicant.into());
    }
    let round = application.round();
    let over = |asking: &crate::application::Asking| asking.round == round && asking.has_decision();
    let decided = review.asking.has_decision() || application.past.iter().any(over);
    let last = definition
        .approvals
        .last()
        .is_some_and(|step| step.key == review.asking.step);
    let allowed = match definition.pull_back {
        PullBackPolicy::UntilFirstDecision => !decided,
        PullBackPolicy::UntilLastStep => !last,
        PullBackPolicy::Never => false,
    };
    if allowed {
        Ok(vec![Event::PulledBack { by }])
    } else {
        Err(RefusalCode::TooLate.into())
    }
}
