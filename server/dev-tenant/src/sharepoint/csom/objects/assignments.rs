//! Role assignments of webs, lists and items.

use crate::sharepoint::csom::argument::Arguments;
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::assignments;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{PrincipalId, RoleId};

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 1] = ["PrincipalId"];

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    securable: Securable,
    principal: PrincipalId,
    name: &str,
) -> Found<Property> {
    let levels = held(session, securable, principal)?;
    Ok(Some(match name {
        "PrincipalId" => Property::Value(Wire::Integer(i64::from(principal.0))),
        "Member" => Property::Object(Object::Principal(principal)),
        "RoleDefinitionBindings" => Property::Object(Object::Bindings(levels)),
        _ => return Ok(None),
    }))
}

fn held(session: &Session<'_>, securable: Securable, principal: PrincipalId) -> Result<Vec<RoleId>, Fault> {
    let scope = assignments::assignments(session, securable)?;
    assignments::levels(scope, principal)
        .map(|levels| levels.iter().copied().collect())
        .ok_or_else(|| Fault::principal_not_found(principal.0))
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    securable: Securable,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let principal = match name {
        "GetByPrincipalId" => {
            let id = PrincipalId(arguments.number(0)?);
            held(session, securable, id)?;
            id
        }
        "GetByPrincipal" => {
            let id = principal(arguments)?;
            held(session, securable, id)?;
            id
        }
        "Add" => {
            let id = principal(arguments)?;
            let Object::Bindings(levels) = arguments.object(1)? else {
                return Err(Fault::argument("The parameter must be role definition bindings."));
            };
            add_all(session, securable, id, levels)?;
            id
        }
        // Documented for the protocol (MS-CSOMSPT), though the proxies of .NET and JavaScript do not show it.
        "AddRoleAssignment" => {
            let level = RoleId(arguments.number(1)?);
            assignments::add(session, securable, PrincipalId(arguments.number(0)?), level)?;
            return Ok(Some(Outcome::Void));
        }
        "RemoveRoleAssignment" => {
            let level = Some(RoleId(arguments.number(1)?));
            assignments::remove(session, securable, PrincipalId(arguments.number(0)?), level)?;
            return Ok(Some(Outcome::Void));
        }
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::RoleAssignment(
        securable, principal, None,
    ))))
}

fn principal(arguments: &Arguments) -> Result<PrincipalId, Fault> {
    match arguments.object(0)? {
        Object::Principal(id) => Ok(*id),
        _ => Err(Fault::argument("The parameter must be a user or a group.")),
    }
}

fn add_all(
    session: &mut Session<'_>,
    securable: Securable,
    principal: PrincipalId,
    levels: &[RoleId],
) -> Result<(), Fault> {
    if levels.is_empty() {
        return Err(Fault::argument("The role definition bindings must not be empty."));
    }
    for level in levels {
        assignments::add(session, securable, principal, *level)?;
    }
    Ok(())
}

pub(in crate::sharepoint::csom) fn assignment_method(
    session: &mut Session<'_>,
    securable: Securable,
    principal: PrincipalId,
    pending: &mut Option<Vec<RoleId>>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    match name {
        "DeleteObject" => assignments::remove(session, securable, principal, None)?,
        "ImportRoleDefinitionBindings" => {
            let Object::Bindings(levels) = arguments.object(0)? else {
                return Err(Fault::argument("The parameter must be role definition bindings."));
            };
            *pending = Some(levels.clone());
        }
        "Update" => {
            if let Some(levels) = pending.take() {
                replace(session, securable, principal, &levels)?;
            }
        }
        _ => return Ok(None),
    }
    Ok(Some(Outcome::Void))
}

fn replace(
    session: &mut Session<'_>,
    securable: Securable,
    principal: PrincipalId,
    levels: &[RoleId],
) -> Result<(), Fault> {
    let before = held(session, securable, principal)?;
    add_all(session, securable, principal, levels)?;
    for level in before.iter().filter(|level| !levels.contains(level)) {
        assignments::remove(session, securable, principal, Some(*level))?;
    }
    Ok(())
}
