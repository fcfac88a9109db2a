//! Grants of our app on a site (`Sites.Selected` gives nothing without one).

use http::Method;
use serde::Deserialize;
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Error, Result, Service, Verdict, error::found};

/// A site as Graph names it: `{host},{site id},{web id}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GraphSite {
    pub id: String,
}

/// What a site grants to an app.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteGrant {
    pub id: String,
    /// `read`, `write`, `manage` or `fullcontrol`; the list of grants does not tell them, one grant does.
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default)]
    granted_to_identities_v2: Vec<Identity>,
    #[serde(default)]
    granted_to_identities: Vec<Identity>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Identity {
    application: Option<Application>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Application {
    id: Uuid,
}

impl SiteGrant {
    /// Whether it is for this app.
    pub fn is_for(&self, client_id: Uuid) -> bool {
        let mut identities = self
            .granted_to_identities_v2
            .iter()
            .chain(&self.granted_to_identities);
        identities.any(|identity| {
            identity
                .application
                .as_ref()
                .is_some_and(|app| app.id == client_id)
        })
    }
}

impl Graph {
    /// Graph's id of the site at this address.
    pub async fn site(&self, url: &str) -> Result<Option<GraphSite>> {
        let operation = operation::FIND_SITE;
        let url = Url::parse(url).map_err(|_| Error::unaddressable(Service::Graph, operation.name))?;
        let host = url
            .host_str()
            .ok_or_else(|| Error::unaddressable(Service::Graph, operation.name))?;
        let path = match url.path().trim_end_matches('/') {
            "" => format!("sites/{host}?$select=id"),
            path => format!("sites/{host}:{path}?$select=id"),
        };
        found(self.get(operation, &path).await)
    }

    /// The grants of a site.
    pub async fn site_grants(&self, site: &GraphSite) -> Result<Vec<SiteGrant>> {
        self.all(
            operation::READ_SITE_GRANTS,
            &format!("sites/{}/permissions", site.id),
        )
        .await
    }

    /// One grant with its roles.
    pub async fn site_grant(&self, site: &GraphSite, id: &str) -> Result<Option<SiteGrant>> {
        let path = format!("sites/{}/permissions/{}", site.id, crate::odata::escape(id));
        found(self.get(operation::READ_SITE_GRANT, &path).await)
    }

    /// Grants full control to an app; where that is refused on creation (seen in 2021), grants `write` and
    /// raises it. Find first: every call makes another grant.
    pub async fn grant_full_control(
        &self,
        site: &GraphSite,
        client_id: Uuid,
        name: &str,
    ) -> Result<SiteGrant> {
        match self.grant(site, client_id, name, "fullcontrol").await {
            Err(error) if error.verdict == Verdict::Invalid => {
                let grant = self.grant(site, client_id, name, "write").await?;
                self.raise_grant(site, &grant.id).await?;
                Ok(grant)
            }
            result => result,
        }
    }

    /// Makes a grant be full control. Idempotent.
    pub async fn raise_grant(&self, site: &GraphSite, id: &str) -> Result<()> {
        let path = format!("sites/{}/permissions/{}", site.id, crate::odata::escape(id));
        let body = json!({ "roles": ["fullcontrol"] });
        self.change(operation::RAISE_SITE_GRANT, Method::PATCH, &path, Some(body))
            .await
    }

    async fn grant(&self, site: &GraphSite, client_id: Uuid, name: &str, role: &str) -> Result<SiteGrant> {
        let app = json!({ "application": { "id": client_id, "displayName": name } });
        let body = json!({ "roles": [role], "grantedToIdentities": [app] });
        let path = format!("sites/{}/permissions", site.id);
        let call = self.call(operation::GRANT_SITE, Method::POST, &path)?.json(body);
        self.tenant.send(call).await?.json()
    }
}
