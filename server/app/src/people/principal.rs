//! Between people and the numbers that the site gives them.

use m365::sharepoint::{PrincipalId, SHAREPOINT_APP};
use workflow::PersonId;
use workflow::judge::Editor;

use super::directory::{copy, keep, person};
use crate::jobs::JobError;
use crate::service::Service;

/// Who a site user is. `None` for whom the site knows no Entra object id: such a one decides nothing.
pub async fn person_of(service: &Service, principal: PrincipalId) -> Result<Option<PersonId>, JobError> {
    let name = format!("site/{}", principal.0);
    if let Some(known) = copy(service, &name).await? {
        return Ok(Some(known));
    }
    let user = service.site.user(principal).await?;
    let Some(id) = user.and_then(|user| user.object_id()) else {
        return Ok(None);
    };
    let id = PersonId::new(id.to_string());
    keep(service, &name, &id).await?;
    Ok(Some(id))
}

/// Who saved a version.
pub async fn editor(service: &Service, principal: Option<PrincipalId>) -> Result<Editor, JobError> {
    match principal {
        Some(SHAREPOINT_APP) => Ok(Editor::App),
        Some(principal) => Ok(person_of(service, principal)
            .await?
            .map_or(Editor::Unknown, Editor::Person)),
        None => Ok(Editor::Unknown),
    }
}

/// The site's number for a person, made if need be. `None`: Entra or the site knows no such person, or the
/// site user of this name is somebody else, who had the name before.
pub async fn principal_of(service: &Service, id: &PersonId) -> Result<Option<PrincipalId>, JobError> {
    let name = format!("principal/{id}");
    if let Some(known) = copy(service, &name).await? {
        return Ok(Some(known));
    }
    let Some(known) = person(service, id).await? else {
        return Ok(None);
    };
    let user = service.site.ensure_user(&known.upn).await?;
    let is_same = |found: &uuid::Uuid| PersonId::new(found.to_string()) == *id;
    let Some(user) = user.filter(|user| user.object_id().as_ref().is_some_and(is_same)) else {
        return Ok(None);
    };
    keep(service, &name, &user.id).await?;
    Ok(Some(user.id))
}
