//! What stands around every page: suite bar, people to sign in as, site title, quick launch.

use serde::Serialize;

use super::return_path;
use super::visit::Visit;
use crate::sharepoint::operations::lists;
use crate::sharepoint::rest::digest;
use crate::sharepoint::state::list::List;

#[derive(Debug, Serialize)]
pub(super) struct Frame {
    pub(super) title: String,
    tenant: String,
    site: Link,
    person: String,
    staff: Vec<Link>,
    quick_launch: Vec<Link>,
    contents: String,
    digest: String,
    here: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub(super) text: String,
    pub(super) href: String,
    pub(super) current: bool,
}

impl Link {
    pub(super) fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            current: false,
        }
    }
}

impl Frame {
    pub(super) fn of(visit: &Visit<'_, '_>, title: impl Into<String>) -> Self {
        let session = &visit.session;
        let site = session.site();
        Self {
            title: title.into(),
            tenant: session.names.display_name.clone(),
            site: Link::new(&site.title, &site.path),
            person: name_of_person(visit),
            staff: staff(visit),
            quick_launch: quick_launch(visit),
            contents: format!("{}/_layouts/15/viewlsts.aspx", site.path),
            digest: digest::issue(session),
            here: return_path::here(visit.call),
        }
    }
}

fn name_of_person(visit: &Visit<'_, '_>) -> String {
    let session = &visit.session;
    let me = session.site().users.get(&session.author());
    me.map(|me| me.title.clone()).unwrap_or_default()
}

fn quick_launch(visit: &Visit<'_, '_>) -> Vec<Link> {
    let home = format!("{}/SitePages/Home.aspx", visit.site_path());
    let lists = lists::visible(&visit.session);
    let shown = lists.into_iter().filter(|list| !list.settings.hidden);
    let mut links: Vec<Link> = shown.map(|list| Link::new(&list.title, view_url(list))).collect();
    links.insert(0, Link::new("ホーム", home));
    for link in &mut links {
        link.current = folder(&link.href).is_some_and(|folder| visit.call.path.starts_with(folder));
    }
    links
}

fn folder(href: &str) -> Option<&str> {
    href.rsplit_once('/').map(|(folder, _)| folder)
}

/// The default view of a list, as its links lead to it.
pub(super) fn view_url(list: &List) -> String {
    let views = &list.views;
    let default = views.iter().find(|view| view.default_view).or(views.first());
    let page = default.map_or("AllItems", |view| view.page.as_str());
    page_url(list, page)
}

/// `{list}/{page}.aspx`; a library keeps its pages in `Forms`.
pub(super) fn page_url(list: &List, page: &str) -> String {
    let forms = if list.base_template == 101 { "/Forms" } else { "" };
    let path = format!("{}{forms}/{page}.aspx", list.root_folder);
    percent_encoding::utf8_percent_encode(&path, PATH).to_string()
}

/// What a path must not hold as it is.
const PATH: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\');

/// Everybody of the directory, to try the site as another person: a comfort of the dev tenant alone.
fn staff(visit: &Visit<'_, '_>) -> Vec<Link> {
    let here = return_path::here(visit.call);
    let users = visit.session.tenant.directory.users.values();
    let present = users.filter(|user| user.account_enabled && user.deleted.is_none());
    let mut staff: Vec<Link> = present
        .map(|user| {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("loginasanotheruser", "true")
                .append_pair("login_hint", &user.user_principal_name)
                .append_pair("Source", &here)
                .finish();
            let href = format!("/_layouts/15/closeConnection.aspx?{query}");
            Link::new(&user.display_name, href)
        })
        .collect();
    staff.sort_by(|one, two| one.text.cmp(&two.text));
    staff
}
