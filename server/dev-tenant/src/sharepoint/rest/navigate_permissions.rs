//! What every web, list and item has: assignments and effective permissions.

use serde_json::{Value, json};

use super::navigate::principal;
use super::path::Segment;
use super::resource::Resource;
use super::{body, entities};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::people::identify;
use crate::sharepoint::operations::principal::Principal;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::Identity;

pub(super) fn step(
    session: &Session<'_>,
    here: &Resource,
    segment: &Segment,
) -> Result<Option<Resource>, Fault> {
    if let Resource::RoleAssignments(securable) = here {
        let id = PrincipalId(segment.number("principalid", 0)?);
        return Ok(Some(Resource::RoleAssignment(*securable, id)));
    }
    if let Resource::RoleAssignment(securable, id) = here {
        return Ok(match segment.name.as_str() {
            "member" => Some(principal(session, *id)),
            "roledefinitionbindings" => Some(Resource::Bindings(*securable, *id)),
            _ => None,
        });
    }
    let Some(securable) = here.securable() else {
        return Ok(None);
    };
    Ok(match segment.name.as_str() {
        "roleassignments" if segment.arguments.is_empty() => Some(Resource::RoleAssignments(securable)),
        "roleassignments" => {
            let id = PrincipalId(segment.number("principalid", 0)?);
            Some(Resource::RoleAssignment(securable, id))
        }
        "effectivebasepermissions" => Some(mask("EffectiveBasePermissions", session.permissions(securable)?)),
        "getusereffectivepermissions" => {
            let who = somebody(session, segment.required("username", 0)?)?;
            Some(mask(
                "GetUserEffectivePermissions",
                session.permissions_of(securable, &who)?,
            ))
        }
        "doesuserhavepermissions" if *here == Resource::Web => {
            let wanted = wanted(segment.required("permissionmask", 0)?)?;
            let held = session.permissions(securable)?.has(wanted);
            Some(Resource::Scalar(
                "DoesUserHavePermissions".to_owned(),
                json!(held),
            ))
        }
        "firstuniqueancestorsecurableobject" => Some(match session.first_unique(securable)? {
            Securable::Web => Resource::Web,
            Securable::List(list) => Resource::List(list),
            Securable::Item(list, item) => Resource::Item(list, item),
        }),
        "hasuniqueroleassignments" => {
            let unique = session.has_unique_assignments(securable)?;
            Some(Resource::Scalar(
                "HasUniqueRoleAssignments".to_owned(),
                json!(unique),
            ))
        }
        _ => None,
    })
}

fn mask(name: &str, permissions: BasePermissions) -> Resource {
    Resource::Scalar(name.to_owned(), entities::mask(permissions))
}

/// A person by login, known to the site or only to the directory.
fn somebody(session: &Session<'_>, login: &str) -> Result<Principal, Fault> {
    let known = session
        .site()
        .user_by_login(login)
        .map(|user| user.identity.clone());
    let identity = known.or_else(|| identify(&session.tenant.directory, login, session.names.id));
    match identity {
        Some(Identity::Person(person)) => Ok(Principal::person(
            session.site(),
            &session.tenant.directory,
            person,
        )),
        _ => Err(Fault::user_not_found(login)),
    }
}

/// A mask as the value of an alias, `{'High':'0','Low':'4'}`: scripts write either kind of quotes.
fn wanted(text: &str) -> Result<BasePermissions, Fault> {
    let wrong = || Fault::invalid_query(format!("The expression \"{text}\" is not valid."));
    let mask: Value = serde_json::from_str(&text.replace('\'', "\"")).map_err(|_| wrong())?;
    let mask = mask.as_object().ok_or_else(wrong)?;
    let half = |name: &str| body::whole(mask, name).ok_or_else(wrong);
    Ok(BasePermissions::from_parts(half("High")?, half("Low")?))
}
