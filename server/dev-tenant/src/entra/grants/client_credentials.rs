//! Tokens for an app alone.

use serde_json::{Value, json};

use super::proof::prove;
use crate::call::Call;
use crate::directory::{App, AppId};
use crate::entra::audience::Audience;
use crate::entra::door::shared;
use crate::entra::fault::Fault;
use crate::entra::mint::{LIFE, app_token};
use crate::entra::parameters::Parameters;
use crate::world::World;

pub(crate) fn redeem(world: &World, call: &Call, form: &Parameters) -> Result<Value, Fault> {
    let tenant = call.path.trim_matches('/').split('/').next();
    if tenant.is_some_and(shared) {
        let text = "No tenant-identifying information found in either the request or implied by any provided credentials.";
        return Err(Fault::new(400, "invalid_request", 50059, text));
    }
    let app = app(world, form.need("client_id")?)?;
    let (audience, aud) = resource(world, form.need("scope")?)?;
    let credential = prove(world, call, form, &app)?;
    let key = world.signing_key().ok_or_else(Fault::ours)?;
    let token = app_token(world, key, &app, audience, aud, credential).map_err(|_| Fault::ours())?;
    Ok(json!({"token_type": "Bearer", "expires_in": LIFE, "ext_expires_in": LIFE, "access_token": token}))
}

fn app(world: &World, client: &str) -> Result<App, Fault> {
    let id = client.parse().ok().map(AppId);
    let found = id.and_then(|id| world.tenant().directory.apps.get(&id).cloned());
    found.ok_or_else(|| Fault::unknown_client(world, client))
}

fn resource<'a>(world: &World, scope: &'a str) -> Result<(Audience, &'a str), Fault> {
    let aud = scope.strip_suffix("/.default").ok_or_else(|| {
        let text = format!("The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.");
        Fault::new(400, "invalid_scope", 1_002_012, text)
    })?;
    let known = Audience::ALL.into_iter();
    let mut known = known.filter(|audience| audience.accepts(&world.names, aud));
    known
        .next()
        .map(|audience| (audience, aud))
        .ok_or_else(|| Fault::unknown_resource(aud))
}
