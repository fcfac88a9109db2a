//! Performing the actions of a request in order.
//!
//! There is no transaction: what came before a failure stays done. By default others see what lies between two
//! actions, because nothing is documented that would keep them from it; `csom_request_is_atomic` holds the tenant
//! for the whole request instead.

use std::sync::MutexGuard;

use uuid::Uuid;

use super::answer::{error_of, scope_result};
use super::graph::Graph;
use super::identity;
use super::object::Outcome;
use super::project::Projection;
use super::request::{Action, ActionId, ActionKind, Request, Scope};
use super::wire::Wire;
use crate::caller::Caller;
use crate::sharepoint::farm::asking::consented;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::{Occasion, Session};
use crate::sharepoint::state::ids::SiteId;
use crate::world::{Tenant, World};

/// Who asks, where and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    pub(super) world: &'a World,
    pub(super) site: SiteId,
    pub(super) caller: &'a Caller,
    pub(super) request_id: Uuid,
}

pub(super) struct Run<'a> {
    asker: Asker<'a>,
    graph: Graph<'a>,
    expando_suffix: bool,
    held: Option<MutexGuard<'a, Tenant>>,
    answers: Vec<Wire>,
    /// Called between actions, where others may act; never while the tenant is held.
    between: &'a mut dyn FnMut(),
}

impl<'a> Run<'a> {
    pub(super) fn new(asker: Asker<'a>, request: &'a Request, between: &'a mut dyn FnMut()) -> Self {
        let tenant = asker.world.tenant();
        // Event receivers of a farm are asked in between: nobody may hold the tenant then.
        let atomic = tenant.switches.csom_request_is_atomic && asker.world.farm().is_none();
        Self {
            asker,
            graph: Graph::new(request),
            expando_suffix: request.expando_suffix,
            held: atomic.then_some(tenant),
            answers: Vec::new(),
            between,
        }
    }

    /// Performs everything; the first failure that no scope catches ends the request.
    pub(super) fn run(mut self, request: &Request) -> Result<Vec<Wire>, Fault> {
        self.all(&request.actions)?;
        Ok(self.answers)
    }

    fn all(&mut self, actions: &[Action]) -> Result<(), Fault> {
        for action in actions {
            match &action.kind {
                ActionKind::ExceptionHandlingScope(scope) => self.scope(action.id, scope)?,
                _ => self.one(action)?,
            }
        }
        Ok(())
    }

    fn scope(&mut self, id: ActionId, scope: &Scope) -> Result<(), Fault> {
        let failed = self.all(&scope.attempt).err();
        let caught = if failed.is_some() {
            self.all(&scope.catch)
        } else {
            Ok(())
        };
        let last = self.all(&scope.finally);
        let error = failed.map(|fault| error_of(&fault, self.asker.request_id));
        self.answer(id, scope_result(error));
        caught.and(last)
    }

    fn one(&mut self, action: &Action) -> Result<(), Fault> {
        let (graph, suffix, asker) = (&mut self.graph, self.expando_suffix, self.asker);
        let result = match &mut self.held {
            Some(tenant) => perform(asker, tenant, graph, suffix, &action.kind),
            None => consented(asker.world, asker.request_id, || {
                perform(asker, &mut asker.world.tenant(), graph, suffix, &action.kind)
            }),
        };
        if self.held.is_none() {
            (self.between)();
        }
        if let Some(answer) = result? {
            self.answer(action.id, answer);
        }
        Ok(())
    }

    fn answer(&mut self, id: ActionId, result: Wire) {
        self.answers.extend([Wire::Integer(id.0), result]);
    }
}

/// Performs one action; methods without a result answer nothing.
fn perform(
    asker: Asker<'_>,
    tenant: &mut Tenant,
    graph: &mut Graph<'_>,
    expando_suffix: bool,
    action: &ActionKind,
) -> Result<Option<Wire>, Fault> {
    let session = &mut open(asker, tenant)?;
    let answer = act(session, graph, expando_suffix, action);
    let meter = &asker.world.meter;
    meter.took_round_trips(asker.request_id, session.further_round_trips());
    answer
}

fn act(
    session: &mut Session<'_>,
    graph: &mut Graph<'_>,
    expando_suffix: bool,
    action: &ActionKind,
) -> Result<Option<Wire>, Fault> {
    let all = |name: &str, wire: Wire| Wire::Object(vec![(name.to_owned(), wire)]);
    Ok(match action {
        ActionKind::ObjectPath(path) => {
            graph.make(session, *path)?;
            Some(all("IsNull", Wire::Boolean(false)))
        }
        ActionKind::ObjectIdentityQuery(path) => {
            let object = graph.object(session, *path)?.clone();
            let identity = identity::write(session, &object);
            Some(all("_ObjectIdentity_", identity.map_or(Wire::Null, Wire::Text)))
        }
        ActionKind::Query { path, query } => {
            let object = graph.object(session, *path)?.clone();
            let projection = Projection {
                session,
                expando_suffix,
            };
            Some(projection.query(&object, query)?)
        }
        ActionKind::Method {
            path,
            name,
            parameters,
            version,
        } => match graph.call(session, *path, name, parameters, version.as_deref())? {
            Outcome::Value(value) => Some(value),
            Outcome::Void | Outcome::Object(_) => None,
        },
        ActionKind::SetProperty { path, name, value } => {
            graph.set(session, *path, name, value)?;
            None
        }
        // Scopes are taken apart before.
        ActionKind::ExceptionHandlingScope(_) => None,
    })
}

pub(super) fn open<'t>(asker: Asker<'t>, tenant: &'t mut Tenant) -> Result<Session<'t>, Fault> {
    let occasion = Occasion {
        names: &asker.world.names,
        at: asker.world.clock.now(),
        request_id: asker.request_id,
    };
    Session::open_remotely(tenant, occasion, asker.site, asker.caller)
}
