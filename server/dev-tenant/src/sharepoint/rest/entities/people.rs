//! Users, groups, permission levels, assignments.

use serde_json::{Value, json};

use super::{map, mask};
use crate::sharepoint::farm::accounts::ACTIVE_DIRECTORY;
use crate::sharepoint::operations::assignments;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::rest::shape::Entity;
use crate::sharepoint::state::ids::{PrincipalId, RoleId};
use crate::sharepoint::state::people::{Identity, SiteUser};

pub(super) fn user(session: &Session<'_>, id: PrincipalId) -> Result<Entity, Fault> {
    let user = session
        .site()
        .users
        .get(&id)
        .ok_or_else(|| Fault::principal_not_found(id.0))?;
    Ok(Entity {
        type_name: "SP.User".to_owned(),
        path: format!("Web/GetUserById({id})"),
        properties: map(json!({
            "Id": id,
            "IsHiddenInUI": user.hidden,
            "LoginName": user.login_name,
            "Title": user.title,
            "PrincipalType": user.principal_type(),
            "Email": user.email,
            "Expiration": "",
            "IsEmailAuthenticationGuestUser": false,
            "IsShareByEmailGuestUser": false,
            "IsSiteAdmin": user.is_site_admin,
            "UserId": user_id(user),
            "UserPrincipalName": user.user_principal_name,
            "AadObjectId": user.object_id().map(|id| json!({
                "NameId": id.0, "NameIdIssuer": "urn:federation:microsoftonline"
            })),
        })),
        deferred: vec!["Groups"],
        ..Entity::default()
    })
}

fn user_id(user: &SiteUser) -> Value {
    let issuer = match user.identity {
        Identity::SharePointApp => "TrustedProvider:00000003-0000-0ff1-ce00-000000000000",
        Identity::SystemAccount => ACTIVE_DIRECTORY,
        _ if user.is_windows_account() => ACTIVE_DIRECTORY,
        _ => "urn:federation:microsoftonline",
    };
    user.name_id
        .as_ref()
        .map_or(Value::Null, |id| json!({"NameId": id, "NameIdIssuer": issuer}))
}

pub(super) fn group(session: &Session<'_>, id: PrincipalId) -> Result<Entity, Fault> {
    let group = session
        .site()
        .groups
        .get(&id)
        .ok_or_else(|| Fault::principal_not_found(id.0))?;
    let owner = session
        .site()
        .groups
        .get(&group.owner)
        .map(|owner| owner.title.clone());
    Ok(Entity {
        type_name: "SP.Group".to_owned(),
        path: format!("Web/SiteGroups/GetById({id})"),
        properties: map(json!({
            "Id": id,
            "IsHiddenInUI": false,
            "LoginName": group.title,
            "Title": group.title,
            "PrincipalType": 8,
            "AllowMembersEditMembership": group.allow_members_edit_membership,
            "AllowRequestToJoinLeave": false,
            "AutoAcceptRequestToJoinLeave": false,
            "Description": group.description,
            "OnlyAllowMembersViewMembership": group.only_members_view_membership,
            "OwnerTitle": owner,
            "RequestToJoinLeaveEmailSetting": "",
        })),
        deferred: vec!["Owner", "Users"],
        ..Entity::default()
    })
}

pub(super) fn role(session: &Session<'_>, id: RoleId) -> Result<Entity, Fault> {
    let role = session.site().roles.get(&id);
    let role = role.ok_or_else(|| Fault::argument(format!("Role definition {id} does not exist.")))?;
    Ok(Entity {
        type_name: "SP.RoleDefinition".to_owned(),
        path: format!("Web/RoleDefinitions({id})"),
        properties: map(json!({
            "Id": id,
            "Name": role.name,
            "Description": role.description,
            "Order": role.order,
            "Hidden": role.hidden,
            "RoleTypeKind": role.role_type,
            "BasePermissions": mask(role.permissions),
        })),
        ..Entity::default()
    })
}

pub(super) fn assignment(
    session: &Session<'_>,
    securable: Securable,
    id: PrincipalId,
) -> Result<Entity, Fault> {
    let scope = assignments::assignments(session, securable)?;
    assignments::levels(scope, id).ok_or_else(|| Fault::principal_not_found(id.0))?;
    let base = match securable {
        Securable::Web => "Web".to_owned(),
        Securable::List(list) => super::list::path(list),
        Securable::Item(list, item) => format!("{}/Items({item})", super::list::path(list)),
    };
    Ok(Entity {
        type_name: "SP.RoleAssignment".to_owned(),
        path: format!("{base}/RoleAssignments/GetByPrincipalId({id})"),
        properties: map(json!({"PrincipalId": id})),
        deferred: vec!["Member", "RoleDefinitionBindings"],
        ..Entity::default()
    })
}
