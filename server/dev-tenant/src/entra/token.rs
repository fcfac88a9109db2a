//! The token endpoint: which grant is asked for. The query string of its address means nothing.

use super::basic;
use super::fault::Fault;
use super::grants::{client_credentials, code, refresh};
use super::parameters::Parameters;
use crate::call::{Call, Reply};
use crate::world::World;

pub(crate) fn answer(world: &World, call: &Call) -> Result<Reply, Fault> {
    let form = form(call);
    let body = match form.need("grant_type")? {
        "client_credentials" => client_credentials::redeem(world, call, &form),
        "authorization_code" => code::redeem(world, call, &form),
        "refresh_token" => refresh::redeem(world, call, &form),
        other => Err(Fault::new(
            400,
            "unsupported_grant_type",
            70003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }?;
    Ok(Reply::json(200, &body)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache"))
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
