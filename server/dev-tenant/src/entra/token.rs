//! The token endpoint: which grant is asked for. The query string of its address means nothing.

use serde_json::{Value, json};

use super::basic;
use super::fault::Fault;
use super::grants::{client_credentials, code, refresh};
use super::mint::LIFE;
use super::parameters::Parameters;
use crate::call::{Call, Reply};
use crate::world::World;

pub(crate) fn answer(world: &World, call: &Call) -> Result<Reply, Fault> {
    let form = form(call);
    redeem(world, call, &form).map(|body| reply(&body))
}

/// Version 1.0 of the endpoint, for apps alone: a resource in place of a scope, and numbers as text.
pub(crate) fn answer_version_1(world: &World, call: &Call) -> Result<Reply, Fault> {
    let mut form = form(call);
    let resource = form.need("resource")?.to_owned();
    form.put("scope", format!("{resource}/.default"));
    let body = match form.need("grant_type")? {
        "client_credentials" => client_credentials::redeem(world, call, &form)?,
        other => return Err(unsupported(other)),
    };
    let now = world.clock.now().as_second();
    Ok(reply(&json!({
        "token_type": "Bearer",
        "expires_in": LIFE.to_string(),
        "ext_expires_in": LIFE.to_string(),
        "not_before": now.to_string(),
        "expires_on": (now + LIFE).to_string(),
        "resource": resource,
        "access_token": body["access_token"],
    })))
}

fn redeem(world: &World, call: &Call, form: &Parameters) -> Result<Value, Fault> {
    match form.need("grant_type")? {
        "client_credentials" => client_credentials::redeem(world, call, form),
        "authorization_code" => code::redeem(world, call, form),
        "refresh_token" => refresh::redeem(world, call, form),
        other => Err(unsupported(other)),
    }
}

fn unsupported(grant: &str) -> Fault {
    let text = format!("The app requested an unsupported grant type '{grant}'.");
    Fault::new(400, "unsupported_grant_type", 70003, text)
}

fn reply(body: &Value) -> Reply {
    Reply::json(200, body)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache")
}

/// The form, and the client's name and secret where they came by HTTP Basic.
pub(crate) fn form(call: &Call) -> Parameters {
    let mut form = Parameters::of_body(call);
    if let Some((id, secret)) = basic::read(call) {
        form.put("client_id", id);
        form.put("client_secret", secret);
    }
    form
}
