//! Writes: which operation a method and a path mean.

use serde_json::{Map, Value};

use super::body;
use super::navigate;
use super::outcome::Outcome;
use super::path::Segment;
use super::resource::Resource;
use super::{write_files, write_items, write_lists, write_parts, write_people, write_permissions};
use crate::call::Call;
use crate::sharepoint::operations::conflict::Guard;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;

/// A write as the client means it: `X-HTTP-Method` counts over POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Merge,
    Put,
    Delete,
}

impl Verb {
    pub(super) fn of(call: &Call) -> Option<Self> {
        let tunnelled = call
            .header("x-http-method")
            .filter(|_| call.method == http::Method::POST);
        match tunnelled
            .unwrap_or(call.method.as_str())
            .to_ascii_uppercase()
            .as_str()
        {
            "GET" | "HEAD" => Some(Self::Get),
            "POST" => Some(Self::Post),
            "MERGE" | "PATCH" => Some(Self::Merge),
            "PUT" => Some(Self::Put),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// A write with all it brings.
pub(super) struct Write<'a> {
    pub(super) verb: Verb,
    pub(super) bytes: &'a [u8],
    pub(super) guard: Guard,
}

impl Write<'_> {
    pub(super) fn body(&self) -> Result<Map<String, Value>, Fault> {
        body::object(self.bytes)
    }
}

/// Does what the path and the verb mean.
///
/// # Errors
/// Whatever the operation refuses; 404 or 405 for what cannot be done there.
pub(super) fn perform(
    session: &mut Session<'_>,
    segments: &[Segment],
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    if write.verb == Verb::Post
        && let Some((asked, path)) = segments.split_last()
        && !path.is_empty()
    {
        let target = navigate::follow(session, path)?;
        if let Some(outcome) = function(session, &target, asked, write)? {
            return Ok(outcome);
        }
    }
    let target = navigate::follow(session, segments)?;
    plain(session, &target, write)
}

/// POST of a function such as `breakroleinheritance(…)`.
fn function(
    session: &mut Session<'_>,
    target: &Resource,
    asked: &Segment,
    write: &Write<'_>,
) -> Result<Option<Outcome>, Fault> {
    if let Some(outcome) = write_permissions::function(session, target, asked)? {
        return Ok(Some(outcome));
    }
    if let Some(outcome) = write_parts::function(session, target, asked, write)? {
        return Ok(Some(outcome));
    }
    match target {
        Resource::Item(..) | Resource::Attachments(..) | Resource::Attachment(..) => {
            write_items::function(session, target, asked, write)
        }
        Resource::ItemFile(list, id) | Resource::Folder(list, Some(id)) => {
            write_files::function(session, (*list, *id), asked, write)
        }
        Resource::List(list) if asked.name == "addvalidateupdateitemusingpath" => {
            write_items::add_by_form(session, *list, write).map(Some)
        }
        Resource::Web
        | Resource::Users
        | Resource::Groups
        | Resource::Group(_)
        | Resource::GroupUsers(_)
        | Resource::RecycleBin
        | Resource::Recycled(_) => write_people::function(session, target, asked, write),
        _ => write_lists::function(session, target, asked, write),
    }
}

/// Create on a collection, update and delete on an entity.
fn plain(session: &mut Session<'_>, target: &Resource, write: &Write<'_>) -> Result<Outcome, Fault> {
    match target {
        Resource::Items(_) | Resource::Item(..) | Resource::Version(..) | Resource::Attachment(..) => {
            write_items::plain(session, target, write)
        }
        Resource::RoleAssignment(..) | Resource::RoleDefinitions | Resource::RoleDefinition(_) => {
            write_permissions::plain(session, target, write)
        }
        Resource::EventReceivers(_)
        | Resource::EventReceiver(..)
        | Resource::ContentType(..)
        | Resource::SiteContentTypes
        | Resource::SiteContentType(_) => write_parts::plain(session, target, write),
        Resource::Groups
        | Resource::Group(_)
        | Resource::GroupUsers(_)
        | Resource::Web
        | Resource::User(_) => write_people::plain(session, target, write),
        // A POST to a function that reads.
        Resource::Scalar(name, value) if write.verb == Verb::Post => {
            Ok(Outcome::Value(name.clone(), value.clone()))
        }
        _ => write_lists::plain(session, target, write),
    }
}

pub(super) fn not_allowed() -> Fault {
    Fault::new(
        405,
        -1,
        crate::sharepoint::operations::fault::CLIENT_SERVICE,
        "The HTTP method is not allowed for this resource.",
    )
}
