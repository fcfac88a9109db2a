//! People as they are named: object id or user principal name.

use m365::graph::User;
use uuid::Uuid;
use workflow::application::Authority;
use workflow::{Command, PersonId, RefusalCode};

use super::Wanted;
use crate::jobs::JobError;
use crate::service::Service;

pub(super) async fn reassign(
    service: &Service,
    (by, authority): (&PersonId, Authority),
    (from, to): (Option<&str>, &str),
    reason: &str,
) -> Result<Wanted, JobError> {
    let from = match from {
        None => Some(by.clone()),
        Some(name) => anybody(service, name).await?,
    };
    let (Some(from), Some(to)) = (from, active(service, to).await?) else {
        return Ok(Err(RefusalCode::NobodyOfThatName.into()));
    };
    Ok(Ok(Command::Reassign {
        by: by.clone(),
        authority,
        from,
        to,
        reason: reason.to_owned(),
    }))
}

/// Also somebody who has left: he is named by the id alone.
pub(crate) async fn anybody(service: &Service, name: &str) -> Result<Option<PersonId>, JobError> {
    match Uuid::try_parse(name.trim()) {
        Ok(id) => Ok(Some(PersonId::new(id.to_string()))),
        Err(_) => Ok(named(service, name).await?.map(|user| id_of(&user))),
    }
}

/// Somebody who can be asked.
pub(crate) async fn active(service: &Service, name: &str) -> Result<Option<PersonId>, JobError> {
    let user = named(service, name).await?;
    let user = user.filter(|user| user.account_enabled == Some(true));
    Ok(user.map(|user| id_of(&user)))
}

/// By object id or user principal name.
async fn named(service: &Service, name: &str) -> Result<Option<User>, JobError> {
    let name = name.trim();
    if Uuid::try_parse(name).is_err() && !name.contains('@') {
        return Ok(None);
    }
    Ok(service.microsoft.graph().user(name).await?)
}

fn id_of(user: &User) -> PersonId {
    PersonId::new(user.id.to_string())
}
