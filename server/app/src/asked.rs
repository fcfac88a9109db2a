//! What a person asks of an application, as a command of the machine: people are looked up by their names, and who
//! administers is asked anew.

use m365::graph::User;
use uuid::Uuid;
use workflow::application::{Authority, Channel, Marks};
use workflow::judge::{Act, Administration};
use workflow::{Command, PersonId, Refusal, RefusalCode};

use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

pub(crate) struct Asked {
    /// Why it cannot even be decided, if it cannot.
    pub(crate) command: Result<Command, Refusal>,
    /// Looked up only for what administrators may ask.
    pub(crate) administers: bool,
}

impl Asked {
    pub(crate) async fn of(service: &Service, by: &PersonId, act: &Act) -> Result<Self, JobError> {
        let may_need_it = matches!(act, Act::Reassign { .. } | Act::Administer(_));
        let administers = may_need_it && people::administers(service, by).await?;
        let command = match act {
            Act::Administer(administration) if administers => Ok(administer(by.clone(), administration)),
            Act::Administer(_) => Err(RefusalCode::NotAdministrator.into()),
            Act::Reassign { from, to, reason } => {
                let authority = if administers {
                    Authority::Administrator
                } else {
                    Authority::Assignee
                };
                reassign(service, (by, authority), (from.as_deref(), to), reason).await?
            }
            act => own(by.clone(), act),
        };
        Ok(Self { command, administers })
    }
}

/// What somebody asks for himself.
fn own(by: PersonId, act: &Act) -> Result<Command, Refusal> {
    match act.clone() {
        Act::PullBack => Ok(Command::PullBack { by }),
        Act::TakeBack => Ok(Command::TakeBack { by }),
        Act::Withdraw { comment } => Ok(Command::Withdraw { by, comment }),
        Act::Decide {
            token,
            choice,
            comment,
        } => Ok(Command::Decide {
            by,
            token,
            choice,
            comment,
            marks: Marks::of(Channel::WebPart),
        }),
        Act::Reassign { .. } | Act::Administer(_) => Err(RefusalCode::NotAllowed.into()),
    }
}

fn administer(by: PersonId, administration: &Administration) -> Command {
    match administration.clone() {
        Administration::Release => Command::Release { by },
        Administration::Cancel { reason } => Command::Cancel { by, reason },
        Administration::Retry => Command::Retry { by },
        Administration::Skip { step, reason } => Command::Skip { by, step, reason },
        Administration::Accept { reason } => Command::AcceptAsIs { by, reason },
    }
}

async fn reassign(
    service: &Service,
    (by, authority): (&PersonId, Authority),
    (from, to): (Option<&str>, &str),
    reason: &str,
) -> Result<Result<Command, Refusal>, JobError> {
    let from = match from.map(|name| (name, Uuid::try_parse(name.trim()))) {
        None => Some(by.clone()),
        // Whoever has left is named by the id alone.
        Some((_, Ok(id))) => Some(PersonId::new(id.to_string())),
        Some((name, Err(_))) => named(service, name).await?.map(|user| id_of(&user)),
    };
    let to = named(service, to).await?;
    let to = to.filter(|user| user.account_enabled == Some(true));
    let (Some(from), Some(to)) = (from, to) else {
        return Ok(Err(RefusalCode::NobodyOfThatName.into()));
    };
    Ok(Ok(Command::Reassign {
        by: by.clone(),
        authority,
        from,
        to: id_of(&to),
        reason: reason.to_owned(),
    }))
}

/// By object id or user principal name.
pub(crate) async fn named(service: &Service, name: &str) -> Result<Option<User>, JobError> {
    let name = name.trim();
    if Uuid::try_parse(name).is_err() && !name.contains('@') {
        return Ok(None);
    }
    Ok(service.microsoft.graph().user(name).await?)
}

pub(crate) fn id_of(user: &User) -> PersonId {
    PersonId::new(user.id.to_string())
}
