//! Between people and the numbers that the site gives them.
//!
//! A number belongs for ever to whom we first met under it. SharePoint finds its users by login, and a login can
//! be given to somebody new: a number that names another person than before gives nobody anything.

use jiff::Timestamp;
use m365::sharepoint::{Person as SiteUser, PrincipalId, SHAREPOINT_APP};
use serde::{Deserialize, Serialize};
use store::{Tx, transaction};
use workflow::PersonId;
use workflow::judge::Editor;

use super::directory::{FRESH, document, person, put, reread};
use super::windows;
use crate::jobs::JobError;
use crate::service::Service;

/// How the site writes the login of a person; the user principal name follows.
const LOGIN: &str = "i:0#.f|membership|";

/// Whom we first met under a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Owner {
    person: PersonId,
    /// SharePoint's own id of the account (`1003…`), where it tells one; of a farm's, the security identifier.
    name_id: Option<String>,
}

/// The newest number of a person, and the login under which it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Numbered {
    number: PrincipalId,
    upn: String,
}

impl Owner {
    /// By the object id that SharePoint Online tells, or by what Entra says of an account of a farm.
    async fn of(service: &Service, user: &SiteUser) -> Result<Option<Self>, JobError> {
        let person = match (user.object_id(), &service.config.farm) {
            (Some(id), _) => Some(PersonId::new(id.to_string())),
            (None, Some(_)) => windows::person_of(service, user).await?,
            (None, None) => None,
        };
        Ok(person.map(|person| Self {
            person,
            name_id: user.name_id().map(str::to_owned),
        }))
    }

    /// Both ids must agree, as far as both sides tell them.
    fn is(&self, found: &Self) -> bool {
        let other = |(kept, found): (&String, &String)| kept != found;
        let differs = self
            .name_id
            .as_ref()
            .zip(found.name_id.as_ref())
            .is_some_and(other);
        self.person == found.person && !differs
    }
}

/// Whose number it is, as we first met it. `None`: nothing leads to an Entra object id; such a one decides nothing.
pub async fn person_of(service: &Service, number: PrincipalId) -> Result<Option<PersonId>, JobError> {
    match owner(service, number).await? {
        Some(owner) => Ok(Some(owner.person)),
        None => proved(service, number).await,
    }
}

/// The same, but only if the site and Entra say so now too. A number that the site has dropped nobody else can have.
pub(crate) async fn proved(service: &Service, number: PrincipalId) -> Result<Option<PersonId>, JobError> {
    let Some(user) = service.site.user(number).await? else {
        return Ok(owner(service, number).await?.map(|owner| owner.person));
    };
    match meet(service, &user).await? {
        Some(person) if !is_another_now(service, &user, &person).await? => Ok(Some(person)),
        _ => Ok(None),
    }
}

/// Whether the login of a number belongs to somebody else by now. SharePoint may not have noticed: it learns of a
/// new name late, and lets whoever has the old one in under the old number.
async fn is_another_now(service: &Service, user: &SiteUser, person: &PersonId) -> Result<bool, JobError> {
    let known = reread(service, person).await?;
    let Some(upn) = user.login_name.strip_prefix(LOGIN) else {
        return Ok(false);
    };
    if known.is_active() && known.upn.eq_ignore_ascii_case(upn) {
        return Ok(false);
    }
    let holder = service.microsoft.graph().user(upn).await?;
    Ok(holder.is_some_and(|holder| PersonId::new(holder.id.to_string()) != *person))
}

/// Who saved a version: `is_news` for one that was not judged yet.
pub async fn editor(
    service: &Service,
    number: Option<PrincipalId>,
    is_news: bool,
) -> Result<Editor, JobError> {
    let found = match number {
        Some(SHAREPOINT_APP) => return Ok(Editor::App),
        Some(number) if is_news => proved(service, number).await?,
        Some(number) => person_of(service, number).await?,
        None => None,
    };
    Ok(found.map_or(Editor::Unknown, Editor::Person))
}

