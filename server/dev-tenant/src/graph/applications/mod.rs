//! App registrations and their service principals.

mod change;
mod etag;
mod federated;
mod keys;
mod owners;
mod passwords;
mod policies;
mod proof;
pub(crate) mod show;
mod x509;

use super::address::named_key;
use super::fault::Fault;
use super::permission::WRITE_OWNED_APPLICATIONS;
use super::request::{Outcome, Request};
use crate::directory::{App, Directory, ObjectId};
use crate::entra::Server;
use crate::registration::AppObject;
use crate::world::Tenant;

pub(crate) fn route(request: &Request, object: AppObject, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", []) => show::list(request, object),
        ("GET", [key]) => show::one(request, object, key),
        ("PATCH", [key]) => change::patch(request, object, key),
        ("POST", [key, action]) => return action_of(request, object, key, action),
        ("GET", [key, "owners"]) => owners::list(request, object, key),
        ("GET", [key, "owners", "$ref"]) => owners::references(request, object, key),
        ("POST", [key, "owners", "$ref"]) => owners::add(request, object, key),
        ("DELETE", [key, "owners", id, "$ref"]) => owners::remove(request, object, key, id),
        ("GET", [key, "appManagementPolicies"]) => policies::list(request, object, key),
        ("POST", [key, "appManagementPolicies", "$ref"]) => policies::assign(request, object, key),
        ("DELETE", [key, "appManagementPolicies", id, "$ref"]) => {
            policies::unassign(request, object, key, id)
        }
        (_, [key, "federatedIdentityCredentials", rest @ ..]) if object == AppObject::Application => {
            return federated::route(request, method, key, rest);
        }
        _ => return None,
    })
}

fn action_of(request: &Request, object: AppObject, key: &str, action: &str) -> Option<Outcome> {
    Some(match action.trim_start_matches("microsoft.graph.") {
        "addPassword" => passwords::add(request, object, key),
        "removePassword" => passwords::remove(request, object, key),
        "addKey" => keys::add(request, object, key),
        "removeKey" => keys::remove(request, object, key),
        "federatedIdentityCredentials" if object == AppObject::Application => federated::create(request, key),
        _ => return None,
    })
}

/// The app by the object id, or by `appId='…'`.
fn find<'d>(directory: &'d Directory, object: AppObject, key: &str) -> Result<&'d App, Fault> {
    let by_app = named_key(key, "appId");
    let wanted = by_app.as_deref().unwrap_or(key);
    let is = |app: &&App| {
        let id = if by_app.is_some() {
            app.app_id.0
        } else {
            app.object_id(object).0
        };
        id.to_string().eq_ignore_ascii_case(wanted)
    };
    directory
        .apps
        .values()
        .find(is)
        .ok_or_else(|| Fault::no_resource(wanted))
}

/// The app, for a caller who may change it. An app may by one of the `wide` permissions, or because it owns it; a person,
/// whose token carries one of the `wide` scopes, by a directory role or because he owns it ("Delegated permissions": never
/// more than the person himself may).
fn changeable<'d>(
    request: &Request,
    directory: &'d mut Directory,
    object: AppObject,
    key: &str,
    wide: &[&str],
) -> Result<&'d mut App, Fault> {
    request.may(&[wide, &[WRITE_OWNED_APPLICATIONS]].concat())?;
    let found = find(directory, object, key)?;
    let owned = found.is_owned_by(object, request.caller_object());
    let may = match request.person() {
        None => request.holds(wide) || owned,
        Some(person) => request.holds(wide) && (owned || administers_applications(directory, person)),
    };
    if !may {
        return Err(Fault::denied());
    }
    let id = found.app_id;
    directory.apps.get_mut(&id).ok_or_else(|| Fault::no_resource(key))
}

/// Directory roles, by template id, whose holders change every app (Microsoft Entra built-in roles): Global Administrator,
/// Application Administrator, Cloud Application Administrator.
const ADMINISTERING: [u128; 3] = [
    0x62e9_0394_69f5_4237_9190_0121_7714_5e10,
    0x9b89_5d92_2cd3_44c7_9d02_a6ac_2d5e_a5c3,
    0x158c_047a_c907_4556_b7ef_4465_51a6_b5f7,
];

fn administers_applications(directory: &Directory, person: ObjectId) -> bool {
    let held = directory.roles.get(&person);
    held.is_some_and(|held| held.iter().any(|role| ADMINISTERING.contains(&role.as_u128())))
}

/// The server of Graph that this call reaches.
fn server(tenant: &mut Tenant) -> Server {
    let lag = tenant.switches.entra.registration_lag_seconds;
    Server::any(&mut tenant.ids, lag)
}
