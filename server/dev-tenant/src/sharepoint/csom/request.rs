//! A ProcessQuery request as typed data (MS-CSOM, "Request XML").

use uuid::Uuid;

use super::parameter::Value;

/// Number by which actions and answers refer to an object path; unique together with action ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathId(pub i64);

/// Number of an action; its result stands behind this number in the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub i64);

#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub actions: Vec<Action>,
    pub paths: Vec<(PathId, ObjectPath)>,
    /// Field values carry their type in the name: `"Id$  Int32"`.
    pub expando_suffix: bool,
}

/// Where an object comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum ObjectPath {
    StaticProperty {
        type_id: Uuid,
        name: String,
    },
    StaticMethod {
        type_id: Uuid,
        name: String,
        parameters: Vec<Value>,
    },
    Property {
        parent: PathId,
        name: String,
    },
    Method {
        parent: PathId,
        name: String,
        parameters: Vec<Value>,
    },
    Constructor {
        type_id: Uuid,
        parameters: Vec<Value>,
    },
    Identity {
        name: String,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    pub id: ActionId,
    pub kind: ActionKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ActionKind {
    /// Makes the object of a path, with whatever that does (adding an assignment, for instance).
    ObjectPath(PathId),
    ObjectIdentityQuery(PathId),
    Query {
        path: PathId,
        query: Query,
    },
    /// `version` is the `_ObjectVersion_` that the client knows.
    Method {
        path: PathId,
        name: String,
        parameters: Vec<Value>,
        version: Option<String>,
    },
    SetProperty {
        path: PathId,
        name: String,
        value: Value,
    },
    /// `simple` scopes have no catch and no finally.
    ExceptionHandlingScope(Scope),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope {
    pub attempt: Vec<Action>,
    pub catch: Vec<Action>,
    pub finally: Vec<Action>,
}

/// Which properties of an object, and of the children of a collection, are asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    pub own: Selection,
    pub children: Option<Selection>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Selection {
    pub all: bool,
    pub properties: Vec<Wanted>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    pub name: String,
    /// For a property that is itself an object.
    pub query: Option<Query>,
}
