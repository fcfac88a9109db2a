//! `SP.Site` and `SP.Web`.

use crate::sharepoint::csom::argument::{Arguments, text};
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::objects::{changes, files, roles};
use crate::sharepoint::csom::parameter::Value;
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::people;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::web_settings::{self, WebFace};
use crate::sharepoint::state::base_permissions::BasePermissions;

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const SITE_PROPERTIES: [&str; 3] = ["Id", "ServerRelativeUrl", "Url"];
pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 9] = [
    "Created",
    "Description",
    "Id",
    "Language",
    "LastItemModifiedDate",
    "ServerRelativeUrl",
    "Title",
    "Url",
    "WebTemplate",
];

pub(in crate::sharepoint::csom) fn context_property(name: &str) -> Option<Property> {
    match name {
        "Web" => Some(Property::Object(Object::Web(None))),
        "Site" => Some(Property::Object(Object::Site)),
        _ => None,
    }
}

pub(in crate::sharepoint::csom) fn site_property(session: &Session<'_>, name: &str) -> Option<Property> {
    let site = session.site();
    Some(Property::Value(match name {
        "Id" => Wire::Guid(site.id.0),
        "ServerRelativeUrl" => Wire::text(server_relative(&site.path)),
        "Url" => Wire::text(session.web_url()),
        "RootWeb" => return Some(Property::Object(Object::Web(None))),
        _ => return None,
    }))
}

pub(in crate::sharepoint::csom) fn property(session: &Session<'_>, name: &str) -> Found<Property> {
    let site = session.site();
    Ok(Some(Property::Value(match name {
        "Created" => Wire::Date(site.created),
        "Description" => Wire::text(&site.description),
        "Id" => Wire::Guid(site.web_id.0),
        "Language" => Wire::Integer(i64::from(site.language)),
        "LastItemModifiedDate" => Wire::Date(session.at),
        "ServerRelativeUrl" => Wire::text(server_relative(&site.path)),
        "Title" => Wire::text(&site.title),
        "Url" => Wire::text(session.web_url()),
        // The template of a classic team site without its configuration number.
        "WebTemplate" => Wire::text("STS"),
        "HasUniqueRoleAssignments" => Wire::Boolean(session.has_unique_assignments(Securable::Web)?),
        "EffectiveBasePermissions" => roles::base_permissions(session.web_permissions()),
        other => return Ok(object_property(session, other).map(Property::Object)),
    })))
}

fn object_property(session: &Session<'_>, name: &str) -> Option<Object> {
    let site = session.site();
    Some(match name {
        "Lists" => Object::Lists,
        "RoleDefinitions" => Object::RoleDefinitions,
        "RoleAssignments" => Object::RoleAssignments(Securable::Web),
        "SiteUsers" => Object::SiteUsers,
        "SiteGroups" => Object::SiteGroups,
        "CurrentUser" => Object::Principal(session.author()),
        "AssociatedOwnerGroup" => Object::Principal(site.associated_owners),
        "AssociatedMemberGroup" => Object::Principal(site.associated_members),
        "AssociatedVisitorGroup" => Object::Principal(site.associated_visitors),
        _ => return None,
    })
}

/// The root site's path is written `/`.
fn server_relative(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    pending: &mut Option<WebFace>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    Ok(Some(match name {
        "Update" => {
            if let Some(face) = pending.take() {
                web_settings::update(session, face)?;
            }
            Outcome::Void
        }
        "EnsureUser" => {
            let login = arguments.text(0)?.to_owned();
            Outcome::Object(Object::Principal(people::ensure(session, &login)?))
        }
        "GetList" => {
            let list = session.list_by_url(arguments.text(0)?)?;
            Outcome::Object(Object::List(list.id, None))
        }
        "EnsureUserByObjectId" => {
            let kind = arguments.number(2)?;
            let id = people::ensure_object(session, arguments.guid(0)?, arguments.guid(1)?, kind)?;
            Outcome::Object(Object::Principal(id))
        }
        "GetFileByServerRelativeUrl" | "GetFileByServerRelativePath" => {
            Outcome::Object(files::file_at(session, arguments.value(0))?)
        }
        "GetFolderByServerRelativeUrl" | "GetFolderByServerRelativePath" => {
            Outcome::Object(files::folder_at(session, arguments.value(0))?)
        }
        "GetUserById" => {
            let id = crate::sharepoint::state::ids::PrincipalId(arguments.number(0)?);
            Outcome::Object(Object::Principal(super::people::known_user(session, id)?))
        }
        "DoesUserHavePermissions" => {
            let wanted = roles::mask(arguments.record(0)?);
            Outcome::Value(Wire::Boolean(session.web_permissions().has(wanted)))
        }
        "GetUserEffectivePermissions" => {
            let held = roles::permissions_of(session, Securable::Web, arguments.text(0)?)?;
            Outcome::Value(roles::base_permissions(held))
        }
        "GetChanges" => {
            session.require_web(BasePermissions::OPEN)?;
            Outcome::Object(changes::query(session, None, arguments.record(0)?)?)
        }
        _ => return Ok(None),
    }))
}

/// Answers whether the property is one that can be set.
pub(in crate::sharepoint::csom) fn set(
    session: &Session<'_>,
    pending: &mut Option<WebFace>,
    name: &str,
    value: &Value,
) -> Result<bool, Fault> {
    let face = pending.get_or_insert_with(|| web_settings::current(session.site()));
    let member = match name {
        "Title" => &mut face.title,
        "Description" => &mut face.description,
        _ => return Ok(false),
    };
    let given = text(value).ok_or_else(|| Fault::argument(format!("The value of {name} is not valid.")))?;
    given.clone_into(member);
    Ok(true)
}
