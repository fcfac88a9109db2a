//! The door of the service: addresses, methods, who may come in, and what every answer has in common.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::fault::Fault;
use super::invocation::Invocation;
use super::{admission, batch, documented, module_file, page};
use crate::call::{Call, Reply};
use crate::caller::{AppCaller, Caller};
use crate::graph::{Strike, settle};
use crate::world::World;

/// `Rate-Limit-Limit` of a capture of 2024.
const MOST_CALLS: u32 = 30_000;
/// The window is not documented.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// Answers a call; single cmdlets of a batch may be struck before they run.
pub fn answer(world: &World, caller: Option<&Caller>, call: &Call, strike: &Strike<'_>) -> Reply {
    settle(&mut world.tenant(), world.clock.now());
    let outcome = match caller {
        None => Ok(Reply::empty(401).with(
            "WWW-Authenticate",
            "Bearer realm=\"outlook.office365.com\", error=\"invalid_token\"",
        )),
        Some(caller) => {
            admission::app(caller, &call.path).and_then(|app| route(world, caller, app, call, strike))
        }
    };
    let reply = outcome.unwrap_or_else(|fault| refusal(world, &fault));
    finish(world, caller, call, reply)
}

fn refusal(world: &World, fault: &Fault) -> Reply {
    let switches = world.tenant().switches;
    fault.reply(
        switches.exchange.forbids_with_nul,
        switches.exchange.not_found_is_500,
    )
}

fn route(
    world: &World,
    caller: &Caller,
    app: &AppCaller,
    call: &Call,
    strike: &Strike<'_>,
) -> Result<Reply, Fault> {
    let unknown = || Fault::NotModelled(format!("{} {}{}", call.method, call.host, call.path));
    let mut segments = call.path.split('/').filter(|segment| !segment.is_empty());
    let mut next = || segments.next().unwrap_or_default();
    let (api, version, tenant, endpoint) = (next(), next(), next(), next());
    if api != "adminapi" || segments.next().is_some() {
        return Err(unknown());
    }
    if Uuid::try_parse(tenant).ok() != Some(world.names.id) {
        return Err(Fault::NotModelled(format!(
            "the tenant {tenant} in {}",
            call.path
        )));
    }
    if !count(world, app) {
        return Err(Fault::Throttled);
    }
    match (version, endpoint, call.method.as_str()) {
        ("beta", "InvokeCommand", "POST") => invoke(world, app, call, None),
        ("v2.0", endpoint, "POST") if documented::knows(endpoint) => invoke(world, app, call, Some(endpoint)),
        ("beta", "$batch", "POST") => batch::answer(world, caller, call, strike),
        ("v1.0" | "beta", "EXOModuleFile", "GET") => module_file::answer(world, app),
        // Version 1.0 knows the address and refuses it.
        ("v1.0" | "beta", "InvokeCommand", _) | ("beta", "$batch", _) => Err(Fault::Method),
        _ => Err(unknown()),
    }
}

/// Runs a cmdlet; `endpoint` = one of the documented interface.
fn invoke(world: &World, app: &AppCaller, call: &Call, endpoint: Option<&str>) -> Result<Reply, Fault> {
    let creates = world.tenant().switches.exchange.recipient_administrator_creates;
    // Whoever holds no role at all is sent away before anybody reads what he wants.
    admission::may_run(app, false, creates)?;
    let invocation = Invocation::read(world, app, call)?;
    endpoint.map_or(Ok(()), |endpoint| documented::check(endpoint, &invocation))?;
    admission::may_run(app, invocation.cmdlet.creates, creates)?;
    let done = (invocation.cmdlet.run)(&invocation)?;
    page::answer(&invocation, done)
}

/// Counts the call; false when the app has had too many.
fn count(world: &World, app: &AppCaller) -> bool {
    let now = world.clock.now();
    let mut tenant = world.tenant();
    let (since, calls) = tenant.exchange.calls.entry(app.app_id).or_insert((now, 0));
    if now.duration_since(*since) >= WINDOW {
        (*since, *calls) = (now, 0);
    }
    *calls += 1;
    *calls <= MOST_CALLS
}

fn finish(world: &World, caller: Option<&Caller>, call: &Call, reply: Reply) -> Reply {
    let now = world.clock.now();
    let reply = reply
        .with("Request-Id", call.request_id.to_string())
        .with("X-CalculatedBETarget", "tyapr01a001.jpnpr01a001.prod.outlook.com")
        .with("X-BackEndHttpStatus", "200")
        .with("Server", "Microsoft-HTTPAPI/2.0");
    let Some(Caller::App(app)) = caller else {
        return reply;
    };
    let tenant = world.tenant();
    let (since, calls) = tenant
        .exchange
        .calls
        .get(&app.app_id)
        .copied()
        .unwrap_or((now, 0));
    let reset = since.saturating_add(WINDOW).unwrap_or(Timestamp::MAX);
    reply
        .with("Rate-Limit-Limit", MOST_CALLS.to_string())
        .with(
            "Rate-Limit-Remaining",
            MOST_CALLS.saturating_sub(calls).to_string(),
        )
        .with("Rate-Limit-Reset", reset.to_string())
}

/// One cmdlet of a batch.
pub(super) fn single(world: &World, caller: &Caller, call: &Call) -> Reply {
    let outcome = admission::app(caller, &call.path).and_then(|app| {
        if call.path.ends_with("/InvokeCommand") && call.path.contains("/adminapi/beta/") {
            invoke(world, app, call, None)
        } else {
            Err(Fault::NotModelled(format!("{} in a batch", call.path)))
        }
    });
    outcome.unwrap_or_else(|fault| refusal(world, &fault))
}
