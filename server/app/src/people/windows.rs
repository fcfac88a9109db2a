//! People of a farm. Its accounts carry no Entra object id, but a security identifier, which Entra has from the
//! synchronisation with Active Directory and which is given to nobody else ever: it proves who somebody is.

use m365::graph::Filter;
use m365::sharepoint::Person as SiteUser;
use serde_json::Value;
use uuid::Uuid;
use workflow::PersonId;

use crate::config::Farm;
use crate::jobs::JobError;
use crate::service::Service;

const IDENTIFIER: &str = "onPremisesSecurityIdentifier";
const ACCOUNT: &str = "onPremisesSamAccountName";

/// Whose account of the farm it is. `None`: it is no Windows account, or not synchronised to Entra.
pub(super) async fn person_of(service: &Service, user: &SiteUser) -> Result<Option<PersonId>, JobError> {
    let Some(identifier) = user.security_identifier() else {
        return Ok(None);
    };
    let bearer = Filter::text(IDENTIFIER, &identifier);
    let found = service.microsoft.graph().users(Some(&bearer)).await?;
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(PersonId::new(one.id.to_string()))),
        _ => Err(JobError::Stuck(format!(
            "several accounts of Entra bear the security identifier {identifier}: leave it to one of them"
        ))),
    }
}

/// The site user of a person's account in the farm's domain, made if need be. `None`: he has no account there.
pub(super) async fn ensure(
    service: &Service,
    farm: &Farm,
    id: &PersonId,
) -> Result<Option<SiteUser>, JobError> {
    let graph = service.microsoft.graph();
    let person = graph.user_properties(id.as_str(), &[ACCOUNT]).await?;
    let account = person.and_then(|person| person.get(ACCOUNT)?.as_str().map(str::to_owned));
    match account {
        Some(account) => {
            let user = service.site.ensure_windows_account(&farm.domain, &account);
            Ok(user.await?)
        }
        None => Ok(None),
    }
}

/// Whether Entra has somebody from Active Directory.
pub(crate) async fn is_synchronised(graph: &m365::graph::Graph, id: Uuid) -> Result<bool, m365::Error> {
    let person = graph.user_properties(&id.to_string(), &[IDENTIFIER]).await?;
    let identifier = person.and_then(|person| person.get(IDENTIFIER).cloned());
    Ok(identifier.is_some_and(|identifier| identifier != Value::Null))
}