/// The number under which a person can be given rights, made if need be. `None`: he has left, the site does not
/// know him, or the site user of his login is somebody else.
pub async fn principal_of(service: &Service, id: &PersonId) -> Result<Option<PrincipalId>, JobError> {
    let known = person(service, id).await?;
    if !known.is_active() {
        return Ok(None);
    }
    let fresh = |at| service.now().duration_since(at) < FRESH;
    match numbered(service, id).await? {
        Some((kept, at)) if kept.upn == known.upn && fresh(at) => return Ok(Some(kept.number)),
        _ => {}
    }
    let ensured = match &service.config.farm {
        Some(farm) => windows::ensure(service, farm, id).await?,
        None => service.site.ensure_user(&known.upn).await?,
    };
    let Some(user) = ensured else {
        return Ok(None);
    };
    if meet(service, &user).await?.as_ref() != Some(id) {
        tracing::warn!(person = %id, number = user.id.0, "the site user of this login is somebody else");
        return Ok(None);
    }
    let kept = Numbered {
        number: user.id,
        upn: known.upn,
    };
    let name = format!("principal/{id}");
    let done: Result<_, JobError> =
        transaction!(service.store.write(&service.tenant), tx => put(tx, service, &name, &kept).await);
    done.map(|()| Some(user.id))
}

/// The number under which a person is shown, also when he has left.
pub(crate) async fn shown_as(service: &Service, id: &PersonId) -> Result<Option<PrincipalId>, JobError> {
    match principal_of(service, id).await? {
        Some(number) => Ok(Some(number)),
        None => Ok(numbered(service, id).await?.map(|(kept, _)| kept.number)),
    }
}

/// Whose number a site user has: who was met first, or nobody if this is another.
async fn meet(service: &Service, user: &SiteUser) -> Result<Option<PersonId>, JobError> {
    let Some(found) = Owner::of(service, user).await? else {
        return Ok(None);
    };
    let owner = match owner(service, user.id).await? {
        Some(owner) => owner,
        None => own(service, user.id, &found).await?,
    };
    if !owner.is(&found) {
        tracing::error!(
            number = user.id.0,
            "a site user has become another person; remove it from the site"
        );
        return Ok(None);
    }
    Ok(Some(owner.person))
}

/// Keeps who was met, unless another run was faster.
async fn own(service: &Service, number: PrincipalId, found: &Owner) -> Result<Owner, JobError> {
    let name = format!("site/{}", number.0);
    transaction!(service.store.write(&service.tenant), tx => {
        if let Some(kept) = kept_owner(tx, &name).await? {
            return Ok(kept);
        }
        put(tx, service, &name, found).await?;
        Ok(found.clone())
    })
}

async fn kept_owner(tx: &mut Tx, name: &str) -> Result<Option<Owner>, JobError> {
    Ok(document(tx, name).await?.map(|(owner, _)| owner))
}

async fn owner(service: &Service, number: PrincipalId) -> Result<Option<Owner>, JobError> {
    let name = format!("site/{}", number.0);
    transaction!(service.store.read(&service.tenant), tx => kept_owner(tx, &name).await)
}

async fn numbered(service: &Service, id: &PersonId) -> Result<Option<(Numbered, Timestamp)>, JobError> {
    let name = format!("principal/{id}");
    transaction!(service.store.read(&service.tenant), tx => document(tx, &name).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(person: &str, name_id: Option<&str>) -> Owner {
        Owner {
            person: PersonId::new(person),
            name_id: name_id.map(str::to_owned),
        }
    }

    #[test]
    fn a_number_names_the_same_person_only_if_every_id_that_both_sides_tell_agrees() {
        let kept = owner("a", Some("1003a"));
        assert!(kept.is(&owner("A", Some("1003a"))));
        assert!(kept.is(&owner("a", None)));
        assert!(!kept.is(&owner("a", Some("1003b"))), "the object id lags behind");
        assert!(!kept.is(&owner("b", Some("1003a"))));
        assert!(!owner("a", None).is(&owner("b", None)));
    }
}
