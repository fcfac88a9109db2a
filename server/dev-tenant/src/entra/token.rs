//! The token endpoint: client credentials.

use std::collections::BTreeMap;

use serde_json::json;

use super::assertion;
use super::audience::Audience;
use super::fault::Fault;
use super::mint::{Credential, LIFE, app_token};
use crate::call::{Call, Reply};
use crate::directory::{App, AppId};
use crate::world::World;

pub(crate) type Form = BTreeMap<String, String>;

pub(crate) fn answer(world: &World, call: &Call) -> Result<Reply, Fault> {
    let form: Form = url::form_urlencoded::parse(&call.body).into_owned().collect();
    match field(&form, "grant_type")? {
        "client_credentials" => client_credentials(world, call, &form),
        other => Err(Fault::new(
            400,
            "unsupported_grant_type",
            70003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }
}

fn client_credentials(world: &World, call: &Call, form: &Form) -> Result<Reply, Fault> {
    let app = app(world, field(form, "client_id")?)?;
    let (audience, aud) = resource(world, field(form, "scope")?)?;
    let credential = prove(world, call, form, &app)?;
    let key = world.signing_key().ok_or_else(Fault::ours)?;
    let token = app_token(world, key, &app, audience, aud, credential).map_err(|_| Fault::ours())?;
    let body =
        json!({"token_type": "Bearer", "expires_in": LIFE, "ext_expires_in": LIFE, "access_token": token});
    Ok(Reply::json(200, &body)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache"))
}

fn field<'a>(form: &'a Form, name: &str) -> Result<&'a str, Fault> {
    form.get(name)
        .map(String::as_str)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Fault::missing(name))
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

fn prove(world: &World, call: &Call, form: &Form, app: &App) -> Result<Credential, Fault> {
    if let Some(text) = form.get("client_assertion") {
        assertion::check(world, call, app, text)?;
        return Ok(Credential::Certificate);
    }
    let Some(secret) = form.get("client_secret") else {
        let text =
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
        return Err(Fault::client(7_000_218, text));
    };
    let mut held = app.secrets.iter().filter(|held| !held.removed);
    let id = app.app_id.0;
    let held = held
        .find(|held| {
            held.value.len() == secret.len()
                && openssl::memcmp::eq(held.value.as_bytes(), secret.as_bytes())
        })
        .ok_or_else(|| {
            let text = format!("Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{id}'.");
            Fault::client(7_000_215, text)
        })?;
    if held.not_after <= world.clock.now() {
        let text = format!("The provided client secret keys for app '{id}' are expired.");
        return Err(Fault::client(7_000_222, text));
    }
    Ok(Credential::Secret)
}
