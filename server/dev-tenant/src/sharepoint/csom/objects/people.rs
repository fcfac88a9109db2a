//! Site users, SharePoint groups and their members.

use crate::sharepoint::csom::argument::{Arguments, text};
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::parameter::Value;
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::farm::accounts::ACTIVE_DIRECTORY;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::groups;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::{SiteGroup, SiteUser};

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const USER_PROPERTIES: [&str; 9] = [
    "Email",
    "Id",
    "IsHiddenInUI",
    "IsSiteAdmin",
    "LoginName",
    "PrincipalType",
    "Title",
    "UserId",
    "UserPrincipalName",
];
pub(in crate::sharepoint::csom) const GROUP_PROPERTIES: [&str; 8] = [
    "AllowMembersEditMembership",
    "Description",
    "Id",
    "LoginName",
    "OnlyAllowMembersViewMembership",
    "OwnerTitle",
    "PrincipalType",
    "Title",
];

/// `SP.Utilities.PrincipalType` of a SharePoint group.
const SHAREPOINT_GROUP: i64 = 8;

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    id: PrincipalId,
    name: &str,
) -> Found<Property> {
    let site = session.site();
    if let Some(user) = site.users.get(&id) {
        return Ok(of_user(user, name).map(Property::Value));
    }
    let group = site
        .groups
        .get(&id)
        .ok_or_else(|| Fault::principal_not_found(id.0))?;
    Ok(match name {
        "Users" => Some(Property::Object(Object::GroupUsers(id))),
        "Owner" => Some(Property::Object(Object::Principal(group.owner))),
        _ => of_group(session, group, name).map(Property::Value),
    })
}

fn of_user(user: &SiteUser, name: &str) -> Option<Wire> {
    Some(match name {
        "Email" => Wire::text(&user.email),
        "Id" => Wire::Integer(i64::from(user.id.0)),
        "IsHiddenInUI" => Wire::Boolean(user.hidden),
        "IsSiteAdmin" => Wire::Boolean(user.is_site_admin),
        "LoginName" => Wire::text(&user.login_name),
        "PrincipalType" => Wire::Integer(i64::from(user.principal_type())),
        "Title" => Wire::text(&user.title),
        "UserPrincipalName" => Wire::optional(user.user_principal_name.as_deref()),
        "UserId" if user.is_windows_account() => user_id(user.name_id.as_deref(), ACTIVE_DIRECTORY),
        "UserId" => user_id(user.name_id.as_deref(), "urn:federation:microsoftonline"),
        "AadObjectId" => {
            let id = user.object_id().map(|id| id.0.to_string());
            user_id(id.as_deref(), "urn:federation:microsoftonline")
        }
        _ => return None,
    })
}

fn user_id(name_id: Option<&str>, issuer: &str) -> Wire {
    name_id.map_or(Wire::Null, |name_id| {
        Wire::typed(
            "SP.UserIdInfo",
            [
                ("NameId", Wire::text(name_id)),
                ("NameIdIssuer", Wire::text(issuer)),
            ],
        )
    })
}

fn of_group(session: &Session<'_>, group: &SiteGroup, name: &str) -> Option<Wire> {
    Some(match name {
        "AllowMembersEditMembership" => Wire::Boolean(group.allow_members_edit_membership),
        "Description" => Wire::text(&group.description),
        "Id" => Wire::Integer(i64::from(group.id.0)),
        "LoginName" | "Title" => Wire::text(&group.title),
        "OnlyAllowMembersViewMembership" => Wire::Boolean(group.only_members_view_membership),
        "OwnerTitle" => Wire::text(crate::sharepoint::caml::column::person(session, group.owner).1),
        "PrincipalType" => Wire::Integer(SHAREPOINT_GROUP),
        _ => return None,
    })
}

pub(in crate::sharepoint::csom) fn known_user(
    session: &Session<'_>,
    id: PrincipalId,
) -> Result<PrincipalId, Fault> {
    let known = session.site().users.contains_key(&id);
    known
        .then_some(id)
        .ok_or_else(|| Fault::principal_not_found(id.0))
}

pub(in crate::sharepoint::csom) fn members(
    session: &Session<'_>,
    group: PrincipalId,
) -> Result<Vec<PrincipalId>, Fault> {
    groups::members(session, group)
}

pub(in crate::sharepoint::csom) fn users_method(
    session: &Session<'_>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let users = &session.site().users;
    let id = match name {
        "GetById" => known_user(session, PrincipalId(arguments.number(0)?))?,
        "GetByLoginName" => {
            let login = arguments.text(0)?;
            let user = session.site().user_by_login(login);
            user.ok_or_else(|| Fault::user_not_found(login))?.id
        }
        "GetByEmail" => {
            let email = arguments.text(0)?;
            let mut users = users.values();
            users
                .find(|user| user.email.eq_ignore_ascii_case(email))
                .ok_or_else(|| Fault::user_not_found(email))?
                .id
        }
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::Principal(id))))
}

pub(in crate::sharepoint::csom) fn groups_method(
    session: &mut Session<'_>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let id = match name {
        "GetById" => {
            let id = PrincipalId(arguments.number(0)?);
            let known = session.site().groups.contains_key(&id);
            known
                .then_some(id)
                .ok_or_else(|| Fault::principal_not_found(id.0))?
        }
        "GetByName" => {
            let wanted = arguments.text(0)?;
            let mut groups = session.site().groups.values();
            let found = groups.find(|group| group.title.eq_ignore_ascii_case(wanted));
            found.ok_or_else(|| Fault::argument("Group cannot be found."))?.id
        }
        "Add" => {
            let new = arguments.record(0)?;
            let member = |name: &str| text(new.get(name)).unwrap_or_default();
            groups::create(session, member("Title"), member("Description"))?
        }
        "RemoveById" => {
            groups::delete(session, PrincipalId(arguments.number(0)?))?;
            return Ok(Some(Outcome::Void));
        }
        "Remove" => {
            groups::delete(session, principal_argument(arguments)?)?;
            return Ok(Some(Outcome::Void));
        }
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::Principal(id))))
}

pub(in crate::sharepoint::csom) fn members_method(
    session: &mut Session<'_>,
    group: PrincipalId,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    match name {
        "AddUser" => {
            let user = principal_argument(arguments)?;
            groups::add_member(session, group, user)?;
            Ok(Some(Outcome::Object(Object::Principal(user))))
        }
        "Remove" => {
            groups::remove_member(session, group, principal_argument(arguments)?)?;
            Ok(Some(Outcome::Void))
        }
        "RemoveById" => {
            groups::remove_member(session, group, PrincipalId(arguments.number(0)?))?;
            Ok(Some(Outcome::Void))
        }
        "Add" => {
            let Value::Record(new) = arguments.value(0) else {
                return Err(Fault::argument("The parameter must be UserCreationInformation."));
            };
            let login = text(new.get("LoginName")).unwrap_or_default().to_owned();
            let user = crate::sharepoint::operations::people::ensure(session, &login)?;
            groups::add_member(session, group, user)?;
            Ok(Some(Outcome::Object(Object::Principal(user))))
        }
        _ => Ok(None),
    }
}

fn principal_argument(arguments: &Arguments) -> Result<PrincipalId, Fault> {
    match arguments.object(0)? {
        Object::Principal(id) => Ok(*id),
        _ => Err(Fault::argument("The parameter must be a user or a group.")),
    }
}
