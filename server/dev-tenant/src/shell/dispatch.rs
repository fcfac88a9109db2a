//! Which service answers a host, and for whom.

use std::sync::Arc;

use serde_json::json;

use super::budget;
use super::faults::refusals;
use super::note::note;
use super::state::Shell;
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::entra::{self, Audience, BearerFault, session};
use crate::sharepoint::metering::{Admission, Refusal};
use crate::world::World;
use crate::{classic, exchange, graph, sharepoint};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Entra,
    Graph,
    Exchange,
    SharePoint,
    SharePointAdmin,
    /// SharePoint Server.
    Farm,
}

/// Every host the tenant answers under, with the service behind it.
fn services(world: &World) -> Vec<(String, Service)> {
    let names = &world.names;
    let host = |name: &str, service| (name.to_owned(), service);
    let mut all = vec![
        host("login.microsoftonline.com", Service::Entra),
        host("login.windows.net", Service::Entra),
        host("graph.microsoft.com", Service::Graph),
        host("outlook.office365.com", Service::Exchange),
        host("outlook.office.com", Service::Exchange),
        (format!("{}.sharepoint.com", names.name), Service::SharePoint),
        (
            format!("{}-admin.sharepoint.com", names.name),
            Service::SharePointAdmin,
        ),
    ];
    all.extend(world.farm().map(|farm| (farm.host.clone(), Service::Farm)));
    all
}

/// The names of the tenant's certificate.
pub(super) fn hosts(world: &World) -> Vec<String> {
    services(world).into_iter().map(|(host, _)| host).collect()
}

pub(super) fn service(world: &World, host: &str) -> Option<Service> {
    let mut all = services(world).into_iter();
    all.find(|(name, _)| name == host).map(|(_, service)| service)
}

/// What a host that is none of the tenant's gets.
pub(super) fn misdirected(host: &str) -> Reply {
    let text = format!("The dev tenant does not answer for the host {host}.");
    Reply::json(
        421,
        &json!({"error": {"code": "misdirectedRequest", "message": text}}),
    )
}

/// Lets the service answer, and notes what may have written.
pub(super) async fn answer(shell: &Arc<Shell>, service: Service, call: Arc<Call>) -> Reply {
    let caller = Arc::new(caller(&shell.world, service, &call));
    let admission = match admit(&shell.world, service, Option::as_ref(&caller), &call) {
        Ok(admission) => admission,
        Err(refusal) => {
            let reply = refusal.reply(&call);
            note(
                &shell.world,
                service,
                Option::as_ref(&caller),
                &call,
                reply.status,
            );
            return reply;
        }
    };
    if service == Service::SharePoint && caller.is_some() {
        let courier = shell.bends.courier();
        let refused = sharepoint::door::handshake(&shell.world, &call, &courier).await;
        if let Some(reply) = refused {
            note(
                &shell.world,
                service,
                Option::as_ref(&caller),
                &call,
                reply.status,
            );
            return reply;
        }
    }
    let work = {
        let (shell, caller, call) = (Arc::clone(shell), Arc::clone(&caller), Arc::clone(&call));
        move || serve(&shell, service, Option::as_ref(&caller), &call)
    };
    let reply = tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a service failed");
        Reply::empty(500)
    });
    note(
        &shell.world,
        service,
        Option::as_ref(&caller),
        &call,
        reply.status,
    );
    match admission {
        Some(admission) => admission.told(reply),
        None => reply,
    }
}

/// Lets a program's call to SharePoint in or not, by what its app has used; other calls are not metered.
fn admit(
    world: &World,
    service: Service,
    caller: Option<&Caller>,
    call: &Call,
) -> Result<Option<Admission>, Refusal> {
    let Some(caller) = caller.filter(|_| service == Service::SharePoint) else {
        return Ok(None);
    };
    if !sharepoint::door::takes(&call.path) {
        return Ok(None);
    }
    let limits = world.tenant().switches.resource_units.limits();
    world
        .meter
        .admit(caller, call, limits, world.clock.now())
        .map(Some)
}

/// Who calls, when the call proves it.
fn caller(world: &World, service: Service, call: &Call) -> Option<Caller> {
    let audience = match service {
        Service::Entra => return None,
        Service::Farm => return sharepoint::farm::door::caller(world, call),
        Service::Graph => Audience::Graph,
        Service::Exchange => Audience::Exchange,
        Service::SharePoint | Service::SharePointAdmin => Audience::SharePoint,
    };
    match entra::verify(world, call, audience) {
        Err(BearerFault::Missing) if audience == Audience::SharePoint => {
            session::verify(world, call).map(Caller::Person)
        }
        outcome => outcome.ok(),
    }
}

fn serve(shell: &Shell, service: Service, caller: Option<&Caller>, call: &Call) -> Reply {
    let world = &*shell.world;
    match (service, caller) {
        (Service::Entra, _) => entra::answer(world, call),
        (Service::Graph, Some(caller)) => budget::answer(world, caller, call, &|part| {
            refused_part(shell, Service::Graph, part)
        }),
        (Service::Graph, None) => graph::answer(world, call),
        (Service::SharePoint, caller) if !sharepoint::door::takes(&call.path) => page(world, caller, call),
        (Service::SharePoint | Service::SharePointAdmin, Some(caller)) => {
            sharepoint::door::answer_as(world, caller, call)
        }
        (Service::SharePoint | Service::SharePointAdmin, None) => sharepoint::door::answer(world, call),
        (Service::Farm, _) => sharepoint::farm::door::answer(world, call),
        (Service::Exchange, caller) => exchange::answer(world, caller, call, &|part| {
            refused_part(shell, Service::Exchange, part)
        }),
    }
}

/// The refusal that strikes one request of a batch of Graph or Exchange.
fn refused_part(shell: &Shell, service: Service, part: &Call) -> Option<Reply> {
    let struck = shell.faults().on_part(part)?;
    refusals::of(&shell.world, service, part, &struck)
}

/// Pages for people, those of signing in before all others.
fn page(world: &World, caller: Option<&Caller>, call: &Call) -> Reply {
    if let Some(reply) = session::answer(world, call) {
        return reply;
    }
    match caller {
        Some(Caller::App(_)) => Reply::not_modelled("pages for apps"),
        Some(Caller::Person(person)) => classic::answer(world, Some(person), call),
        None => classic::answer(world, None, call),
    }
}
