//! What Entra says of our registration, and whether we may change it.

use jiff::Timestamp;
use m365::graph::Application;
use m365::{Origin, Tenant, Verdict};

use super::decide::{Key, NamedSecret, Registered};
use super::lifetime::Rules;
use super::obstacle::{Obstacle, Stop};
use crate::jobs::JobError;

const GRAPH: &str = "https://graph.microsoft.com";
const OWN: &str = "Application.ReadWrite.OwnedBy";
const EVERY: &str = "Application.ReadWrite.All";

pub(super) async fn read(tenant: &Tenant) -> Result<Application, Stop> {
    let application = tenant.graph().application(tenant.client_id()).await?;
    application.ok_or(Obstacle::NoApplication.into())
}

/// The registration as the machine sees it.
pub(super) fn registered(application: &Application) -> Registered {
    let keys = application.key_credentials.iter().map(|key| Key {
        id: key.key_id,
        thumbprint: key.thumbprint(),
        name: key.display_name.clone(),
        ends: key.ends,
    });
    let secrets = application.password_credentials.iter().map(|secret| NamedSecret {
        id: secret.key_id,
        name: secret.display_name.clone(),
        ends: secret.ends,
    });
    Registered {
        keys: keys.collect(),
        secrets: secrets.collect(),
    }
}

/// What the tenant allows; `None`: we may not read it, and are told when something is refused.
pub(super) async fn rules(
    tenant: &Tenant,
    application: &Application,
    now: Timestamp,
) -> Result<Option<Rules>, Stop> {
    let graph = tenant.graph();
    let denied = |error: &m365::Error| matches!(error.verdict, Verdict::Denied { .. });
    let assigned = match graph.assigned_app_policies(application.id).await {
        Err(error) if denied(&error) => return Ok(None),
        assigned => assigned?,
    };
    let own = match graph.default_app_policy().await {
        Err(error) if denied(&error) => return Ok(None),
        own => own?,
    };
    Ok(Some(Rules::of(&assigned, &own, application.created, now)))
}

/// What we lack for changing the registration.
pub(super) async fn lacking(tenant: &Tenant, application: &Application) -> Result<Option<Obstacle>, Stop> {
    let graph = Origin::parse(GRAPH).map_err(|error| JobError::Stuck(error.to_string()))?;
    let facts = tenant.token_facts(&graph).await?;
    let has = |role: &str| facts.roles.iter().any(|granted| granted == role);
    if has(EVERY) {
        return Ok(None);
    }
    if !has(OWN) {
        return Ok(Some(Obstacle::PermissionMissing {
            permission: OWN.to_owned(),
        }));
    }
    let owners = tenant.graph().application_owners(application.id).await?;
    let owns = facts
        .object_id
        .is_none_or(|principal| owners.contains(&principal));
    Ok((!owns).then_some(Obstacle::NotOwner {
        application: application.id,
        principal: facts.object_id,
    }))
}
