//! Creating, changing and removing lists.

use jiff::Timestamp;
use uuid::Uuid;

use super::fault::Fault;
use super::limits;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::built_in_fields::built_in;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::content_type::ContentType;
use crate::sharepoint::state::ids::{ListId, SYSTEM_ACCOUNT, ViewId};
use crate::sharepoint::state::items::Items;
use crate::sharepoint::state::list::{List, ListSettings, ReadSecurity, WriteSecurity};
use crate::sharepoint::state::recycled::{Recycled, RecycledContent};
use crate::sharepoint::state::view::View;
use crate::world::Ids;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    pub title: String,
    pub description: String,
    pub base_template: u32,
    /// Web-relative, e.g. `Lists/PFInbox`; without it the title names the folder.
    pub url: Option<String>,
}

/// The lists that the caller may open, by title.
pub fn visible<'a>(session: &'a Session<'_>) -> Vec<&'a List> {
    let lists = session.site().lists.values();
    let mut lists: Vec<&List> = lists.filter(|list| session.may_open_list(list)).collect();
    lists.sort_by(|one, two| one.title.cmp(&two.title));
    lists
}

/// Creates a list.
///
/// # Errors
/// 403 without ManageLists on the web, 500 for a title that is taken, 400 for an unknown template.
pub fn create(session: &mut Session<'_>, new: NewList) -> Result<ListId, Fault> {
    session.require_web(BasePermissions::MANAGE_LISTS)?;
    if !matches!(new.base_template, 100 | 101) {
        return Err(Fault::argument(format!(
            "List template {} is not modelled.",
            new.base_template
        )));
    }
    let url = new
        .url
        .unwrap_or_else(|| default_url(new.base_template, &new.title));
    let root_folder = format!("{}/{url}", session.site().path);
    let site = session.site();
    if new.title.is_empty()
        || site.list_by_title(&new.title).is_some()
        || site.list_by_url(&root_folder).is_some()
    {
        return Err(Fault::title_taken());
    }
    let (author, at) = (session.author(), session.at);
    let list = List {
        author,
        description: new.description,
        ..empty_list(
            &mut session.tenant.ids,
            new.base_template,
            &new.title,
            &root_folder,
            at,
        )
    };
    let (id, name) = (list.id, list.name());
    session.site_mut().lists.insert(id, list);
    session.log(ChangeType::Add, Changed::List { list: id });
    session.record(&format!("create-list:{name}:"));
    Ok(id)
}

/// Characters that SharePoint leaves out of a folder name made of a title.
const FORBIDDEN: &str = "~\"#%&*:<>?/\\{|}'";

fn default_url(base_template: u32, title: &str) -> String {
    let folder: String = title.chars().filter(|c| !FORBIDDEN.contains(*c)).collect();
    match base_template {
        101 => folder,
        _ => format!("Lists/{folder}"),
    }
}

/// Deletes a list for good.
pub fn delete(session: &mut Session<'_>, list: ListId) -> Result<(), Fault> {
    take(session, list, "delete-list").map(|_| ())
}

/// Moves a list to the recycle bin.
pub fn recycle(session: &mut Session<'_>, list: ListId) -> Result<Uuid, Fault> {
    let taken = take(session, list, "recycle-list")?;
    let recycled = Recycled {
        id: session.tenant.ids.uuid(),
        deleted_by: session.author(),
        deleted_at: session.at,
        content: RecycledContent::List(Box::new(taken)),
    };
    let id = recycled.id;
    session.site_mut().recycle_bin.push(recycled);
    Ok(id)
}

fn take(session: &mut Session<'_>, list: ListId, verb: &str) -> Result<List, Fault> {
    session.require_list(session.list(list)?, BasePermissions::MANAGE_LISTS)?;
    let taken = session
        .site_mut()
        .lists
        .remove(&list)
        .ok_or_else(Fault::list_id_not_found)?;
    session
        .site_mut()
        .subscriptions
        .retain(|_, subscription| subscription.list != list);
    session.log(ChangeType::Delete, Changed::List { list });
    session.record(&format!("{verb}:{}:", taken.name()));
    Ok(taken)
}

/// A list as SharePoint Online makes it: versions on, 50 kept, one view.
pub fn empty_list(ids: &mut Ids, base_template: u32, title: &str, root_folder: &str, at: Timestamp) -> List {
    List {
        id: ListId(ids.uuid()),
        title: title.to_owned(),
        description: String::new(),
        base_template,
        root_folder: root_folder.to_owned(),
        created: at,
        author: SYSTEM_ACCOUNT,
        settings: default_settings(),
        fields: built_in(),
        views: vec![all_items(ids)],
        content_types: vec![
            ContentType::copy("0x01", "Item", ids.uuid()),
            ContentType::copy("0x0120", "Folder", ids.uuid()),
        ],
        event_receivers: Vec::new(),
        items: Items::default(),
        last_item_id: 0,
        last_modified: at,
        last_deleted: at,
        last_user_modified: at,
        revision: 1,
        scope: None,
    }
}

fn default_settings() -> ListSettings {
    ListSettings {
        read_security: ReadSecurity::All,
        write_security: WriteSecurity::All,
        enable_versioning: true,
        major_version_limit: limits::DEFAULT_MAJOR_VERSIONS,
        enable_attachments: true,
        enable_folder_creation: false,
        content_types_enabled: false,
        hidden: false,
        no_crawl: false,
        on_quick_launch: false,
        list_experience: 0,
        draft_version_visibility: 0,
        disable_grid_editing: false,
        validation_formula: None,
        validation_message: None,
    }
}

fn all_items(ids: &mut Ids) -> View {
    View {
        id: ViewId(ids.uuid()),
        title: "All Items".to_owned(),
        page: "AllItems".to_owned(),
        fields: vec!["LinkTitle".to_owned()],
        query: String::new(),
        row_limit: 30,
        paged: true,
        default_view: true,
        personal: false,
        hidden: false,
        custom_formatter: None,
    }
}
