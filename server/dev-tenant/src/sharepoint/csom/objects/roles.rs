//! Permission levels, masks, effective permissions.

use crate::sharepoint::csom::argument::{Arguments, number, text};
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::parameter::{Record, Value};
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::principal::Principal;
use crate::sharepoint::operations::role_definitions::{self, NewRole};
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::RoleId;
use crate::sharepoint::state::people::Identity;

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 7] = [
    "BasePermissions",
    "Description",
    "Hidden",
    "Id",
    "Name",
    "Order",
    "RoleTypeKind",
];

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    id: RoleId,
    name: &str,
) -> Found<Property> {
    let role = session.site().roles.get(&id).ok_or_else(|| missing(id))?;
    Ok(Some(Property::Value(match name {
        "BasePermissions" => base_permissions(role.permissions),
        "Description" => Wire::text(&role.description),
        "Hidden" => Wire::Boolean(role.hidden),
        "Id" => Wire::Integer(i64::from(role.id.0)),
        "Name" => Wire::text(&role.name),
        "Order" => Wire::Integer(i64::from(role.order)),
        "RoleTypeKind" => Wire::Integer(i64::from(role.role_type)),
        _ => return Ok(None),
    })))
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let id = match name {
        "GetById" => {
            let id = RoleId(arguments.number(0)?);
            session
                .site()
                .roles
                .contains_key(&id)
                .then_some(id)
                .ok_or_else(|| missing(id))?
        }
        "GetByName" => {
            let wanted = arguments.text(0)?;
            let role = session.site().roles.values().find(|role| role.name == wanted);
            role.ok_or_else(|| Fault::argument(format!("Can not find the role definition '{wanted}'.")))?
                .id
        }
        "GetByType" => {
            let wanted = arguments.number(0)?;
            let mut roles = session.site().roles.values();
            roles
                .find(|role| u32::try_from(role.role_type) == Ok(wanted) && wanted != 0)
                .ok_or_else(|| Fault::argument("roleType"))?
                .id
        }
        "Add" => role_definitions::create(session, new_role(arguments.record(0)?))?,
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::RoleDefinition(id))))
}

fn new_role(record: &Record) -> NewRole {
    let permissions = match record.get("BasePermissions") {
        Value::Record(mask_record) => mask(mask_record),
        _ => BasePermissions::NONE,
    };
    NewRole {
        name: text(record.get("Name")).unwrap_or_default().to_owned(),
        description: text(record.get("Description")).unwrap_or_default().to_owned(),
        order: number(record.get("Order"))
            .and_then(|order| i32::try_from(order).ok())
            .unwrap_or(0),
        permissions,
    }
}

pub(in crate::sharepoint::csom) fn definition_method(
    session: &mut Session<'_>,
    id: RoleId,
    name: &str,
) -> Found<Outcome> {
    if name != "DeleteObject" {
        return Ok(None);
    }
    role_definitions::delete(session, id)?;
    Ok(Some(Outcome::Void))
}

/// A binding collection lives in the request alone.
pub(in crate::sharepoint::csom) fn bindings_method(
    levels: &mut Vec<RoleId>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    if name == "RemoveAll" {
        levels.clear();
        return Ok(Some(Outcome::Void));
    }
    let Object::RoleDefinition(level) = arguments.object(0)? else {
        return Err(Fault::argument("The parameter must be a role definition."));
    };
    match name {
        "Add" => levels.push(*level),
        "Remove" => levels.retain(|held| held != level),
        _ => return Ok(None),
    }
    Ok(Some(Outcome::Void))
}

pub(in crate::sharepoint::csom) fn base_permissions(mask: BasePermissions) -> Wire {
    Wire::typed(
        "SP.BasePermissions",
        [
            ("High", Wire::Integer(i64::from(mask.high()))),
            ("Low", Wire::Integer(i64::from(mask.low()))),
        ],
    )
}

pub(in crate::sharepoint::csom) fn mask(record: &Record) -> BasePermissions {
    let half = |name: &str| number(record.get(name)).unwrap_or(0);
    BasePermissions::from_parts(half("High"), half("Low"))
}

/// Effective permissions of a person by login.
pub(in crate::sharepoint::csom) fn permissions_of(
    session: &Session<'_>,
    securable: Securable,
    login: &str,
) -> Result<BasePermissions, Fault> {
    let user = session
        .site()
        .user_by_login(login)
        .ok_or_else(|| Fault::user_not_found(login))?;
    let Identity::Person(person) = user.identity else {
        return Err(Fault::argument("Only the permissions of people are modelled."));
    };
    let who = Principal::person(session.site(), &session.tenant.directory, person);
    session.permissions_of(securable, &who)
}

fn missing(id: RoleId) -> Fault {
    Fault::argument(format!("Role definition {id} does not exist."))
}
