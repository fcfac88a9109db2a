//! Content types of a list.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::list::ContentType;

/// Content types that every site has.
const AVAILABLE: [(&str, &str); 5] = [
    ("0x01", "Item"),
    ("0x0101", "Document"),
    ("0x0104", "Announcement"),
    ("0x0108", "Task"),
    ("0x0120", "Folder"),
];

/// `AddAvailableContentType`: a copy for the list; answers its id.
///
/// # Errors
/// 403 without ManageLists, 404 for a content type that the site does not have.
pub fn add_available(session: &mut Session<'_>, list: ListId, id: &str) -> Result<String, Fault> {
    session.require_list(session.list(list)?, BasePermissions::MANAGE_LISTS)?;
    let mut known = AVAILABLE.iter();
    let (parent, name) = known
        .find(|(known, _)| known.eq_ignore_ascii_case(id))
        .ok_or_else(Fault::file_not_found)?;
    let suffix = session.tenant.ids.uuid().simple().to_string().to_uppercase();
    let made = format!("{parent}00{suffix}");
    let effect = format!("add-content-type:{}:{name}", session.list(list)?.name());
    session.list_mut(list)?.content_types.push(ContentType {
        id: made.clone(),
        name: (*name).to_owned(),
    });
    session.record(&effect);
    Ok(made)
}
