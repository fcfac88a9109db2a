//! What the operations of a request cost in resource units.

use std::collections::BTreeMap;

use super::parse;
use super::request::{Action, ActionKind, ObjectPath, PathId, Query, Request, Selection};
use crate::sharepoint::metering::{PERMISSION, READ, WRITE};

/// The cost of a request body; 1 for what cannot be read.
pub fn cost(body: &[u8]) -> u32 {
    parse::parse(body).map_or(READ, |request| of_request(&request))
}

fn of_request(request: &Request) -> u32 {
    let paths: BTreeMap<PathId, &ObjectPath> = request.paths.iter().map(|(id, path)| (*id, path)).collect();
    let of_paths = paths.values().map(|path| of_path(&paths, path));
    of_paths.sum::<u32>() + of_actions(&paths, &request.actions)
}

type Paths<'a> = BTreeMap<PathId, &'a ObjectPath>;

fn of_actions(paths: &Paths<'_>, actions: &[Action]) -> u32 {
    let costs = actions.iter().map(|action| match &action.kind {
        ActionKind::ObjectPath(_) | ActionKind::ObjectIdentityQuery(_) | ActionKind::SetProperty { .. } => 0,
        ActionKind::Query { path, query } if reads_permissions(query) || below_assignments(paths, *path) => {
            PERMISSION
        }
        ActionKind::Query { .. } => READ,
        ActionKind::Method { path, name, .. } => of_method(paths, *path, name),
        ActionKind::ExceptionHandlingScope(scope) => {
            of_actions(paths, &scope.attempt)
                + of_actions(paths, &scope.catch)
                + of_actions(paths, &scope.finally)
        }
    });
    costs.sum()
}

/// Object paths that do something when they are made; finding an object is free.
fn of_path(paths: &Paths<'_>, path: &ObjectPath) -> u32 {
    match path {
        ObjectPath::Method { parent, name, .. } if below_assignments(paths, *parent) && name == "Add" => {
            PERMISSION
        }
        ObjectPath::Method { parent, name, .. } if name == "Add" && is_bindings(paths, *parent) => 0,
        ObjectPath::Method { name, .. } => match name.as_str() {
            "EnsureUser" | "EnsureUserByObjectId" | "Add" | "AddUser" | "AddFieldAsXml" => WRITE,
            "GetItems" | "GetChanges" => READ,
            _ => 0,
        },
        _ => 0,
    }
}

fn of_method(paths: &Paths<'_>, parent: PathId, name: &str) -> u32 {
    match name {
        "BreakRoleInheritance"
        | "ResetRoleInheritance"
        | "AddRoleAssignment"
        | "RemoveRoleAssignment"
        | "GetUserEffectivePermissions" => PERMISSION,
        "SetFieldValue" | "ParseAndSetFieldValue" | "FromUser" => 0,
        "Add" if is_bindings(paths, parent) => 0,
        _ if below_assignments(paths, parent) => PERMISSION,
        _ => WRITE,
    }
}

fn is_bindings(paths: &Paths<'_>, path: PathId) -> bool {
    matches!(paths.get(&path), Some(ObjectPath::Constructor { .. }))
}

/// Whether a path leads through role assignments.
fn below_assignments(paths: &Paths<'_>, path: PathId) -> bool {
    let parent = |path: &&ObjectPath| match path {
        ObjectPath::Property { parent, .. } | ObjectPath::Method { parent, .. } => paths.get(parent).copied(),
        _ => None,
    };
    // A path may lead to itself: as many steps as there are paths are enough.
    std::iter::successors(paths.get(&path).copied(), parent)
        .take(paths.len())
        .any(|path| matches!(path, ObjectPath::Property { name, .. } if name == "RoleAssignments"))
}

fn reads_permissions(query: &Query) -> bool {
    let any = |selection: &Selection| {
        selection.properties.iter().any(|wanted| {
            wanted.name == "RoleAssignments" || wanted.query.as_ref().is_some_and(reads_permissions)
        })
    };
    any(&query.own) || query.children.as_ref().is_some_and(any)
}
