//! Whether Microsoft Graph lets a program's operations in, by what its app has spent; parts of batches one by one.

use super::dispatch::Service;
use super::faults::{Kind, refusals};
use super::note;
use crate::call::{Call, Reply};
use crate::caller::{Caller, Channel};
use crate::directory::AppId;
use crate::graph;
use crate::world::World;

/// Graph's answer, or the refusal of what comes too fast. `struck`: what faults do to a part of a batch.
pub(super) fn answer(
    world: &World,
    caller: &Caller,
    call: &Call,
    struck: &dyn Fn(&Call) -> Option<Reply>,
) -> Reply {
    let part = |part: &Call| {
        let refused = refusal(world, caller, part).or_else(|| struck(part));
        note::keep(
            world,
            Some(caller),
            part,
            refused.as_ref().map_or(200, |reply| reply.status),
        );
        refused
    };
    refusal(world, caller, call).unwrap_or_else(|| graph::answer_struck(world, caller, call, &part))
}

fn refusal(world: &World, caller: &Caller, call: &Call) -> Option<Reply> {
    let app = program(caller)?;
    let limits = {
        let tenant = world.tenant();
        tenant.switches.graph_budgets.limits(tenant.directory.users.len())
    };
    let refusal = world
        .graph_meter
        .admit(app, call, limits?, world.clock.now())
        .err()?;
    let busy = Kind::Throttle {
        retry_after: refusal.retry_after.to_string(),
    };
    let reply = refusals::of(world, Service::Graph, call, &busy)?;
    Some(refusal.told(reply, world.names.id))
}

fn program(caller: &Caller) -> Option<AppId> {
    match caller {
        Caller::App(app) => Some(app.app_id),
        Caller::Person(person) => match &person.channel {
            Channel::Token { app_id, .. } => Some(*app_id),
            Channel::Cookie => None,
        },
    }
}
