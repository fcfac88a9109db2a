//! The door of the service: which endpoint a path names.

use http::Method;

use super::authorize::{self, logout};
use super::discovery::{self, Version};
use super::fault::{Fault, refusal};
use super::{consent, cors, token};
use crate::call::{Call, Reply};
use crate::world::World;

/// "Admin consent on the Microsoft identity platform".
const CONSENT: &str = "v2.0/adminconsent";

pub fn answer(world: &World, call: &Call) -> Reply {
    let path = call.path.trim_matches('/');
    let Some((tenant, endpoint)) = path.split_once('/') else {
        return Reply::not_modelled(&call.path);
    };
    let outcome = match (&call.method, endpoint) {
        (
            &Method::GET | &Method::POST,
            "oauth2/v2.0/authorize" | "oauth2/v2.0/logout" | "login" | CONSENT,
        ) => {
            return page(world, call, tenant, endpoint);
        }
        (&Method::OPTIONS, "oauth2/v2.0/token") => return cors::preflight(),
        (&Method::POST, "oauth2/v2.0/token") => {
            let outcome = known(world, tenant).and_then(|()| token::answer(world, call));
            let reply = outcome.unwrap_or_else(|fault| refusal(world, call, &fault));
            return cors::shared(world, call, reply);
        }
        (&Method::POST, "oauth2/token") => {
            known(world, tenant).and_then(|()| token::answer_version_1(world, call))
        }
        (&Method::GET, _) => match document(world, call, tenant, endpoint) {
            Some(outcome) => outcome,
            None => return Reply::not_modelled(&call.path),
        },
        _ => return Reply::not_modelled(&call.path),
    };
    outcome.unwrap_or_else(|fault| refusal(world, call, &fault))
}

/// Pages for people.
fn page(world: &World, call: &Call, tenant: &str, endpoint: &str) -> Reply {
    match (known(world, tenant), endpoint) {
        (Err(fault), _) => authorize::refused(world, call, &fault),
        (Ok(()), "oauth2/v2.0/authorize") => authorize::answer(world, call),
        (Ok(()), "oauth2/v2.0/logout") => logout::answer(world, call),
        (Ok(()), CONSENT) if call.method == Method::POST => consent::decide(world, call),
        (Ok(()), CONSENT) => consent::answer(world, call),
        (Ok(()), _) => authorize::continue_sign_in(world, call),
    }
}

fn document(world: &World, call: &Call, tenant: &str, endpoint: &str) -> Option<Result<Reply, Fault>> {
    let answer = match endpoint {
        "v2.0/.well-known/openid-configuration" => Ok(discovery::configuration(world, tenant, Version::Two)),
        ".well-known/openid-configuration" => Ok(discovery::configuration(world, tenant, Version::One)),
        "discovery/v2.0/keys" | "discovery/keys" => discovery::keys(world),
        "discovery/instance" => discovery::instance(call),
        _ => return None,
    };
    Some(known(world, tenant).and(answer))
}

/// Whether an authority serves every organization.
pub(crate) fn shared(tenant: &str) -> bool {
    ["common", "organizations"]
        .iter()
        .any(|own| tenant.eq_ignore_ascii_case(own))
}

fn known(world: &World, tenant: &str) -> Result<(), Fault> {
    let names = &world.names;
    let ours =
        tenant.eq_ignore_ascii_case(&names.id.to_string()) || tenant.eq_ignore_ascii_case(&names.domain);
    if ours || shared(tenant) {
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
