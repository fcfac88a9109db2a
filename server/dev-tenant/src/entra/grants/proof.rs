//! How a client proves who it is.

use crate::call::Call;
use crate::directory::App;
use crate::entra::assertion;
use crate::entra::client::Client;
use crate::entra::fault::Fault;
use crate::entra::mint::Credential;
use crate::entra::parameters::Parameters;
use crate::entra::servers::Server;
use crate::world::World;

/// Clients that hold credentials must show one; the others must not.
pub(super) fn prove_if_confidential(
    world: &World,
    call: &Call,
    form: &Parameters,
    client: &Client,
) -> Result<Option<Credential>, Fault> {
    let app = client.app.as_ref().filter(|app| confidential(app));
    if let Some(app) = app {
        return prove(world, call, form, app).map(Some);
    }
    if form
        .get("client_assertion")
        .or(form.get("client_secret"))
        .is_none()
    {
        return Ok(None);
    }
    let text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
    Err(Fault::client(700_025, text))
}

fn confidential(app: &App) -> bool {
    app.certificates.iter().any(|held| !held.removed) || app.secrets.iter().any(|held| !held.removed)
}

pub(super) fn prove(world: &World, call: &Call, form: &Parameters, app: &App) -> Result<Credential, Fault> {
    if let Some(text) = form.get("client_assertion") {
        assertion::check(world, call, app, text)?;
        return Ok(Credential::Certificate);
    }
    let Some(secret) = form.get("client_secret") else {
        let text =
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
        return Err(Fault::client(7_000_218, text));
    };
    let (server, now) = (Server::of_tokens(world), world.clock.now());
    let mut held = server.secrets(app, now);
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
    if held.not_after <= now {
        let text = format!(
            "The provided client secret keys for app '{id}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds."
        );
        return Err(Fault::client(7_000_222, text));
    }
    Ok(Credential::Secret)
}
