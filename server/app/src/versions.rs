//! Versions of list items as the judge reads them: people by object id, values in one spelling.

use m365::sharepoint::{ItemId, List};
use workflow::judge::Version;

use crate::columns;
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

/// SharePoint numbers versions as `512 * major + minor`.
const MAJOR: i32 = 512;

/// All versions, oldest first, with these columns.
pub(crate) async fn read(
    service: &Service,
    list: &List,
    item: ItemId,
    wanted: &[&'static str],
) -> Result<Vec<Version>, JobError> {
    let mut versions = Vec::new();
    for version in list.versions(item, wanted).await? {
        versions.push(Version {
            number: u32::try_from(version.id / MAJOR)
                .map_err(|error| JobError::unreadable("a version's number", &error))?,
            label: version.label,
            created: version.created,
            editor: people::editor(service, version.editor).await?,
            fields: columns::of_version(&version.fields, wanted),
        });
    }
    Ok(versions)
}
