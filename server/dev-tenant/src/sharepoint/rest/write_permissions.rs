//! Writes on permissions: inheritance, assignments, levels.

use serde_json::{Map, Value};

use super::body;
use super::outcome::Outcome;
use super::path::Segment;
use super::resource::Resource;
use super::write::{Verb, Write, not_allowed};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::role_definitions::{self, NewRole};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{assignments, inheritance};
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::{PrincipalId, RoleId};

pub(super) fn function(
    session: &mut Session<'_>,
    target: &Resource,
    asked: &Segment,
) -> Result<Option<Outcome>, Fault> {
    if let Resource::RoleAssignments(securable) = target {
        let principal = || asked.number("principalid", 0).map(PrincipalId);
        match asked.name.as_str() {
            "addroleassignment" => {
                let level = RoleId(asked.number("roledefid", 1)?);
                assignments::add(session, *securable, principal()?, level)?;
            }
            "removeroleassignment" => {
                let level = match asked.argument("roledefid", 1) {
                    Some(_) => Some(RoleId(asked.number("roledefid", 1)?)),
                    None => None,
                };
                assignments::remove(session, *securable, principal()?, level)?;
            }
            _ => return Ok(None),
        }
        return Ok(Some(Outcome::Void(asked.original.clone())));
    }
    let Some(securable) = target.securable() else {
        return Ok(None);
    };
    match asked.name.as_str() {
        "breakroleinheritance" => {
            let copy = asked.truth("copyroleassignments", 0);
            inheritance::break_inheritance(session, securable, copy, asked.truth("clearsubscopes", 1))?;
        }
        "resetroleinheritance" => inheritance::reset_inheritance(session, securable)?,
        _ => return Ok(None),
    }
    Ok(Some(Outcome::Void(asked.original.clone())))
}

pub(super) fn plain(
    session: &mut Session<'_>,
    target: &Resource,
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    match (target, write.verb) {
        (Resource::RoleAssignment(securable, principal), Verb::Delete) => {
            assignments::remove(session, *securable, *principal, None)?;
            Ok(Outcome::Done)
        }
        (Resource::RoleDefinitions, Verb::Post) => {
            let body = write.body()?;
            let new = NewRole {
                name: body::text(&body, "Name")?,
                description: body::optional_text(&body, "Description").unwrap_or_default(),
                order: body::whole(&body, "Order")
                    .and_then(|order| i32::try_from(order).ok())
                    .unwrap_or(0),
                permissions: permissions(&body).unwrap_or_default(),
            };
            Ok(Outcome::Created(Resource::RoleDefinition(
                role_definitions::create(session, new)?,
            )))
        }
        (Resource::RoleDefinition(id), Verb::Merge | Verb::Put) => {
            let present = session.site().roles.get(id).ok_or_else(not_allowed)?;
            let body = write.body()?;
            let new = NewRole {
                name: body::optional_text(&body, "Name").unwrap_or_else(|| present.name.clone()),
                description: body::optional_text(&body, "Description")
                    .unwrap_or_else(|| present.description.clone()),
                order: present.order,
                permissions: permissions(&body).unwrap_or(present.permissions),
            };
            role_definitions::update(session, *id, new)?;
            Ok(Outcome::Changed(None))
        }
        (Resource::RoleDefinition(id), Verb::Delete) => {
            role_definitions::delete(session, *id)?;
            Ok(Outcome::Done)
        }
        _ => Err(not_allowed()),
    }
}

/// `{"High":"176","Low":"138612833"}`; numbers are taken too.
fn permissions(body: &Map<String, Value>) -> Option<BasePermissions> {
    let mask = body.get("BasePermissions")?.as_object()?;
    Some(BasePermissions::from_parts(
        body::whole(mask, "High")?,
        body::whole(mask, "Low")?,
    ))
}
