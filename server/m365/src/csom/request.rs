//! One ProcessQuery in the making: object paths, and actions on them.

use uuid::Uuid;

use super::value::Parameter;
use crate::sharepoint::PrincipalId;

/// Object paths that one request may hold (SPClientCallableSettings.MaxObjectPaths; SharePoint Online
/// publishes no figure of its own). Beyond it: "The request uses too many resources."
pub const MAX_OBJECT_PATHS: usize = 256;

/// Number of an object path or action; unique within a request.
pub(crate) type Id = u32;

pub(super) enum Path {
    Context,
    Property {
        parent: Id,
        name: &'static str,
    },
    Method {
        parent: Id,
        name: &'static str,
        parameters: Vec<Parameter>,
    },
    Bindings,
}

pub(super) enum Action {
    /// Runs the methods of a path that no other action names.
    Instantiate { path: Id },
    Method {
        path: Id,
        name: &'static str,
        parameters: Vec<Parameter>,
    },
    /// Tells the identity of the object.
    Identity { path: Id },
    /// Runs the actions; an error in them ends only them.
    Scope { actions: Vec<(Id, Action)> },
}

/// A ProcessQuery in the making.
pub(crate) struct Request {
    next: Id,
    pub(super) paths: Vec<(Id, Path)>,
    pub(super) actions: Vec<(Id, Action)>,
}

impl Request {
    pub(crate) fn new() -> Self {
        Self {
            next: 1,
            paths: Vec::new(),
            actions: Vec::new(),
        }
    }

    fn id(&mut self) -> Id {
        self.next += 1;
        self.next - 1
    }

    fn path(&mut self, path: Path) -> Id {
        let id = self.id();
        self.paths.push((id, path));
        id
    }

    /// Object paths so far.
    pub(crate) fn paths(&self) -> usize {
        self.paths.len()
    }

    /// The web of the request's address.
    pub(crate) fn web(&mut self) -> Id {
        let context = self.path(Path::Context);
        self.property(context, "Web")
    }

    /// A list of that web.
    pub(crate) fn list(&mut self, web: Id, list: Uuid) -> Id {
        let lists = self.property(web, "Lists");
        self.method(lists, "GetById", vec![list.to_string().as_str().into()])
    }

    pub(crate) fn property(&mut self, parent: Id, name: &'static str) -> Id {
        self.path(Path::Property { parent, name })
    }

    pub(crate) fn method(&mut self, parent: Id, name: &'static str, parameters: Vec<Parameter>) -> Id {
        self.path(Path::Method {
            parent,
            name,
            parameters,
        })
    }

    /// An empty set of permission levels.
    pub(crate) fn bindings(&mut self) -> Id {
        self.path(Path::Bindings)
    }

    /// A user or group of the site; SharePoint keeps both under one numbering.
    pub(crate) fn principal(&mut self, site_users: Id, principal: PrincipalId) -> Id {
        self.method(site_users, "GetById", vec![principal.0.into()])
    }

    fn act(&mut self, action: Action) -> Id {
        let id = self.id();
        self.actions.push((id, action));
        id
    }

    pub(crate) fn instantiate(&mut self, path: Id) {
        self.act(Action::Instantiate { path });
    }

    pub(crate) fn call(&mut self, path: Id, name: &'static str, parameters: Vec<Parameter>) {
        self.act(Action::Method {
            path,
            name,
            parameters,
        });
    }

    /// Asks which object it is; the answer stands under the id given back.
    pub(crate) fn identity(&mut self, path: Id) -> Id {
        self.act(Action::Identity { path })
    }

    /// Puts all actions that `build` adds into an exception scope; its outcome stands under the id given back.
    pub(crate) fn scope<T>(&mut self, build: impl FnOnce(&mut Self) -> T) -> (Id, T) {
        let outer = std::mem::take(&mut self.actions);
        let given = build(self);
        let actions = std::mem::replace(&mut self.actions, outer);
        (self.act(Action::Scope { actions }), given)
    }
}

#[cfg(test)]
mod tests;
