//! What a person asks of an application, as a command of the machine: people are looked up by their names, who
//! administers is asked anew, and what a changed form or route leads to is worked out before it is decided.

mod again;
mod form;
mod named;
mod route;

use store::{Tx, transaction};
use workflow::application::{Authority, Channel, Marks};
use workflow::journal::Place;
use workflow::judge::{Act, Administration};
use workflow::{Command, PersonId, Refusal, RefusalCode};

use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::people;
use crate::prepare::{self, Needs};
use crate::service::Service;
pub(crate) use named::{active, anybody};

type Wanted = Result<Command, Refusal>;

/// Who asks, and through what.
pub(crate) struct Asker<'a> {
    pub(crate) by: &'a PersonId,
    pub(crate) channel: Channel,
}

pub(crate) struct Asked {
    /// Why it cannot even be decided, if it cannot.
    pub(crate) command: Wanted,
    /// Looked up only for what administrators may ask.
    pub(crate) administers: bool,
    /// What a changed form takes in the tenant.
    needs: Option<Needs>,
}

impl Asked {
    pub(crate) async fn of(
        service: &Service,
        number: &str,
        asker: &Asker<'_>,
        act: &Act,
    ) -> Result<Self, JobError> {
        let may_need_it = matches!(act, Act::Reassign { .. } | Act::Administer { .. });
        let administers = may_need_it && people::administers(service, asker.by).await?;
        let by = asker.by;
        let mut needs = None;
        let command = match act {
            Act::Administer { what } if administers => administer(service, number, by, what).await?,
            Act::Administer { .. } => Err(RefusalCode::NotAdministrator.into()),
            Act::Reassign { from, to, reason } => {
                let authority = if administers {
                    Authority::Administrator
                } else {
                    Authority::Assignee
                };
                named::reassign(service, (by, authority), (from.as_deref(), to), reason).await?
            }
            Act::Edit { .. } => match form::edit(service, number, asker, act).await? {
                Ok((command, taken)) => {
                    needs = Some(taken);
                    Ok(command)
                }
                Err(refusal) => Err(refusal),
            },
            Act::Resubmit { form } => again::resubmit(service, number, by, form).await?,
            act => own(asker, act).ok_or_else(|| RefusalCode::NotAllowed.into()),
        };
        Ok(Self {
            command,
            administers,
            needs,
        })
    }

    /// Decides it, in the caller's transaction, in which the case was loaded.
    pub(crate) async fn carry_out(
        &self,
        tx: &mut Tx,
        service: &Service,
        case: &mut Case,
        via: Option<Place>,
    ) -> Result<Outcome, JobError> {
        let command = match &self.command {
            Ok(command) => command.clone(),
            Err(refusal) => return Ok(Outcome::Refused(refusal.clone())),
        };
        if let Some(needs) = &self.needs {
            if let Err(refusal) = case.rehearse(service, &command) {
                return Ok(Outcome::Refused(refusal));
            }
            if !prepare::hold_instead(tx, case, needs).await? {
                return Ok(Outcome::Refused(RefusalCode::FormInvalid.into()));
            }
        }
        case.decide_at(tx, service, command, via).await
    }
}

/// What needs no look-up: neither of people, nor of what it leads to. That an administrator asks for what only he may
/// ask, the caller has made sure of.
pub(crate) fn own(asker: &Asker<'_>, act: &Act) -> Option<Command> {
    let (by, marks) = (asker.by.clone(), Marks::of(asker.channel));
    Some(match act.clone() {
        Act::PullBack => Command::PullBack { by },
        Act::TakeBack => Command::TakeBack { by },
        Act::Withdraw { comment } => Command::Withdraw { by, comment },
        Act::Decide {
            token,
            choice,
            comment,
        } => Command::Decide {
            by,
            token,
            choice,
            comment,
            marks,
        },
        Act::PullUp { token, comment } => Command::PullUp {
            by,
            token,
            comment,
            marks,
        },
        Act::Acknowledge { step, comment } => Command::Acknowledge {
            by,
            step,
            comment,
            marks,
        },
        Act::Object { step, comment } => Command::Object {
            by,
            step,
            comment,
            marks,
        },
        Act::FinishWork { token, result } => Command::FinishWork {
            by,
            token,
            result,
            proof: Vec::new(),
            marks,
        },
        Act::DeclineWork { token, reason } => Command::DeclineWork {
            by,
            token,
            reason,
            marks,
        },
        Act::Administer { what } => return deed(by, what),
        Act::Resubmit { .. } | Act::Reassign { .. } | Act::Edit { .. } => return None,
    })
}

/// The same of an administrator.
fn deed(by: PersonId, what: Administration) -> Option<Command> {
    Some(match what {
        Administration::Release => Command::Release { by },
        Administration::Cancel { reason } => Command::Cancel { by, reason },
        Administration::Retry => Command::Retry { by },
        Administration::Skip { step, reason } => Command::Skip { by, step, reason },
        Administration::Compensate { reason } => Command::Compensate { by, reason },
        Administration::Accept { reason } => Command::AcceptAsIs { by, reason },
        Administration::AllowDeletions { reason } => Command::AllowDeletions { by, reason },
        Administration::ChangeRoute { .. } | Administration::SettleObjection { .. } => return None,
    })
}

async fn administer(
    service: &Service,
    number: &str,
    by: &PersonId,
    what: &Administration,
) -> Result<Wanted, JobError> {
    let by = by.clone();
    match what.clone() {
        Administration::ChangeRoute { to, reason } => {
            route::change(service, number, (by, reason), to.as_ref()).await
        }
        Administration::SettleObjection { step, person, reason } => {
            let person = named::anybody(service, &person).await?;
            let command = person.map(|person| Command::SettleObjection {
                by,
                step,
                person,
                reason,
            });
            Ok(command.ok_or_else(|| RefusalCode::NobodyOfThatName.into()))
        }
        other => Ok(deed(by, other).ok_or_else(|| RefusalCode::NotAllowed.into())),
    }
}

/// The application that is spoken of, as it stands now; what is worked out from it is checked again when its turn comes.
async fn standing(service: &Service, number: &str) -> Result<Result<Case, Refusal>, JobError> {
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Case::by_number(tx, number).await);
    Ok(found?.ok_or_else(|| RefusalCode::NoSuchItem.into()))
}
