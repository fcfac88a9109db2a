//! From one resource to the next, segment by segment.

use uuid::Uuid;

use super::path::Segment;
use super::resource::Resource;
use super::{navigate_files, navigate_list, navigate_permissions};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{content_types, site_features};
use crate::sharepoint::state::ids::{ListId, PrincipalId, RoleId};

/// Follows a whole path.
///
/// # Errors
/// 404 for what is not there or not for the caller, 400 for what cannot be asked for there.
pub(super) fn follow(session: &Session<'_>, segments: &[Segment]) -> Result<Resource, Fault> {
    let (first, rest) = segments.split_first().ok_or_else(|| unknown("_api"))?;
    let start = match first.name.as_str() {
        "web" => Resource::Web,
        "site" => Resource::Site,
        "lists" => step(session, &Resource::Web, first)?,
        _ => return Err(unknown(&first.original)),
    };
    let mut here = start;
    for segment in rest {
        here = step(session, &here, segment)?;
    }
    Ok(here)
}

pub(super) fn unknown(name: &str) -> Fault {
    Fault::new(
        404,
        -1,
        "Microsoft.SharePoint.Client.ResourceNotFoundException",
        format!("Cannot find resource for the request {name}."),
    )
}

pub(super) fn step(session: &Session<'_>, here: &Resource, segment: &Segment) -> Result<Resource, Fault> {
    if let Some(found) = navigate_permissions::step(session, here, segment)? {
        return Ok(found);
    }
    match here {
        Resource::Site => site(session, segment),
        Resource::Features => features(session, segment),
        Resource::SiteContentTypes => site_content_type(segment),
        Resource::Web => web(session, segment),
        Resource::Lists => lists(session, segment),
        Resource::Users | Resource::GroupUsers(_) => user(session, segment),
        Resource::Groups => group(session, segment),
        Resource::Group(id) if segment.name == "users" => Ok(Resource::GroupUsers(*id)),
        Resource::Group(id) if segment.name == "owner" => {
            let owner = session.site().groups.get(id).map(|group| group.owner);
            owner
                .map(|owner| principal(session, owner))
                .ok_or_else(|| Fault::principal_not_found(id.0))
        }
        Resource::User(id) if segment.name == "groups" => {
            let groups = session
                .site()
                .groups
                .values()
                .filter(|group| group.members.contains(id));
            Ok(Resource::People(groups.map(|group| group.id).collect()))
        }
        Resource::RoleDefinitions => role(session, segment),
        Resource::RecycleBin => Ok(Resource::Recycled(segment.guid("id", 0)?)),
        Resource::Nothing => Ok(Resource::Nothing),
        other => navigate_list::step(session, other, segment),
    }
}

fn site(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    match segment.name.as_str() {
        "features" if !segment.arguments.is_empty() => features(session, segment),
        "features" => Ok(Resource::Features),
        "rootweb" => Ok(Resource::Web),
        "recyclebin" => Ok(keyed(Resource::RecycleBin, segment)?),
        _ => Err(unknown(&segment.original)),
    }
}

/// A feature that is active; one that is not is no error.
fn features(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let id = segment.guid("featureid", 0)?;
    let active = site_features::active(session.tenant).any(|feature| feature.id == id);
    Ok(if active {
        Resource::Feature(id)
    } else {
        Resource::Nothing
    })
}

fn site_content_type(segment: &Segment) -> Result<Resource, Fault> {
    let id = segment.required("contenttypeid", 0)?;
    let known = content_types::AVAILABLE
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(id));
    let known = known.map(|(id, _)| Resource::SiteContentType((*id).to_owned()));
    known.ok_or_else(Fault::file_not_found)
}

/// A collection named with a key at once: `recyclebin('…')`.
fn keyed(collection: Resource, segment: &Segment) -> Result<Resource, Fault> {
    match (&collection, segment.arguments.is_empty()) {
        (Resource::RecycleBin, false) => Ok(Resource::Recycled(segment.guid("id", 0)?)),
        _ => Ok(collection),
    }
}

