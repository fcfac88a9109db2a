//! Lists and their settings.

use m365::Verdict;
use m365::sharepoint::{ListInfo, ListRef, ListSettings, Site};

use super::change::{Action, Changes, differing, together};
use super::{List, SetupError, Words};
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
    if let Some(detail) = differences(&info, wish, language)
        && changes.wanted_since(Action::ConfigureList, &wish.url, detail)
    {
        list.configure(&settings(wish, language)).await?;
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

fn differences(info: &ListInfo, wish: &List, language: Language) -> Option<Words> {
    let reads = info.read_security.map_or(0, u8::from);
    let writes = info.write_security.map_or(0, u8::from);
    let versions = info.major_version_limit.unwrap_or(0);
    let title = wish.title.in_language(language);
    together([
        differing(("表示名", "title"), &info.title.as_str(), &title),
        differing(
            ("閲覧できる行", "items to read"),
            &reads,
            &u8::from(wish.read_security),
        ),
        differing(
            ("編集できる行", "items to edit"),
            &writes,
            &u8::from(wish.write_security),
        ),
        differing(("版の保存", "versions"), &info.enable_versioning, &true),
        differing(
            ("版の上限", "most versions"),
            &versions,
            &wish.major_version_limit,
        ),
        differing(
            ("添付", "attachments"),
            &info.enable_attachments,
            &wish.attachments,
        ),
        differing(
            ("フォルダー", "folders"),
            &info.enable_folder_creation,
            &wish.folders,
        ),
        differing(
            ("検索から除外", "kept out of search"),
            &info.no_crawl,
            &wish.no_crawl,
        ),
    ])
}
