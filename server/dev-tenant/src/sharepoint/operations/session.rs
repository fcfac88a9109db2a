//! One caller at work in one site: the argument of every operation.

use std::cell::Cell;

use jiff::Timestamp;
use uuid::Uuid;

use super::fault::Fault;
use super::limits;
use super::people;
use super::principal::{Principal, PrincipalKind};
use super::recycled_names;
use crate::caller::Caller;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::{ItemId, ListId, PrincipalId, SiteId};
use crate::sharepoint::state::item::Item;
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::site::Site;
use crate::world::{Tenant, TenantNames};

#[derive(Debug)]
pub struct Session<'a> {
    pub tenant: &'a mut Tenant,
    pub names: &'a TenantNames,
    pub at: Timestamp,
    pub request_id: Uuid,
    pub principal: Principal,
    site: usize,
    /// Beyond the usual ones, because of a list with many scopes.
    further_round_trips: Cell<u32>,
}

/// What the shell knows about the request.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    pub names: &'a TenantNames,
    pub at: Timestamp,
    pub request_id: Uuid,
}

impl<'a> Session<'a> {
    /// Opens a site for a caller. A person who comes for the first time and has access becomes a site user.
    ///
    /// # Errors
    /// 401 for an app by secret, 404 for an unknown site, 403 for who has no access to the site at all.
    pub fn open(
        tenant: &'a mut Tenant,
        occasion: Occasion<'a>,
        site: SiteId,
        caller: &Caller,
    ) -> Result<Self, Fault> {
        recycled_names::follow(tenant, occasion.at);
        let index = tenant
            .sharepoint
            .sites
            .iter()
            .position(|known| known.id == site)
            .ok_or_else(Fault::file_not_found)?;
        let (place, directory) = (&tenant.sharepoint.sites[index], &tenant.directory);
        let mut principal = Principal::resolve(place, directory, caller)?;
        if let (Caller::Person(person), true) = (caller, tenant.switches.recycled_upn_inherits_rights) {
            recycled_names::inherit(&mut principal, place, directory, person.person);
        }
        let mut session = Self {
            tenant,
            names: occasion.names,
            at: occasion.at,
            request_id: occasion.request_id,
            principal,
            site: index,
            further_round_trips: Cell::new(0),
        };
        session.require_web(BasePermissions::OPEN)?;
        session.introduce()?;
        Ok(session)
    }

    /// As [`Session::open`], for REST and the object model, which need "Use Remote Interfaces"; pages do not.
    pub fn open_remotely(
        tenant: &'a mut Tenant,
        occasion: Occasion<'a>,
        site: SiteId,
        caller: &Caller,
    ) -> Result<Self, Fault> {
        let session = Self::open(tenant, occasion, site, caller)?;
        session.require_web(BasePermissions::USE_REMOTE_APIS)?;
        Ok(session)
    }

    fn introduce(&mut self) -> Result<(), Fault> {
        let PrincipalKind::Person { person, .. } = self.principal.kind else {
            return Ok(());
        };
        if self.principal.id.is_none() {
            let id = people::add_person(self, person).ok_or_else(Fault::access_denied)?;
            self.principal.id = Some(id);
            self.principal.all.insert(id);
        }
        Ok(())
    }

    pub fn site(&self) -> &Site {
        &self.tenant.sharepoint.sites[self.site]
    }

    pub fn site_mut(&mut self) -> &mut Site {
        &mut self.tenant.sharepoint.sites[self.site]
    }

    /// Author and editor of what this session does.
    pub fn author(&self) -> PrincipalId {
        self.principal
            .id
            .unwrap_or(crate::sharepoint::state::ids::SYSTEM_ACCOUNT)
    }

    /// `https://{host}{site path}`.
    pub fn web_url(&self) -> String {
        format!("{}{}", self.host_url(), self.site().path)
    }

    /// `https://{name}.sharepoint.com`, or the farm's own host.
    pub fn host_url(&self) -> String {
        if let Some(farm) = &self.site().farm {
            return format!("https://{}", farm.host);
        }
        format!("https://{}.sharepoint.com", self.names.name)
    }

    /// A list that the caller may open.
    ///
    /// # Errors
    /// 404 for a list that is not there or not for him.
    pub fn list(&self, id: ListId) -> Result<&List, Fault> {
        let found = self.site().lists.get(&id);
        let list = found
            .filter(|list| self.may_open_list(list))
            .ok_or_else(Fault::list_id_not_found)?;
        let trips = limits::further_round_trips(list.items.unique_scopes());
        self.further_round_trips
            .set(self.further_round_trips.get().max(trips));
        Ok(list)
    }

    /// Round trips that the session took beyond the usual ones.
    pub fn further_round_trips(&self) -> u32 {
        self.further_round_trips.get()
    }

    pub fn list_by_title(&self, title: &str) -> Result<&List, Fault> {
        self.site()
            .list_by_title(title)
            .filter(|list| self.may_open_list(list))
            .ok_or_else(|| Fault::list_not_found(title, &self.site().path))
    }

    /// By the server-relative URL of the root folder.
    pub fn list_by_url(&self, url: &str) -> Result<&List, Fault> {
        self.site()
            .list_by_url(url)
            .filter(|list| self.may_open_list(list))
            .ok_or_else(Fault::file_not_found)
    }

    /// An item that the caller may read.
    ///
    /// # Errors
    /// 404 for what is not there or not for him.
    pub fn item(&self, list: ListId, item: ItemId) -> Result<&Item, Fault> {
        let list = self.list(list)?;
        list.items
            .get(&item)
            .filter(|item| self.may_read(list, item))
            .ok_or_else(Fault::item_not_found)
    }

    /// The list for writing. The caller's rights have been checked before.
    pub(crate) fn list_mut(&mut self, id: ListId) -> Result<&mut List, Fault> {
        self.site_mut()
            .lists
            .get_mut(&id)
            .ok_or_else(Fault::list_id_not_found)
    }

    /// Changes an item. The caller's rights have been checked before.
    pub(crate) fn change_item<T>(
        &mut self,
        list: ListId,
        item: ItemId,
        act: impl FnOnce(&mut Item) -> T,
    ) -> Result<T, Fault> {
        let done = self.list_mut(list)?.items.change(item, act);
        done.ok_or_else(Fault::item_not_found)
    }

    /// Notes an effect in the ledger; `what` follows `sharepoint:`.
    pub fn record(&mut self, what: &str) {
        let who = self.principal.ledger_name();
        let (at, request) = (self.at, self.request_id);
        self.tenant
            .record(at, request, &who, format!("sharepoint:{what}"));
    }
}
