//! What a client asks for when it begins to track.

use uuid::Uuid;

use super::Kind;
use crate::directory::ObjectId;
use crate::graph::fault::Fault;
use crate::graph::filter::{Filter, Operator, parse};
use crate::graph::model;
use crate::graph::options::Options;

/// Microsoft Graph, "user: delta" and "group: delta": `$filter=id eq …` for up to 50 objects.
const MOST_IDS: usize = 50;

/// Properties of users that other stores hold.
const OUTSIDE: [&str; 11] = [
    "aboutMe",
    "birthday",
    "hireDate",
    "interests",
    "mailboxSettings",
    "mySite",
    "pastProjects",
    "preferredName",
    "responsibilities",
    "schools",
    "skills",
];

/// # Errors
/// 400 for options that a delta query does not take.
pub(super) fn check(options: &Options) -> Result<(), Fault> {
    let foreign = [
        ("$expand", !options.expand.is_empty()),
        ("$orderby", options.order_by.is_some()),
        ("$top", options.top.is_some()),
        ("$skip", options.skip > 0),
        ("$count", options.count),
    ];
    match foreign.into_iter().find(|(_, asked)| *asked) {
        Some((name, _)) => Err(Fault::refused(
            400,
            "Request_UnsupportedQuery",
            format!("The query option {name} is not supported with change tracking."),
        )),
        None => Ok(()),
    }
}

/// The selected properties and relations as Graph spells them.
///
/// # Errors
/// 400 for an unknown property, 501 for one that the directory does not hold.
pub(super) fn select(kind: Kind, options: &Options) -> Result<Vec<String>, Fault> {
    let names = options.select.iter();
    names.map(|name| property(kind, name)).collect()
}

fn property(kind: Kind, name: &str) -> Result<String, Fault> {
    let resource = kind.resource();
    let (known, shape) = model::property(resource, name).ok_or_else(|| {
        Fault::bad_request(format!(
            "Could not find a property named '{name}' on type 'microsoft.graph.{resource}'."
        ))
    })?;
    let is_foreign = shape.starts_with("nav:") && !kind.relations().contains(&known);
    if is_foreign || (kind == Kind::Users && OUTSIDE.contains(&known)) {
        return Err(Fault::refused(
            501,
            "NotImplemented",
            format!("Change tracking is not supported for property '{known}'."),
        ));
    }
    Ok(known.to_owned())
}

/// The objects that `$filter` names; empty = all.
///
/// # Errors
/// 400 for any other filter.
pub(super) fn ids(options: &Options) -> Result<Vec<ObjectId>, Fault> {
    let Some(text) = &options.filter else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    collect(&parse(text)?, &mut found)?;
    if found.len() > MOST_IDS {
        return Err(unsupported());
    }
    Ok(found)
}

fn collect(filter: &Filter, into: &mut Vec<ObjectId>) -> Result<(), Fault> {
    match filter {
        Filter::Or(one, other) => {
            collect(one, into)?;
            collect(other, into)
        }
        Filter::Compare(path, Operator::Eq, value) if path.len() == 1 && path[0] == "id" => {
            let id = value.as_str().and_then(|id| Uuid::try_parse(id).ok());
            into.push(ObjectId(id.ok_or_else(unsupported)?));
            Ok(())
        }
        _ => Err(unsupported()),
    }
}

fn unsupported() -> Fault {
    Fault::refused(
        400,
        "Request_UnsupportedQuery",
        "Change tracking takes filters of the form id eq '{value}' alone, at most 50 of them.",
    )
}
