//! Documents by which clients find the endpoints, their keys and the other names of the cloud.

use serde_json::{Value, json};
use url::Url;

use super::fault::Fault;
use super::parameters::Parameters;
use super::{bearer, id_token};
use crate::call::{Call, Reply};
use crate::world::World;

/// Names of the login host; clients keep one cache for all of them.
const ALIASES: [&str; 4] = [
    "login.microsoftonline.com",
    "login.windows.net",
    "login.microsoft.com",
    "sts.windows.net",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    One,
    Two,
}

/// `tenant` as the client wrote it: the shared authorities tell no issuer of their own.
pub(crate) fn configuration(world: &World, tenant: &str, version: Version) -> Reply {
    let shared = super::door::shared(tenant);
    let id = world.names.id.to_string();
    let base = format!(
        "https://login.microsoftonline.com/{}",
        if shared { tenant } else { id.as_str() }
    );
    let (issuer, oauth, keys) = match version {
        Version::One => (bearer::issuer(world), "oauth2", "discovery/keys"),
        Version::Two => (id_token::issuer(world), "oauth2/v2.0", "discovery/v2.0/keys"),
    };
    let issuer = if shared {
        issuer.replace(&id, "{tenantid}")
    } else {
        issuer
    };
    readable(&json!({
        "token_endpoint": format!("{base}/{oauth}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "authorization_endpoint": format!("{base}/{oauth}/authorize"),
        "end_session_endpoint": format!("{base}/{oauth}/logout"),
        "jwks_uri": format!("{base}/{keys}"),
        "issuer": issuer,
        "response_modes_supported": ["query", "fragment", "form_post"],
        "response_types_supported": ["code", "id_token", "code id_token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "cloud_instance_name": "microsoftonline.com",
        "tenant_region_scope": null,
    }))
}

pub(crate) fn keys(world: &World) -> Result<Reply, Fault> {
    let key = world.signing_key().ok_or_else(Fault::ours)?;
    let jwk = key.jwk().map_err(|_| Fault::ours())?;
    Ok(readable(&json!({"keys": [jwk]})))
}

/// Whether an authority is Microsoft's, and where its configuration lies.
pub(crate) fn instance(call: &Call) -> Result<Reply, Fault> {
    let parameters = Parameters::of(call);
    let authority = Url::parse(parameters.need("authorization_endpoint")?).ok();
    let known = authority.filter(|url| url.host_str().is_some_and(|host| ALIASES.contains(&host)));
    let tenant = known.as_ref().and_then(|url| url.path_segments()?.next());
    let Some(tenant) = tenant.filter(|tenant| !tenant.is_empty()) else {
        let text = "Unknown or invalid instance.";
        return Err(Fault::new(400, "invalid_instance", 50049, text));
    };
    let document =
        format!("https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration");
    Ok(readable(&json!({
        "tenant_discovery_endpoint": document,
        "api-version": "1.1",
        "metadata": [{
            "preferred_network": "login.microsoftonline.com",
            "preferred_cache": "login.windows.net",
            "aliases": ALIASES,
        }],
    })))
}

/// Public facts, for pages of any origin.
fn readable(body: &Value) -> Reply {
    Reply::json(200, body).with("Access-Control-Allow-Origin", "*")
}
