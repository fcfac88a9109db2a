//! Lists and their settings.

use m365::Verdict;
use m365::sharepoint::{ListInfo, ListRef, ListSettings, Site};

use super::change::{Action, Changes};
use super::{List, SetupError};
use crate::config::Language;

/// Makes the list exist with its settings; `None` in a plan when it does not exist yet.
pub(super) async fn ensure(
    site: &Site,
    wish: &List,
    language: Language,
    changes: &mut Changes,
) -> Result<Option<m365::sharepoint::List>, SetupError> {
    let list = site.list(ListRef::Path(wish.url.clone()));
    let info = match list.info().await? {
        Some(info) => info,
        None if changes.wanted(Action::CreateList, &wish.url) => create(site, &list, wish).await?,
        None => return Ok(None),
    };
    let settings = settings(wish, language);
    if differs(&info, &settings) && changes.wanted(Action::ConfigureList, &wish.url) {
        list.configure(&settings).await?;
    }
    Ok(Some(list))
}

/// SharePoint makes the address of the first title; the real title follows with the settings. Two that create
/// at once end with one list: whoever was second finds the first's.
async fn create(site: &Site, list: &m365::sharepoint::List, wish: &List) -> Result<ListInfo, SetupError> {
    let made = match site.create_list(wish.url.trim_start_matches("Lists/")).await {
        Ok(made) => Some(made.id),
        Err(error) if error.verdict == Verdict::Conflict => None,
        Err(error) => return Err(error.into()),
    };
    let standing = list.info().await?.ok_or(SetupError::Unseen(wish.url.clone()))?;
    if let Some(made) = made.filter(|made| *made != standing.id) {
        // The address was taken a moment ago, so SharePoint gave ours another one.
        site.list(ListRef::Id(made)).recycle().await?;
    }
    Ok(standing)
}

fn settings(wish: &List, language: Language) -> ListSettings {
    ListSettings {
        title: Some(wish.title.in_language(language).to_owned()),
        description: Some(wish.description.in_language(language).to_owned()),
        read_security: Some(wish.read_security),
        write_security: Some(wish.write_security),
        enable_versioning: Some(true),
        major_version_limit: Some(wish.major_version_limit),
        enable_attachments: Some(wish.attachments),
        enable_folder_creation: Some(wish.folders),
        no_crawl: Some(wish.no_crawl),
        hidden: None,
    }
}

fn differs(info: &ListInfo, settings: &ListSettings) -> bool {
    settings.title.as_deref() != Some(info.title.as_str())
        || settings.read_security != info.read_security
        || settings.write_security != info.write_security
        || settings.enable_versioning != Some(info.enable_versioning)
        || settings.major_version_limit != info.major_version_limit
        || settings.enable_attachments != Some(info.enable_attachments)
        || settings.enable_folder_creation != Some(info.enable_folder_creation)
        || settings.no_crawl != Some(info.no_crawl)
}
