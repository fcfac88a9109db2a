//! The door of the service: what every answer has in common.

use serde_json::Value;

use super::batch::Strike;
use super::fault::Fault;
use super::request::{Request, json};
use super::users::inheritance::settle;
use super::{batch, conformance, deleted, route};
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::world::World;

/// Seconds to wait after too many calls; decimals are known to come.
const PAUSE: &str = "1.25";

/// Answers a call without a verified bearer.
pub fn answer(world: &World, call: &Call) -> Reply {
    let fault = Fault::refused(401, "InvalidAuthenticationToken", "Access token is empty.");
    finish(call, refusal(world, call, &fault))
}

/// Answers a call of a verified bearer.
pub fn answer_as(world: &World, caller: &Caller, call: &Call) -> Reply {
    answer_struck(world, caller, call, &|_| None)
}

/// As [`answer_as`]; single requests of a batch may be struck before they are carried out.
pub fn answer_struck(world: &World, caller: &Caller, call: &Call, strike: &Strike<'_>) -> Reply {
    let reply = if call.path == "/v1.0/$batch" {
        batch::answer(world, caller, call, strike).unwrap_or_else(|fault| refusal(world, call, &fault))
    } else {
        single(world, caller, call)
    };
    finish(call, reply)
}

/// One operation, by itself or as a part of a batch.
pub(crate) fn single(world: &World, caller: &Caller, call: &Call) -> Reply {
    {
        let mut tenant = world.tenant();
        deleted::expire(&mut tenant.directory, world.clock.now());
        settle(&mut tenant, world.clock.now());
    }
    let outcome = Request::read(world, caller, call).and_then(|request| {
        conformance::admit(&request)?;
        let reply = route::route(&request)?;
        Ok(conformance::held(&request, reply))
    });
    let reply = outcome.unwrap_or_else(|fault| refusal(world, call, &fault));
    if call
        .header("accept")
        .is_some_and(|accept| accept.contains("odata.metadata=none"))
    {
        return without_annotations(reply);
    }
    reply
}

fn refusal(world: &World, call: &Call, fault: &Fault) -> Reply {
    let body = fault.body(world.clock.now(), call.request_id, &client_request_id(call));
    let reply = json(fault.status(), &body);
    match fault {
        Fault::Throttled => reply.with("Retry-After", PAUSE),
        Fault::Gone { location } => reply.with("Location", location),
        _ => reply,
    }
}

fn client_request_id(call: &Call) -> String {
    call.header("client-request-id")
        .map_or_else(|| call.request_id.to_string(), str::to_owned)
}

fn finish(call: &Call, reply: Reply) -> Reply {
    let diagnostic = r#"{"ServerInfo":{"DataCenter":"Japan East","Slice":"E","Ring":"5","ScaleUnit":"000","RoleInstance":"TY1PEPF00000001"}}"#;
    reply
        .with("request-id", call.request_id.to_string())
        .with("client-request-id", client_request_id(call))
        .with("x-ms-ags-diagnostic", diagnostic)
        .with("OData-Version", "4.0")
        .with("Cache-Control", "no-cache")
}

/// `odata.metadata=none`: annotations go, but for those that lead to more data.
fn without_annotations(mut reply: Reply) -> Reply {
    if let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) {
        strip(&mut body);
        reply.body = body.to_string().into_bytes();
    }
    reply
}

fn strip(value: &mut Value) {
    const KEPT: [&str; 3] = ["@odata.nextLink", "@odata.deltaLink", "@odata.count"];
    match value {
        Value::Object(map) => {
            map.retain(|name, _| !name.contains("@odata.") || KEPT.contains(&name.as_str()));
            map.values_mut().for_each(strip);
        }
        Value::Array(all) => all.iter_mut().for_each(strip),
        _ => {}
    }
}
