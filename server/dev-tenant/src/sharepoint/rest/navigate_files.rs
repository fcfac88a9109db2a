//! Files and folders by their path: attachments (`{list}/Attachments/{item}/{name}`), items (`{list}/5_.000`)
//! and the folders of lists.

use super::path::Segment;
use super::resource::Resource;
use crate::sharepoint::operations::attachments;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::places::{self, Place};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::ItemId;

/// `web/GetFileByServerRelativePath(decodedUrl='…')` and `web/GetFileByServerRelativeUrl('…')`.
///
/// # Errors
/// 404 for a file that is not there or not for the caller.
pub(super) fn file(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let path = path(segment)?;
    let attached = |path: &str| {
        let (folder, name) = path.rsplit_once('/')?;
        let (folder, item) = folder.rsplit_once('/')?;
        let list = folder.strip_suffix("/Attachments")?;
        Some((list.to_owned(), ItemId(item.parse().ok()?), name.to_owned()))
    };
    let Some((list, item, name)) = attached(path) else {
        return match places::find(session, path)? {
            Place::Item(list, item) => Ok(Resource::ItemFile(list, item)),
            Place::Folder(..) => Err(Fault::file_not_found()),
        };
    };
    let list = session.list_by_url(&list)?.id;
    let file = attachments::find(session, list, item, &name)?;
    Ok(Resource::Attachment(list, item, file.file_name.clone()))
}

/// `web/GetFolderByServerRelativePath(decodedUrl='…')` and `web/GetFolderByServerRelativeUrl('…')`.
pub(super) fn folder(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    match places::find(session, path(segment)?)? {
        Place::Folder(list, folder) => Ok(Resource::Folder(list, folder)),
        Place::Item(..) => Err(Fault::file_not_found()),
    }
}

fn path(segment: &Segment) -> Result<&str, Fault> {
    let argument = if segment.name.ends_with("path") {
        "decodedurl"
    } else {
        "serverrelativeurl"
    };
    segment.required(argument, 0)
}
