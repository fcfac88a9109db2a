//! Files by their path. Only attachments are modelled: `{list}/Attachments/{item}/{name}`.

use super::navigate::unknown;
use super::path::Segment;
use super::resource::Resource;
use crate::sharepoint::operations::attachments;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::ItemId;

/// `web/GetFileByServerRelativePath(decodedUrl='…')` and `web/GetFileByServerRelativeUrl('…')`.
///
/// # Errors
/// 404 for a file that is not there or not for the caller.
pub(super) fn file(session: &Session<'_>, segment: &Segment) -> Result<Resource, Fault> {
    let argument = if segment.name.ends_with("path") {
        "decodedurl"
    } else {
        "serverrelativeurl"
    };
    let path = segment.required(argument, 0)?;
    let attached = |path: &str| {
        let (folder, name) = path.rsplit_once('/')?;
        let (folder, item) = folder.rsplit_once('/')?;
        let list = folder.strip_suffix("/Attachments")?;
        Some((list.to_owned(), ItemId(item.parse().ok()?), name.to_owned()))
    };
    let (list, item, name) = attached(path).ok_or_else(|| unknown(path))?;
    let list = session.list_by_url(&list)?.id;
    let file = attachments::find(session, list, item, &name)?;
    Ok(Resource::Attachment(list, item, file.file_name.clone()))
}
