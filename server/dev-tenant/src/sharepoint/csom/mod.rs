//! The client object model: `POST {web}/_vti_bin/client.svc/ProcessQuery`.

mod answer;
pub mod argument;
mod cost;
mod dispatch;
mod graph;
mod identity;
pub mod object;
mod objects;
pub mod parameter;
pub mod parse;
mod parse_query;
mod project;
mod refusal;
pub mod request;
mod run;
pub mod schema;
pub mod wire;

#[cfg(test)]
mod tests;

pub use cost::cost;

use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::ids::SiteId;
use crate::world::World;

/// Where the service answers, in lower case, behind the web.
pub const PATH: &str = "/_vti_bin/client.svc/processquery";

/// Performs a request as the caller. What fails inside the request is told inside a 200.
///
/// # Errors
/// The caller may not open the site at all: the shell renders that as for every other address of the site.
pub fn process_query(world: &World, site: SiteId, caller: &Caller, call: &Call) -> Result<Reply, Fault> {
    process(world, site, caller, call, &mut std::thread::yield_now)
}

fn process(
    world: &World,
    site: SiteId,
    caller: &Caller,
    call: &Call,
    between: &mut dyn FnMut(),
) -> Result<Reply, Fault> {
    let asker = run::Asker {
        world,
        site,
        caller,
        request_id: call.request_id,
    };
    run::open(asker, &mut world.tenant())?;
    let outcome = match parse::parse(&call.body) {
        Err(error) => Err(answer::error_of_request(&error, call.request_id)),
        Ok(request) => run::Run::new(asker, &request, between)
            .run(&request)
            .map_err(|fault| answer::error_of(&fault, call.request_id)),
    };
    Ok(answer::reply(call.request_id, outcome))
}

/// How many actions a request body holds, for the ledger; 1 for what cannot be read.
pub fn operations(body: &[u8]) -> u32 {
    fn count(actions: &[request::Action]) -> usize {
        actions
            .iter()
            .map(|action| match &action.kind {
                request::ActionKind::ExceptionHandlingScope(scope) => {
                    count(&scope.attempt) + count(&scope.catch) + count(&scope.finally)
                }
                _ => 1,
            })
            .sum()
    }
    parse::parse(body).map_or(1, |request| {
        u32::try_from(count(&request.actions)).unwrap_or(u32::MAX)
    })
}
