//! Effective permissions, own-items-only included: the one place that decides who may do what.

use super::fault::Fault;
use super::principal::{Principal, PrincipalKind};
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::RoleId;
use crate::sharepoint::state::item::Item;
use crate::sharepoint::state::list::{List, ReadSecurity, WriteSecurity};
use crate::sharepoint::state::role;
use crate::sharepoint::state::scope::Scope;
use crate::sharepoint::state::site::Site;

/// The scope whose assignments hold for an item: its own, its folder's, the list's or the web's.
pub fn scope_of_item<'a>(site: &'a Site, list: &'a List, item: &'a Item) -> &'a Scope {
    let mut here = Some(item);
    while let Some(item) = here {
        if let Some(scope) = &item.scope {
            return scope;
        }
        here = item.folder.and_then(|folder| list.items.get(&folder));
    }
    scope_of_list(site, list)
}

pub fn scope_of_list<'a>(site: &'a Site, list: &'a List) -> &'a Scope {
    list.scope.as_ref().unwrap_or(&site.scope)
}

impl Session<'_> {
    /// What a principal may do where `scope` holds.
    pub(super) fn permissions_in(&self, scope: &Scope, principal: &Principal) -> BasePermissions {
        if let PrincipalKind::App { level, .. } = &principal.kind {
            return level
                .as_ref()
                .map_or(BasePermissions::NONE, |level| self.mask(*level));
        }
        if principal.is_site_admin {
            return BasePermissions::FULL & principal.ceiling;
        }
        // A person is a few principals; a scope may hold thousands.
        let held = principal.all.iter().filter_map(|id| scope.assignments.get(id));
        let granted = held
            .flat_map(|levels| levels.iter().map(|level| self.mask(*level)))
            .fold(BasePermissions::NONE, |all, mask| all | mask);
        granted & principal.ceiling
    }

    fn mask(&self, level: RoleId) -> BasePermissions {
        let role = self.site().roles.get(&level);
        let mask = role.map_or(BasePermissions::NONE, |role| role.permissions);
        let limited = matches!(level, role::LIMITED_ACCESS | role::WEB_ONLY_LIMITED_ACCESS);
        if limited && self.tenant.switches.limited_access_lockdown {
            mask.without(BasePermissions::VIEW_FORM_PAGES | BasePermissions::USE_REMOTE_APIS)
        } else {
            mask
        }
    }
}

impl Session<'_> {
    pub fn web_permissions(&self) -> BasePermissions {
        self.permissions_in(&self.site().scope, &self.principal)
    }

    pub fn list_permissions(&self, list: &List) -> BasePermissions {
        self.permissions_in(scope_of_list(self.site(), list), &self.principal)
    }

    pub fn item_permissions(&self, list: &List, item: &Item) -> BasePermissions {
        self.permissions_in(scope_of_item(self.site(), list, item), &self.principal)
    }

    pub fn may_open_list(&self, list: &List) -> bool {
        self.list_permissions(list).has(BasePermissions::OPEN)
    }

    /// View right and own-items-only together.
    pub fn may_read(&self, list: &List, item: &Item) -> bool {
        self.item_permissions(list, item)
            .has(BasePermissions::VIEW_LIST_ITEMS)
            && (list.settings.read_security == ReadSecurity::All || self.is_mine_or_overridden(list, item))
    }

    /// Whether `right` (edit, delete) may be used on an item, own-items-only included.
    pub fn may_write(&self, list: &List, item: &Item, right: BasePermissions) -> bool {
        let by_setting = match list.settings.write_security {
            WriteSecurity::All => true,
            WriteSecurity::Own => self.is_mine_or_overridden(list, item),
            WriteSecurity::None => self.overrides(list, item),
        };
        by_setting && self.may_read(list, item) && self.item_permissions(list, item).has(right)
    }

    /// Whether the caller reads every item of a list that has no permissions of its own.
    pub fn reads_all(&self, list: &List) -> bool {
        let held = self.list_permissions(list);
        held.has(BasePermissions::VIEW_LIST_ITEMS)
            && (list.settings.read_security == ReadSecurity::All
                || held.has(BasePermissions::OVERRIDE_LIST_BEHAVIORS))
    }

    fn is_mine_or_overridden(&self, list: &List, item: &Item) -> bool {
        Some(item.author) == self.principal.id || self.overrides(list, item)
    }

    fn overrides(&self, list: &List, item: &Item) -> bool {
        let at_item = self.tenant.switches.override_list_behaviors_at_item
            && self
                .item_permissions(list, item)
                .has(BasePermissions::OVERRIDE_LIST_BEHAVIORS);
        at_item
            || self
                .list_permissions(list)
                .has(BasePermissions::OVERRIDE_LIST_BEHAVIORS)
    }

    pub(crate) fn require_web(&self, wanted: BasePermissions) -> Result<(), Fault> {
        require(self.web_permissions(), wanted)
    }

    pub(crate) fn require_list(&self, list: &List, wanted: BasePermissions) -> Result<(), Fault> {
        require(self.list_permissions(list), wanted)
    }
}

fn require(held: BasePermissions, wanted: BasePermissions) -> Result<(), Fault> {
    if held.has(wanted) {
        Ok(())
    } else {
        Err(Fault::access_denied())
    }
}
