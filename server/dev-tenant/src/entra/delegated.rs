//! Access tokens of people, minted truthfully from directory and grants.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::bearer;
use super::client::Client;
use super::fault::Fault;
use super::id_token::{self, subject};
use super::mint::LIFE;
use super::scope::{Resource, Wish};
use crate::directory::User;
use crate::world::World;

/// A token for the wished resource, in the version which that resource's registration asks for.
pub(crate) fn mint(
    world: &World,
    user: &User,
    client: &Client,
    wish: &Wish,
    scopes: &BTreeSet<String>,
) -> Result<String, Fault> {
    let key = world.signing_key().ok_or_else(Fault::ours)?;
    let now = world.clock.now().as_second();
    let all: Vec<&str> = scopes.iter().chain(&wish.openid).map(String::as_str).collect();
    let mut claims = json!({
        "iat": now,
        "nbf": now,
        "exp": now + LIFE,
        "name": user.display_name,
        "oid": user.id,
        "scp": all.join(" "),
        "sub": subject(wish.resource.app_id(), user.id),
        "tid": world.names.id,
    });
    let own = if second(world, wish.resource) {
        version_2(world, user, client, wish)
    } else {
        version_1(world, user, client, wish)
    };
    for (name, value) in own {
        claims[name] = value;
    }
    key.sign(&claims).map_err(|_| Fault::ours())
}

/// Microsoft's own services take version 1.0.
fn second(world: &World, resource: Resource) -> bool {
    let Resource::App(id) = resource else {
        return false;
    };
    let tenant = world.tenant();
    tenant
        .directory
        .apps
        .get(&id)
        .is_some_and(|app| app.access_token_version == 2)
}

type Claims = Vec<(&'static str, Value)>;

fn version_1(world: &World, user: &User, client: &Client, wish: &Wish) -> Claims {
    vec![
        ("aud", json!(wish.named)),
        ("iss", json!(bearer::issuer(world))),
        ("appid", json!(client.id)),
        ("app_displayname", json!(client.name)),
        ("appidacr", json!(proof(client))),
        ("idtyp", json!("user")),
        ("unique_name", json!(user.user_principal_name)),
        ("upn", json!(user.user_principal_name)),
        ("ver", json!("1.0")),
    ]
}

fn version_2(world: &World, user: &User, client: &Client, wish: &Wish) -> Claims {
    vec![
        ("aud", json!(wish.resource.app_id())),
        ("iss", json!(id_token::issuer(world))),
        ("azp", json!(client.id)),
        ("azpacr", json!(proof(client))),
        ("preferred_username", json!(user.user_principal_name)),
        ("ver", json!("2.0")),
    ]
}

/// 0 for public clients, 2 for those with a certificate, 1 for a secret alone.
fn proof(client: &Client) -> &'static str {
    let Some(app) = &client.app else {
        return "0";
    };
    if app.certificates.iter().any(|held| !held.removed) {
        "2"
    } else if app.secrets.iter().any(|held| !held.removed) {
        "1"
    } else {
        "0"
    }
}
