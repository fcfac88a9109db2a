//! The object paths of a request and the objects made of them so far.

use std::collections::{BTreeMap, BTreeSet};

use uuid::{Uuid, uuid};

use super::argument::{Argument, Arguments};
use super::dispatch;
use super::identity;
use super::object::{Object, Outcome, Property};
use super::parameter::Value;
use super::refusal::{not_modelled, null_object, unknown_path};
use super::request::{ObjectPath, PathId, Request};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;

/// `SP.RequestContext`, whose static property `Current` starts every request.
const REQUEST_CONTEXT: Uuid = uuid!("3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a");
const ROLE_DEFINITION_BINDINGS: Uuid = uuid!("07bf1941-6953-4761-b114-58374b4aaf57");

/// A path is made when an action first needs it, and then once: its method has its effect once.
pub(super) struct Graph<'a> {
    paths: BTreeMap<PathId, &'a ObjectPath>,
    made: BTreeMap<PathId, Object>,
    /// Paths being made: a path may not lead to itself.
    open: BTreeSet<PathId>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(request: &'a Request) -> Self {
        Self {
            paths: request.paths.iter().map(|(id, path)| (*id, path)).collect(),
            made: BTreeMap::new(),
            open: BTreeSet::new(),
        }
    }

    /// Makes the object of a path, with its parents.
    pub(super) fn make(&mut self, session: &mut Session<'_>, id: PathId) -> Result<(), Fault> {
        if self.made.contains_key(&id) {
            return Ok(());
        }
        let path = *self.paths.get(&id).ok_or_else(|| unknown_path(id.0))?;
        if !self.open.insert(id) {
            return Err(Fault::invalid_query(format!(
                "The object path {} leads to itself.",
                id.0
            )));
        }
        let made = self.evaluate(session, path);
        self.open.remove(&id);
        self.made.insert(id, made?);
        Ok(())
    }

    pub(super) fn object(&mut self, session: &mut Session<'_>, id: PathId) -> Result<&Object, Fault> {
        self.make(session, id)?;
        self.made.get(&id).ok_or_else(|| unknown_path(id.0))
    }

    fn evaluate(&mut self, session: &mut Session<'_>, path: &ObjectPath) -> Result<Object, Fault> {
        match path {
            ObjectPath::StaticProperty { type_id, name }
                if *type_id == REQUEST_CONTEXT && name == "Current" =>
            {
                Ok(Object::Context)
            }
            ObjectPath::StaticProperty { type_id, name } | ObjectPath::StaticMethod { type_id, name, .. } => {
                Err(not_modelled("static member", &type_id.to_string(), name))
            }
            ObjectPath::Constructor { type_id, .. } if *type_id == ROLE_DEFINITION_BINDINGS => {
                Ok(Object::Bindings(Vec::new()))
            }
            ObjectPath::Constructor { type_id, .. } => {
                Err(not_modelled("constructor", &type_id.to_string(), "new"))
            }
            ObjectPath::Identity { name } => identity::read(session, name),
            ObjectPath::Property { parent, name } => {
                let parent = self.object(session, *parent)?.clone();
                match dispatch::property(session, &parent, name)? {
                    Property::Object(object) => Ok(object),
                    Property::Nothing => Err(null_object()),
                    Property::Value(_) => Err(Fault::invalid_query(format!("{name} is no object."))),
                }
            }
            ObjectPath::Method {
                parent,
                name,
                parameters,
            } => match self.call(session, *parent, name, parameters, None)? {
                Outcome::Object(object) => Ok(object),
                Outcome::Void | Outcome::Value(_) => Err(null_object()),
            },
        }
    }

    /// Calls a method on the object of a path; what the method changes in the object stays changed.
    pub(super) fn call(
        &mut self,
        session: &mut Session<'_>,
        id: PathId,
        name: &str,
        parameters: &[Value],
        version: Option<&str>,
    ) -> Result<Outcome, Fault> {
        self.make(session, id)?;
        let arguments = self.arguments(session, parameters)?;
        let target = self.made.get_mut(&id).ok_or_else(|| unknown_path(id.0))?;
        dispatch::method(session, target, name, &arguments, version)
    }

    pub(super) fn set(
        &mut self,
        session: &mut Session<'_>,
        id: PathId,
        name: &str,
        value: &Value,
    ) -> Result<(), Fault> {
        self.make(session, id)?;
        let target = self.made.get_mut(&id).ok_or_else(|| unknown_path(id.0))?;
        dispatch::set(session, target, name, value)
    }

    fn arguments(&mut self, session: &mut Session<'_>, parameters: &[Value]) -> Result<Arguments, Fault> {
        let mut arguments = Arguments::default();
        for parameter in parameters {
            arguments.0.push(match parameter {
                Value::Object(id) => Argument::Object(self.object(session, *id)?.clone()),
                value => Argument::Value(value.clone()),
            });
        }
        Ok(arguments)
    }
}
