//! Versions of list items as the judge reads them: people by object id, values in one spelling.

use std::collections::BTreeMap;

use m365::sharepoint::{ItemId, List};
use workflow::judge::{Editor, Version};

use crate::columns;
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

/// SharePoint numbers versions as `512 * major + minor`.
const MAJOR: i32 = 512;

/// Nothing of the versions is decided on, so that nobody needs to be looked up.
pub(crate) const ALL_JUDGED: u32 = u32::MAX;

/// All versions, oldest first, with these columns. Whoever saved a version after `judged` is looked up now: a
/// number of the site may have become another person since.
pub(crate) async fn read(
    service: &Service,
    list: &List,
    item: ItemId,
    wanted: &[&'static str],
    judged: u32,
) -> Result<Vec<Version>, JobError> {
    let mut versions = Vec::new();
    let mut met = BTreeMap::new();
    for version in list.versions(item, wanted).await? {
        let number = u32::try_from(version.id / MAJOR)
            .map_err(|error| JobError::unreadable("a version's number", &error))?;
        let key = (version.editor, number > judged);
        let editor = match met.get(&key) {
            Some(editor) => Editor::clone(editor),
            None => people::editor(service, version.editor, number > judged).await?,
        };
        met.insert(key, editor.clone());
        versions.push(Version {
            number,
            label: version.label,
            created: version.created,
            editor,
            fields: columns::of_version(&version.fields, wanted),
        });
    }
    Ok(versions)
}
