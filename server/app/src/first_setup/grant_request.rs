//! The site's grant as an administrator sends it: with the permission to grant, which the service does without.

use serde_json::json;
use url::Url;

use super::NAME;
use super::site_grant::FULL_CONTROL;
use crate::config::Config;

const GRAPH: &str = "https://graph.microsoft.com/v1.0";
/// By which a site is granted: delegated to an administrator, or of the app itself.
pub(super) const PERMISSION: &str = "Sites.FullControl.All";

/// For Graph Explorer and the like.
pub(super) fn requests(config: &Config) -> Vec<String> {
    vec![
        format!("GET {}", address(&config.site.url)),
        format!("POST {GRAPH}/sites/{{id}}/permissions"),
        body(config),
    ]
}

/// The same for Microsoft Graph PowerShell.
pub(super) fn commands(config: &Config) -> Vec<String> {
    vec![
        format!(
            "Connect-MgGraph -TenantId {} -Scopes {PERMISSION}",
            config.tenant.id
        ),
        format!(
            "$site = Invoke-MgGraphRequest -Method GET -Uri '{}'",
            address(&config.site.url)
        ),
        format!(
            "Invoke-MgGraphRequest -Method POST -Uri \"{GRAPH}/sites/$($site.id)/permissions\" -Body '{}'",
            body(config)
        ),
    ]
}

fn address(site: &Url) -> String {
    let host = site.host_str().unwrap_or_default();
    match site.path().trim_end_matches('/') {
        "" => format!("{GRAPH}/sites/{host}"),
        path => format!("{GRAPH}/sites/{host}:{path}"),
    }
}

fn body(config: &Config) -> String {
    let app = json!({ "application": { "id": config.app.client_id, "displayName": NAME } });
    json!({ "roles": [FULL_CONTROL], "grantedToIdentities": [app] }).to_string()
}
