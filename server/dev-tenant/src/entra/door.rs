//! The door of the service: which endpoint a path names.

use http::Method;
use serde_json::json;

use super::authorize::{self, logout};
use super::fault::{Fault, refusal};
use super::token;
use crate::call::{Call, Reply};
use crate::world::World;

pub fn answer(world: &World, call: &Call) -> Reply {
    let path = call.path.trim_matches('/');
    let Some((tenant, endpoint)) = path.split_once('/') else {
        return Reply::not_modelled(&call.path);
    };
    let outcome = match (&call.method, endpoint) {
        (&Method::POST, "oauth2/v2.0/token") => {
            known(world, tenant).and_then(|()| token::answer(world, call))
        }
        (&Method::GET, "v2.0/.well-known/openid-configuration") => {
            known(world, tenant).map(|()| configuration(world))
        }
        (&Method::GET, "discovery/v2.0/keys") => known(world, tenant).and_then(|()| keys(world)),
        (&Method::GET | &Method::POST, "oauth2/v2.0/authorize") => {
            return page(world, call, tenant, authorize::answer);
        }
        (&Method::POST, "login") => return page(world, call, tenant, authorize::continue_sign_in),
        (&Method::GET | &Method::POST, "oauth2/v2.0/logout" | "oauth2/logout") => {
            return page(world, call, tenant, logout::answer);
        }
        _ => return Reply::not_modelled(&call.path),
    };
    outcome.unwrap_or_else(|fault| refusal(world, call, &fault))
}

/// Pages for people; whoever has no tenant in his address is still of this one.
fn page(world: &World, call: &Call, tenant: &str, answer: fn(&World, &Call) -> Reply) -> Reply {
    let shared = ["common", "organizations"].contains(&tenant.to_ascii_lowercase().as_str());
    match known(world, tenant) {
        Err(fault) if !shared => authorize::refused(world, call, &fault),
        _ => answer(world, call),
    }
}

fn known(world: &World, tenant: &str) -> Result<(), Fault> {
    let names = &world.names;
    if tenant.eq_ignore_ascii_case(&names.id.to_string()) || tenant.eq_ignore_ascii_case(&names.domain) {
        return Ok(());
    }
    Err(Fault::new(
        400,
        "invalid_tenant",
        90002,
        format!(
            "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
        ),
    ))
}

fn configuration(world: &World) -> Reply {
    let base = format!("https://login.microsoftonline.com/{}", world.names.id);
    Reply::json(
        200,
        &json!({
            "token_endpoint": format!("{base}/oauth2/v2.0/token"),
            "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
            "jwks_uri": format!("{base}/discovery/v2.0/keys"),
            "issuer": format!("{base}/v2.0"),
        }),
    )
}

fn keys(world: &World) -> Result<Reply, Fault> {
    let key = world.signing_key().ok_or_else(Fault::ours)?;
    let jwk = key.jwk().map_err(|_| Fault::ours())?;
    Ok(Reply::json(200, &json!({"keys": [jwk]})))
}
