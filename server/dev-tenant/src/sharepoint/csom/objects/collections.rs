//! The children of collections.

use crate::sharepoint::csom::object::{ItemHandle, Object};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{assignments, lists, versions};

/// `None` for an object that is no collection.
pub(in crate::sharepoint::csom) fn children(
    session: &Session<'_>,
    object: &Object,
) -> Result<Option<Vec<Object>>, Fault> {
    let site = session.site();
    Ok(Some(match object {
        Object::Lists => lists::visible(session)
            .into_iter()
            .map(|list| Object::List(list.id, None))
            .collect(),
        Object::Items(items) => items
            .items
            .iter()
            .map(|id| Object::Item(ItemHandle::existing(items.list, *id)))
            .collect(),
        Object::Versions(list, item) => versions::versions(session, *list, *item)?
            .into_iter()
            .map(|version| Object::Version(*list, *item, version.id()))
            .collect(),
        Object::Attachments(list, item) => session
            .item(*list, *item)?
            .attachments
            .values()
            .map(|file| Object::Attachment(*list, *item, file.file_name.clone()))
            .collect(),
        Object::Fields(_) | Object::Views(_) | Object::ContentTypes(_) => of_list(session, object)?,
        Object::RoleDefinitions => site.roles.keys().map(|id| Object::RoleDefinition(*id)).collect(),
        Object::Bindings(levels) => levels.iter().map(|id| Object::RoleDefinition(*id)).collect(),
        Object::RoleAssignments(securable) => assignments::assignments(session, *securable)?
            .assignments
            .keys()
            .map(|id| Object::RoleAssignment(*securable, *id, None))
            .collect(),
        Object::SiteUsers => site.users.keys().map(|id| Object::Principal(*id)).collect(),
        Object::SiteGroups => site.groups.keys().map(|id| Object::Principal(*id)).collect(),
        Object::GroupUsers(group) => super::people::members(session, *group)?
            .into_iter()
            .map(Object::Principal)
            .collect(),
        Object::Changes(changes) => changes
            .iter()
            .map(|change| Object::Change(Box::new(change.clone())))
            .collect(),
        _ => return Ok(None),
    }))
}

fn of_list(session: &Session<'_>, object: &Object) -> Result<Vec<Object>, Fault> {
    Ok(match object {
        Object::Fields(list) => {
            let fields = session.list(*list)?.fields.iter();
            fields.map(|field| Object::Field(*list, field.id, None)).collect()
        }
        Object::Views(list) => {
            let views = session.list(*list)?.views.iter();
            views.map(|view| Object::View(*list, view.id, None)).collect()
        }
        Object::ContentTypes(list) => {
            let types = session.list(*list)?.content_types.iter();
            types
                .map(|known| Object::ContentType(*list, known.id.clone()))
                .collect()
        }
        _ => Vec::new(),
    })
}
