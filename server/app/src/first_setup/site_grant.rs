//! Writes the site's grant where the app may: for as long as it holds the permission to grant, which it needs for
//! nothing else.

use m365::Tenant;
use m365::graph::{GraphSite, SiteGrant};
use thiserror::Error;

use super::NAME;
use crate::config::Config;
use crate::setup::Mode;

pub(super) const FULL_CONTROL: &str = "fullcontrol";

/// What became of the grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// Full control was granted before.
    Already,
    Granted,
    /// Less was granted before.
    Raised,
}

#[derive(Debug, Error)]
pub(crate) enum GrantError {
    #[error("site.url: there is no site {0}; correct the address, or make the site first")]
    NoSite(String),
    #[error(transparent)]
    Remote(#[from] m365::Error),
}

/// Reads before it writes: each grant would be one more. With a plan, what would become of it.
pub(crate) async fn write(microsoft: &Tenant, config: &Config, mode: Mode) -> Result<Written, GrantError> {
    let (graph, url) = (microsoft.graph(), config.site.url.as_str());
    let site = graph.site(url).await?;
    let site = site.ok_or_else(|| GrantError::NoSite(url.to_owned()))?;
    let own = own(microsoft, &site).await?;
    if own.iter().any(is_full) {
        return Ok(Written::Already);
    }
    let less = own.first();
    match (less, mode) {
        (_, Mode::Plan) => {}
        (Some(less), Mode::Apply) => graph.raise_grant(&site, &less.id).await?,
        (None, Mode::Apply) => {
            let client_id = config.app.client_id;
            graph.grant_full_control(&site, client_id, NAME).await?;
        }
    }
    Ok(less.map_or(Written::Granted, |_| Written::Raised))
}

/// Our grants with their roles, which the list of grants does not tell.
async fn own(microsoft: &Tenant, site: &GraphSite) -> m365::Result<Vec<SiteGrant>> {
    let (graph, client_id) = (microsoft.graph(), microsoft.client_id());
    let mut own = Vec::new();
    for grant in graph.site_grants(site).await? {
        if grant.is_for(client_id) {
            own.extend(graph.site_grant(site, &grant.id).await?);
        }
    }
    Ok(own)
}

fn is_full(grant: &SiteGrant) -> bool {
    grant.roles.iter().any(|role| role == FULL_CONTROL)
}
