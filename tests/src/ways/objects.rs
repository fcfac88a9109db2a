//! The object itself over REST, under each of its names and with each thing that hangs on it.

use super::{ATTACHMENT, Sight, Way, batch, object, rest};
use crate::person::{Person, list_path};

/// Identifier of version 1.0.
const FIRST: u32 = 512;

/// `None` for another way than these.
pub(super) async fn look(person: &Person, list: &str, item: i64, way: Way) -> Option<Sight> {
    let path = path(list, item, way)?;
    let is_batched = matches!(way, Way::BatchedItem | Way::BatchedVersions | Way::BatchedFile);
    let answer = if is_batched {
        batch::get(person, &path).await
    } else {
        rest(person, &path).await
    };
    Some(object(answer))
}

/// Below `/_api`.
fn path(list: &str, item: i64, way: Way) -> Option<String> {
    let lists = list_path(list);
    let below = |what: &str| format!("{lists}/items({item}){what}");
    let by_path = |path: &str| format!("web/GetFileByServerRelativePath(decodedUrl='{path}')");
    let folder = format!("/sites/flow/Lists/{list}");
    let file = format!("{folder}/Attachments/{item}/{ATTACHMENT}");
    Some(match way {
        Way::Item | Way::BatchedItem => below(""),
        Way::ItemByText => format!("{lists}/getitembystringid('{item}')"),
        // An item of a list is a file too, which has no content.
        Way::ItemAsFile => by_path(&format!("{folder}/{item}_.000")) + "/ListItemAllFields",
        Way::Column => below("/Title"),
        Way::Versions | Way::BatchedVersions => below("/versions"),
        Way::Version => below(&format!("/versions({FIRST})")),
        Way::Attachments => below("/AttachmentFiles"),
        Way::AttachedContent => below(&format!("/AttachmentFiles('{ATTACHMENT}')/$value")),
        Way::FileByPath | Way::BatchedFile => by_path(&file) + "/$value",
        Way::FileByUrl => format!("web/GetFileByServerRelativeUrl('{file}')/$value"),
        Way::OwnRights => below("/EffectiveBasePermissions"),
        Way::Texts => below("/FieldValuesAsText"),
        Way::Assignments => below("/RoleAssignments"),
        _ => return None,
    })
}
