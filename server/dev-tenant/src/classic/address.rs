//! Which page of which site a path names.

use percent_encoding::percent_decode_str;

use crate::sharepoint::SharePoint;
use crate::sharepoint::state::ids::{ItemId, ListId, SiteId, ViewId};
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::site::Site;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) site: SiteId,
    pub(super) page: Page,
}

/// A page by what it shows. Whether the person may see it is found out later.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The site itself, which leads to its welcome page.
    Welcome,
    Home,
    /// Site contents.
    Contents,
    /// Version history; list and item stand in the query.
    Versions,
    /// A list's folder, which leads to its default view.
    List(ListId),
    View(ListId, ViewId),
    DisplayForm(ListId),
    EditForm(ListId),
    NewForm(ListId),
    Attachment(ListId, ItemId, String),
}

impl Address {
    /// Reads a path that is still percent-encoded; `None` for what no site has.
    pub(super) fn find(sharepoint: &SharePoint, path: &str) -> Option<Self> {
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let sites = sharepoint.sites.iter();
        let within = sites.filter_map(|site| Some((site, below(&path, &site.path)?)));
        let (site, rest) = within.max_by_key(|(site, _)| site.path.len())?;
        let page = page(site, &path, rest)?;
        Some(Self { site: site.id, page })
    }
}

/// What stands behind `folder` in `path`: empty, or starting with `/`.
fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let start = path.get(..folder.len())?;
    let rest = path.get(folder.len()..)?;
    let inside = rest.is_empty() || rest.starts_with('/');
    (inside && start.eq_ignore_ascii_case(folder)).then_some(rest)
}

fn page(site: &Site, path: &str, rest: &str) -> Option<Page> {
    match rest.to_ascii_lowercase().as_str() {
        "" | "/" | "/sitepages" | "/sitepages/" => Some(Page::Welcome),
        "/sitepages/home.aspx" => Some(Page::Home),
        "/_layouts/15/viewlsts.aspx" => Some(Page::Contents),
        "/_layouts/15/versions.aspx" => Some(Page::Versions),
        _ => {
            let lists = site.lists.values();
            let mut within = lists.filter_map(|list| Some((list, below(path, &list.root_folder)?)));
            let (list, rest) = within.next()?;
            in_list(list, rest)
        }
    }
}

fn in_list(list: &List, rest: &str) -> Option<Page> {
    let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
    let file = match parts.as_slice() {
        [] => return Some(Page::List(list.id)),
        ["Attachments", item, name] => {
            let item = ItemId(item.parse().ok()?);
            return Some(Page::Attachment(list.id, item, (*name).to_owned()));
        }
        [file] | ["Forms", file] => file.to_ascii_lowercase(),
        _ => return None,
    };
    match file.as_str() {
        "dispform.aspx" => Some(Page::DisplayForm(list.id)),
        "editform.aspx" => Some(Page::EditForm(list.id)),
        "newform.aspx" => Some(Page::NewForm(list.id)),
        _ => {
            let name = file.strip_suffix(".aspx")?;
            let mut views = list.views.iter();
            let view = views.find(|view| view.page.eq_ignore_ascii_case(name))?;
            Some(Page::View(list.id, view.id))
        }
    }
}
