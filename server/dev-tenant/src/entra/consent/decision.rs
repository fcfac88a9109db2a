//! What the administrator said.

use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::may_consent;
use crate::call::{Call, Reply};
use crate::directory::ObjectId;
use crate::entra::authorize::refused;
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::entra::ticket::{self, Kind};
use crate::world::World;

/// What was shown to whom.
#[derive(Serialize, Deserialize)]
pub(super) struct Question {
    pub(super) query: String,
    pub(super) person: ObjectId,
}

pub(crate) fn answer(world: &World, call: &Call) -> Reply {
    let form = Parameters::of_body(call);
    decide(world, call, &form).unwrap_or_else(|fault| refused(world, call, &fault))
}

fn decide(world: &World, call: &Call, form: &Parameters) -> Result<Reply, Fault> {
    let shown = ticket::open::<Question>(world, Kind::Consent, form.need("question")?).map_err(|_| {
        let text = "The consent request is not ours or has expired. Start again.";
        Fault::new(400, "invalid_request", 90014, text)
    })?;
    let Question { query, person } = shown.body;
    may_consent(world, person)?;
    let asked = Asked::read(world, &Parameters::of_query(&query))?;
    if form.get("cancel").is_some() {
        let words = "The admin canceled the request";
        return Ok(asked.send_back(&[("error", "permission_denied"), ("error_description", words)]));
    }
    give(world, call, &asked, person);
    let tenant = world.names.id.to_string();
    Ok(asked.send_back(&[
        ("admin_consent", "True"),
        ("tenant", &tenant),
        ("scope", &asked.scope),
    ]))
}

/// What was given before stays.
fn give(world: &World, call: &Call, asked: &Asked, person: ObjectId) {
    let at = world.clock.now();
    let mut tenant = world.tenant();
    if let Some(app) = tenant.directory.apps.get_mut(&asked.app) {
        let held = app.roles.entry(asked.resource).or_default();
        held.extend(asked.permissions.iter().cloned());
    }
    let key = format!("entra:consent:application:{}:{}", asked.app.0, asked.resource);
    tenant.record(at, call.request_id, &format!("person:{}", person.0), key);
}
