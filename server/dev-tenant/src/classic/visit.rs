//! One person's visit of one page: the session, the question, and how it ends.

use uuid::Uuid;

use super::address::Address;
use super::refusal;
use crate::call::{Call, Reply};
use crate::caller::{Caller, PersonCaller};
use crate::entra::session;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::{Occasion, Session};
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::list::List;
use crate::world::World;

#[derive(Debug)]
pub(super) struct Visit<'s, 'w> {
    pub(super) session: Session<'s>,
    pub(super) call: &'w Call,
    /// The browser session's id at the login host.
    pub(super) sid: Option<Uuid>,
    query: Vec<(String, String)>,
}

/// Opens the site for the person and answers; a refusal becomes a page that says so.
pub(super) fn enter(
    world: &World,
    person: &PersonCaller,
    call: &Call,
    address: &Address,
    act: impl FnOnce(&mut Visit<'_, '_>) -> Result<Reply, Fault>,
) -> Reply {
    let occasion = Occasion {
        names: &world.names,
        at: world.clock.now(),
        request_id: call.request_id,
    };
    let sid = session::sid(world, call);
    let mut tenant = world.tenant();
    let caller = Caller::Person(person.clone());
    let session = match Session::open(&mut tenant, occasion, address.site, &caller) {
        Ok(session) => session,
        Err(fault) => return refusal::page(&fault),
    };
    let query = url::form_urlencoded::parse(call.query.as_bytes());
    let mut visit = Visit {
        session,
        call,
        sid,
        query: query.into_owned().collect(),
    };
    act(&mut visit).unwrap_or_else(|fault| refusal::framed(&visit, &fault))
}

/// A redirect within the host. Line breaks never get into the header.
pub(super) fn redirect(to: &str) -> Reply {
    let to: String = to.chars().filter(|character| !character.is_control()).collect();
    Reply::empty(302).with("Location", to)
}

impl Visit<'_, '_> {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut found = self.query.iter();
        let (_, value) = found.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// The number of the item that the page is about.
    ///
    /// # Errors
    /// 404 when the address names none.
    pub(super) fn item_id(&self) -> Result<ItemId, Fault> {
        let id = self.parameter("ID").and_then(|id| id.parse().ok());
        id.map(ItemId).ok_or_else(Fault::item_not_found)
    }

    /// `list={guid}` of pages that stand outside a list's folder.
    pub(super) fn list_id(&self) -> Result<ListId, Fault> {
        let text = self.parameter("list").unwrap_or_default();
        let id = Uuid::parse_str(text.trim_matches(['{', '}']));
        id.map(ListId).map_err(|_| Fault::list_id_not_found())
    }

    pub(super) fn site_path(&self) -> &str {
        &self.session.site().path
    }

    /// Under the lockdown the forms of an item are pages of its list like the views, whatever the item itself grants.
    ///
    /// # Errors
    /// 403 for who holds no more than Limited Access on the list.
    pub(super) fn require_pages(&self, list: ListId) -> Result<(), Fault> {
        if self.session.tenant.switches.limited_access_lockdown {
            self.list(list)?;
        }
        Ok(())
    }

    /// A list whose pages the person may open ("View Application Pages").
    ///
    /// # Errors
    /// 404 for a list that is not there or not for him, 403 without that right.
    pub(super) fn list(&self, id: ListId) -> Result<&List, Fault> {
        let list = self.session.list(id)?;
        let held = self.session.list_permissions(list);
        if held.has(BasePermissions::VIEW_FORM_PAGES) {
            Ok(list)
        } else {
            Err(Fault::access_denied())
        }
    }
}
