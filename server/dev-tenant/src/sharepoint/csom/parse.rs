//! From the XML of a request to [`Request`].

use std::collections::BTreeSet;

use super::parameter::{self, Value, guid, integer};
use super::parse_query;
use super::request::{Action, ActionId, ActionKind, ObjectPath, PathId, Request, Scope};
use super::schema::{MAX_MESSAGE_BYTES, MAX_OBJECT_PATHS, NAMESPACE, RequestError, SchemaError};
use crate::sharepoint::xml::{self, Element, XmlError};

/// Reads a request and holds it against schema and limits.
///
/// # Errors
/// See [`RequestError`]; nothing has been done then.
pub fn parse(body: &[u8]) -> Result<Request, RequestError> {
    if body.len() > MAX_MESSAGE_BYTES {
        return Err(RequestError::TooBig);
    }
    let text = std::str::from_utf8(body)
        .map_err(|_| XmlError::Malformed("Invalid character in the given encoding.".to_owned()))?;
    let root = xml::read(text)?;
    if root.name != "Request" || root.attribute("xmlns").is_some_and(|space| space != NAMESPACE) {
        return Err(SchemaError::root(&root.name).into());
    }
    request(&root)
}

fn request(root: &Element) -> Result<Request, RequestError> {
    let part = |name: &str| {
        root.child(name)
            .ok_or_else(|| SchemaError::incomplete("Request", name))
    };
    if let Some(stranger) = root
        .children
        .iter()
        .find(|child| child.name != "Actions" && child.name != "ObjectPaths")
    {
        return Err(SchemaError::child("Request", &stranger.name).into());
    }
    let paths = &part("ObjectPaths")?.children;
    if paths.len() > MAX_OBJECT_PATHS {
        return Err(RequestError::TooManyPaths);
    }
    let mut ids = BTreeSet::new();
    Ok(Request {
        paths: paths
            .iter()
            .map(|path| object_path(path, &mut ids))
            .collect::<Result<_, _>>()?,
        actions: actions(part("Actions")?, &mut ids)?,
        expando_suffix: root.attribute("AddExpandoFieldTypeSuffix") == Some("true"),
    })
}

fn object_path(element: &Element, ids: &mut BTreeSet<i64>) -> Result<(PathId, ObjectPath), RequestError> {
    let name = || required(element, "Name").map(str::to_owned);
    let parent = || required(element, "ParentId").and_then(integer).map(PathId);
    let type_id = || required(element, "TypeId").and_then(guid);
    let path = match element.name.as_str() {
        "StaticProperty" => ObjectPath::StaticProperty {
            type_id: type_id()?,
            name: name()?,
        },
        "StaticMethod" => ObjectPath::StaticMethod {
            type_id: type_id()?,
            name: name()?,
            parameters: parameters(element)?,
        },
        "Property" => ObjectPath::Property {
            parent: parent()?,
            name: name()?,
        },
        "Method" => ObjectPath::Method {
            parent: parent()?,
            name: name()?,
            parameters: parameters(element)?,
        },
        "Constructor" => ObjectPath::Constructor {
            type_id: type_id()?,
            parameters: parameters(element)?,
        },
        "Identity" => ObjectPath::Identity { name: name()? },
        other => return Err(SchemaError::child("ObjectPaths", other).into()),
    };
    Ok((PathId(id(element, ids)?), path))
}

fn actions(parent: &Element, ids: &mut BTreeSet<i64>) -> Result<Vec<Action>, RequestError> {
    parent
        .children
        .iter()
        .map(|element| {
            let id = ActionId(id(element, ids)?);
            let kind = action(&parent.name, element, ids)?;
            Ok(Action { id, kind })
        })
        .collect()
}

fn action(parent: &str, element: &Element, ids: &mut BTreeSet<i64>) -> Result<ActionKind, RequestError> {
    let path = || required(element, "ObjectPathId").and_then(integer).map(PathId);
    let name = || required(element, "Name").map(str::to_owned);
    Ok(match element.name.as_str() {
        "ObjectPath" => ActionKind::ObjectPath(path()?),
        "ObjectIdentityQuery" => ActionKind::ObjectIdentityQuery(path()?),
        "Query" => ActionKind::Query {
            path: path()?,
            query: parse_query::query(element)?,
        },
        "Method" => ActionKind::Method {
            path: path()?,
            name: name()?,
            parameters: parameters(element)?,
            version: element.attribute("Version").map(str::to_owned),
        },
        "SetProperty" => ActionKind::SetProperty {
            path: path()?,
            name: name()?,
            value: parameter::read(
                element
                    .child("Parameter")
                    .ok_or_else(|| SchemaError::incomplete("SetProperty", "Parameter"))?,
            )?,
        },
        "ExceptionHandlingScope" => ActionKind::ExceptionHandlingScope(scope(element, ids)?),
        "ExceptionHandlingScopeSimple" => ActionKind::ExceptionHandlingScope(Scope {
            attempt: actions(element, ids)?,
            ..Scope::default()
        }),
        "ConditionalScope" | "StaticMethod" | "SetStaticProperty" => {
            return Err(RequestError::NotModelled(format!(
                "the CSOM action {}",
                element.name
            )));
        }
        other => return Err(SchemaError::child(parent, other).into()),
    })
}

fn scope(element: &Element, ids: &mut BTreeSet<i64>) -> Result<Scope, RequestError> {
    let mut scope = Scope::default();
    for part in &element.children {
        id(part, ids)?;
        let inner = actions(part, ids)?;
        match part.name.as_str() {
            "TryScope" => scope.attempt = inner,
            "CatchScope" => scope.catch = inner,
            "FinallyScope" => scope.finally = inner,
            other => return Err(SchemaError::child("ExceptionHandlingScope", other).into()),
        }
    }
    Ok(scope)
}

fn parameters(element: &Element) -> Result<Vec<Value>, SchemaError> {
    let Some(parameters) = element.child("Parameters") else {
        return Ok(Vec::new());
    };
    parameters
        .children
        .iter()
        .map(|child| match child.name.as_str() {
            "Parameter" => parameter::read(child),
            other => Err(SchemaError::child("Parameters", other)),
        })
        .collect()
}

pub(super) fn required<'a>(element: &'a Element, attribute: &str) -> Result<&'a str, SchemaError> {
    element
        .attribute(attribute)
        .ok_or_else(|| SchemaError::missing(attribute, &element.name))
}

/// Ids are unique over actions and object paths together.
fn id(element: &Element, ids: &mut BTreeSet<i64>) -> Result<i64, SchemaError> {
    let id = integer(required(element, "Id")?)?;
    if ids.insert(id) {
        Ok(id)
    } else {
        Err(SchemaError::duplicate_id(id))
    }
}
