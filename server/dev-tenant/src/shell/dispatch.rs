//! Which service answers a host.

use serde_json::json;

use crate::call::{Call, Reply};
use crate::entra::{self, Audience};
use crate::world::{TenantNames, World};
use crate::{graph, sharepoint};

/// Every host the tenant answers under; its certificate names them all.
pub(crate) fn hosts(names: &TenantNames) -> Vec<String> {
    let fixed = [
        "login.microsoftonline.com",
        "login.windows.net",
        "graph.microsoft.com",
        "outlook.office365.com",
        "outlook.office.com",
    ];
    let mut all: Vec<String> = fixed.map(str::to_owned).into();
    all.push(format!("{}.sharepoint.com", names.name));
    all.push(format!("{}-admin.sharepoint.com", names.name));
    all
}

pub(crate) fn answer(world: &World, call: &Call) -> Reply {
    if !hosts(&world.names).contains(&call.host) {
        let text = format!("The dev tenant does not answer for the host {}.", call.host);
        let error = json!({"error": {"code": "misdirectedRequest", "message": text}});
        return Reply::json(421, &error);
    }
    match call.host.as_str() {
        "login.microsoftonline.com" | "login.windows.net" => entra::answer(world, call),
        "graph.microsoft.com" => match entra::verify(world, call, Audience::Graph) {
            Ok(caller) => graph::answer_as(world, &caller, call),
            Err(_) => graph::answer(world, call),
        },
        host if host.ends_with(".sharepoint.com") => sharepoint::answer(world, call),
        host => Reply::not_modelled(host),
    }
}
