//! Access tokens of people, minted truthfully from directory and grants.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::bearer;
use super::client::Client;
use super::fault::Fault;
use super::id_token::{self, subject};
use super::mint::{Credential, LIFE, directory_roles};
use super::scope::{Resource, Wish};
use crate::directory::User;
use crate::world::World;

/// The role that every member of the tenant has (Microsoft Entra built-in roles, "User").
const MEMBER: Uuid = Uuid::from_u128(0xb79f_bf4d_3ef9_4689_8143_76b1_94e8_5509);

/// A token for the wished resource, in the version which that resource's registration asks for.
pub(crate) fn mint(
    world: &World,
    user: &User,
    client: &Client,
    wish: &Wish,
    scopes: &BTreeSet<String>,
    credential: Option<Credential>,
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
    let proof = credential.map_or("0", Credential::class);
    let own = if second(world, wish.resource) {
        version_2(world, user, client, wish, proof)
    } else {
        version_1(world, user, client, wish, proof)
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

fn version_1(world: &World, user: &User, client: &Client, wish: &Wish, proof: &str) -> Claims {
    let mut wids = directory_roles(world, user.id);
    wids.insert(MEMBER);
    vec![
        ("aud", json!(wish.named)),
        ("iss", json!(bearer::issuer(world))),
        ("appid", json!(client.id)),
        ("app_displayname", json!(client.name)),
        ("appidacr", json!(proof)),
        ("idtyp", json!("user")),
        ("unique_name", json!(user.user_principal_name)),
        ("upn", json!(user.user_principal_name)),
        ("ver", json!("1.0")),
        ("wids", json!(wids)),
    ]
}

fn version_2(world: &World, user: &User, client: &Client, wish: &Wish, proof: &str) -> Claims {
    vec![
        ("aud", json!(wish.resource.app_id())),
        ("iss", json!(id_token::issuer(world))),
        ("azp", json!(client.id)),
        ("azpacr", json!(proof)),
        ("preferred_username", json!(user.user_principal_name)),
        ("ver", json!("2.0")),
    ]
}