fn web(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let site = session.site();
    let key = !segment.arguments.is_empty();
    match segment.name.as_str() {
        "lists" if key => lists(session, segment),
        "lists" => Ok(Resource::Lists),
        "getlist" => Ok(Resource::List(
            session.list_by_url(segment.required("listurl", 0)?)?.id,
        )),
        "getfilebyserverrelativepath" | "getfilebyserverrelativeurl" => {
            navigate_files::file(session, segment)
        }
        "getfolderbyserverrelativepath" | "getfolderbyserverrelativeurl" => {
            navigate_files::folder(session, segment)
        }
        "siteusers" if key => user(session, segment),
        "siteusers" => Ok(Resource::Users),
        "getuserbyid" => user(session, segment),
        "sitegroups" if key => group(session, segment),
        "sitegroups" => Ok(Resource::Groups),
        "associatedownergroup" => Ok(Resource::Group(site.associated_owners)),
        "associatedmembergroup" => Ok(Resource::Group(site.associated_members)),
        "associatedvisitorgroup" => Ok(Resource::Group(site.associated_visitors)),
        "currentuser" => Ok(Resource::User(session.author())),
        "contenttypes" | "availablecontenttypes" if key => site_content_type(segment),
        "contenttypes" | "availablecontenttypes" => Ok(Resource::SiteContentTypes),
        "roledefinitions" if key => role(session, segment),
        "roledefinitions" => Ok(Resource::RoleDefinitions),
        "recyclebin" => keyed(Resource::RecycleBin, segment),
        name => super::entities::scalar_property(session, &Resource::Web, name)
            .ok_or_else(|| unknown(&segment.original)),
    }
}

fn lists(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let list = match segment.name.as_str() {
        "getbytitle" => session.list_by_title(segment.required("title", 0)?)?,
        "getbyid" | "lists" => session.list(ListId(segment.guid("id", 0)?))?,
        _ => return Err(unknown(&segment.original)),
    };
    Ok(Resource::List(list.id))
}

fn user(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let key = segment.required("id", 0)?;
    let users = &session.site().users;
    let found = match segment.name.as_str() {
        "getbyemail" => users.values().find(|user| user.email.eq_ignore_ascii_case(key)),
        "getbyloginname" => session.site().user_by_login(key),
        _ => match key.parse() {
            Ok(id) => users.get(&PrincipalId(id)),
            Err(_) => session.site().user_by_login(key),
        },
    };
    found.map(|user| Resource::User(user.id)).ok_or_else(|| {
        Fault::new(
            404,
            -2_146_232_832,
            crate::sharepoint::operations::fault::SP_EXCEPTION,
            "User cannot be found.",
        )
    })
}

fn group(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let key = segment.required("id", 0)?;
    let groups = &session.site().groups;
    let by_name = || {
        groups
            .values()
            .find(|group| group.title.eq_ignore_ascii_case(key))
    };
    let found = match key.parse() {
        Ok(id) if segment.name != "getbyname" => groups.get(&PrincipalId(id)),
        _ => by_name(),
    };
    found.map(|group| Resource::Group(group.id)).ok_or_else(|| {
        Fault::new(
            404,
            -2_146_232_832,
            crate::sharepoint::operations::fault::SP_EXCEPTION,
            "Group cannot be found.",
        )
    })
}

fn role(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let key = segment.required("id", 0)?;
    let roles = &session.site().roles;
    let number: Option<u32> = key.parse().ok();
    let found = match segment.name.as_str() {
        "getbyname" => roles.values().find(|role| role.name.eq_ignore_ascii_case(key)),
        "getbytype" => roles
            .values()
            .find(|role| i64::from(role.role_type) == number.map_or(-1, i64::from)),
        _ => number.and_then(|id| roles.get(&RoleId(id))),
    };
    found
        .map(|role| Resource::RoleDefinition(role.id))
        .ok_or_else(|| {
            Fault::new(
                404,
                -2_146_232_832,
                crate::sharepoint::operations::fault::SP_EXCEPTION,
                format!("Cannot find the permission level {key}."),
            )
        })
}

pub(super) fn principal(session: &Session<'_>, id: PrincipalId) -> Resource {
    if session.site().groups.contains_key(&id) {
        Resource::Group(id)
    } else {
        Resource::User(id)
    }
}

pub(super) fn parse_guid(text: &str) -> Result<Uuid, Fault> {
    Uuid::parse_str(text.trim_matches(['{', '}'])).map_err(|_| Fault::argument("The value is no GUID."))
}
