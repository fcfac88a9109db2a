//! Refresh tokens: the same session, perhaps for another resource.

use serde_json::Value;

use super::person_tokens::{Earned, Refresh, issue};
use super::proof::prove_if_confidential;
use crate::call::Call;
use crate::entra::client;
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::entra::ticket::{self, Distrust, Kind};
use crate::world::World;

pub(crate) fn redeem(world: &World, call: &Call, form: &Parameters) -> Result<Value, Fault> {
    let client = client::find(world, form.need("client_id")?)?;
    let credential = prove_if_confidential(world, call, form, &client)?;
    let refresh: Refresh = ticket::open(world, Kind::Refresh, form.need("refresh_token")?)
        .map_err(distrusted)?
        .body;
    if refresh.client != client.id {
        return Err(distrusted(Distrust::Forged));
    }
    let earned = Earned {
        client: &client,
        credential,
        session: &refresh.session,
        scope: form.get("scope").unwrap_or(&refresh.scope),
        nonce: None,
    };
    issue(world, &earned)
}

fn distrusted(why: Distrust) -> Fault {
    match why {
        Distrust::Forged => Fault::grant(
            70000,
            "The provided value for the 'refresh_token' parameter is not valid.",
        ),
        Distrust::Expired => Fault::grant(700_082, "The refresh token has expired due to inactivity."),
    }
}
