//! The version of an app's registration, and changes that are made for one of them alone.

use openssl::sha::sha256;
use serde_json::Value;

use super::show::{View, show};
use crate::directory::App;
use crate::entra::Server;
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::request::Request;
use crate::registration::AppObject;
use crate::switches::EntraSwitches;

const NAME: &str = "@odata.etag";

/// What is shown, with its version where Graph shows one.
pub(super) fn with_version(mut shown: Entity, view: View) -> Entity {
    if has_versions(view.object, view.switches) {
        let version = version(&shown);
        shown.insert(NAME.to_owned(), version.into());
    }
    shown
}

/// Refuses a change of a version that is not the present one. Whoever names none changes any.
pub(super) fn check(
    request: &Request,
    app: &App,
    object: AppObject,
    switches: EntraSwitches,
) -> Result<(), Fault> {
    let wanted = request
        .headers
        .get("if-match")
        .and_then(|value| value.to_str().ok());
    let view = View {
        object,
        server: Server::FIRST,
        now: request.now,
        switches,
    };
    let is_meant = |wanted: &str| wanted == "*" || wanted == version(&show(app, view));
    if !has_versions(object, switches) || wanted.is_none_or(is_meant) {
        return Ok(());
    }
    Err(Fault::refused(
        412,
        "PreconditionFailed",
        "The resource has changed since its version was read.",
    ))
}

fn has_versions(object: AppObject, switches: EntraSwitches) -> bool {
    object == AppObject::Application && switches.applications_have_etags
}

/// Another one whenever anything that is shown is another.
fn version(shown: &Entity) -> String {
    let digest = sha256(Value::Object(shown.clone()).to_string().as_bytes());
    let start = digest.first_chunk().copied().map_or(0, u64::from_be_bytes);
    format!("W/\"{start:016x}\"")
}
