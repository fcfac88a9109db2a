//! The link by which an administrator consents to what the registration asks for.

use anyhow::Context;
use m365::{AdminConsent, Cloud};
use url::Url;

use crate::config::Config;
use crate::http;
use crate::permissions::Api;

/// Comes back to our own page, which needs none: it only says what to do next.
const STATE: &str = "setup-app";

/// Consent is asked for one API at a time: an address can name no second one, and what it covers beside it is Entra's
/// to decide.
pub(crate) fn link(config: &Config, api: Api) -> anyhow::Result<Url> {
    let resource = api.resource(config).context("site.url")?;
    let redirect = http::redirect(config).context("server.public_url")?;
    let consent = AdminConsent {
        tenant_id: config.tenant.id,
        client_id: config.app.client_id,
        resource: &resource,
        redirect: &redirect,
        state: STATE,
    };
    Ok(consent.url(&Cloud::default())?)
}
