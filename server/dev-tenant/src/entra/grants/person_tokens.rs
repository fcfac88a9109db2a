//! What a client gets for a person who signed in: access token, id token, refresh token.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::directory::AppId;
use crate::entra::authorize::client_info;
use crate::entra::authorize::sign_in::SignedIn;
use crate::entra::client::Client;
use crate::entra::delegated;
use crate::entra::fault::Fault;
use crate::entra::id_token::{self, About};
use crate::entra::mint::{Credential, LIFE};
use crate::entra::person;
use crate::entra::scope::{Wish, granted};
use crate::entra::ticket::{self, Kind};
use crate::world::World;

/// What a refresh token stands for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Refresh {
    pub(super) client: AppId,
    pub(super) session: SignedIn,
    pub(super) scope: String,
}

/// The occasion: a code or a refresh token that was believed.
pub(super) struct Earned<'a> {
    pub(super) client: &'a Client,
    pub(super) credential: Option<Credential>,
    pub(super) session: &'a SignedIn,
    pub(super) scope: &'a str,
    pub(super) nonce: Option<&'a str>,
}

pub(super) fn issue(world: &World, earned: &Earned<'_>) -> Result<Value, Fault> {
    let user = person::still(world, earned.session.person, earned.session.at)?;
    let wish = Wish::read(world, earned.scope)?;
    let scopes = granted(world, earned.client, &wish)?;
    let token = delegated::mint(world, &user, earned.client, &wish, &scopes, earned.credential)?;
    let mut body = json!({
        "token_type": "Bearer",
        "scope": wish.told(&scopes),
        "expires_in": LIFE,
        "ext_expires_in": LIFE,
        "access_token": token,
        "client_info": client_info(world, &user),
    });
    if wish.openid.contains("openid") {
        let about = About {
            client: earned.client.id,
            session: earned.session,
            scope: earned.scope,
            nonce: earned.nonce,
            c_hash: None,
        };
        body["id_token"] = json!(id_token::mint(world, &user, &about)?);
    }
    if wish.openid.contains("offline_access") {
        let refresh = Refresh {
            client: earned.client.id,
            session: earned.session.clone(),
            scope: earned.scope.to_owned(),
        };
        body["refresh_token"] = json!(ticket::seal(world, Kind::Refresh, &refresh)?);
    }
    Ok(body)
}
