//! Every request that may write goes into the ledger here, and nowhere else.

use http::Method;

use super::dispatch::Service;
use crate::call::Call;
use crate::caller::Caller;
use crate::ledger::{Operation, WriteRequest};
use crate::world::World;
use crate::{exchange, graph, sharepoint};

/// Notes a call that a service has answered with `status`; reading is not noted.
pub(super) fn note(world: &World, service: Service, caller: Option<&Caller>, call: &Call, status: u16) {
    keep(world, caller, call, status);
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&call.method);
    if reads || (service == Service::Exchange && !exchange::writes(call)) {
        return;
    }
    let request = WriteRequest {
        at: world.clock.now(),
        request_id: call.request_id,
        who: who(caller),
        method: method(call),
        host: call.host.clone(),
        path: call.path.clone(),
        status,
        operations: operations(service, call),
        user_agent: call.header("user-agent").unwrap_or_default().to_owned(),
    };
    world.tenant().ledger.requests.push(request);
}

/// Keeps an operation of any kind, where all of them are kept.
pub(super) fn keep(world: &World, caller: Option<&Caller>, call: &Call, status: u16) {
    let mut tenant = world.tenant();
    if !tenant.switches.calls_are_kept {
        return;
    }
    tenant.ledger.operations.push(Operation {
        at: world.clock.now(),
        request_id: call.request_id,
        who: who(caller),
        method: method(call),
        host: call.host.clone(),
        path: call.path.clone(),
        query: call.query.clone(),
        status,
    });
}

fn who(caller: Option<&Caller>) -> String {
    caller.map_or_else(|| "anonymous".to_owned(), Caller::ledger_name)
}

fn method(call: &Call) -> String {
    let method = call.header("x-http-method");
    method.unwrap_or(call.method.as_str()).to_owned()
}

fn operations(service: Service, call: &Call) -> u32 {
    match service {
        Service::Graph => graph::operations(call),
        Service::SharePoint | Service::Farm => sharepoint::door::operations(call),
        Service::Exchange => exchange::operations(call),
        Service::Entra | Service::SharePointAdmin => 1,
    }
}
