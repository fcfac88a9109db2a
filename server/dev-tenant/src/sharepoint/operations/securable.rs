//! What can have permissions of its own: a web, a list, an item.

use super::effective::{scope_of_item, scope_of_list};
use super::fault::Fault;
use super::principal::Principal;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::Changed;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::scope::Scope;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Securable {
    Web,
    List(ListId),
    Item(ListId, ItemId),
}

impl Session<'_> {
    /// The scope that holds for a securable object that the caller may read.
    pub fn scope(&self, securable: Securable) -> Result<&Scope, Fault> {
        match securable {
            Securable::Web => Ok(&self.site().scope),
            Securable::List(list) => Ok(scope_of_list(self.site(), self.list(list)?)),
            Securable::Item(list, item) => {
                let found = self.item(list, item)?;
                Ok(scope_of_item(self.site(), self.list(list)?, found))
            }
        }
    }

    pub fn has_unique_assignments(&self, securable: Securable) -> Result<bool, Fault> {
        Ok(match securable {
            Securable::Web => true,
            Securable::List(list) => self.list(list)?.scope.is_some(),
            Securable::Item(list, item) => self.item(list, item)?.scope.is_some(),
        })
    }

    /// `FirstUniqueAncestorSecurableObject`: the object itself, or the nearest one above, that has own permissions.
    pub fn first_unique(&self, securable: Securable) -> Result<Securable, Fault> {
        if self.has_unique_assignments(securable)? {
            return Ok(securable);
        }
        Ok(match securable {
            Securable::Item(list, item) => match self.item(list, item)?.folder {
                Some(folder) => self.first_unique(Securable::Item(list, folder))?,
                None => self.first_unique(Securable::List(list))?,
            },
            Securable::Web | Securable::List(_) => Securable::Web,
        })
    }

    /// `EffectiveBasePermissions`: the caller's own.
    pub fn permissions(&self, securable: Securable) -> Result<BasePermissions, Fault> {
        let scope = self.scope(securable)?;
        Ok(self.permissions_in(scope, &self.principal))
    }

    /// `getUserEffectivePermissions`: somebody else's; needs the right to enumerate permissions.
    pub fn permissions_of(&self, securable: Securable, who: &Principal) -> Result<BasePermissions, Fault> {
        if who.id != self.principal.id
            && !self
                .permissions(securable)?
                .has(BasePermissions::ENUMERATE_PERMISSIONS)
        {
            return Err(Fault::access_denied());
        }
        Ok(self.permissions_in(self.scope(securable)?, who))
    }

    pub(super) fn require_manage_permissions(&self, securable: Securable) -> Result<(), Fault> {
        if self
            .permissions(securable)?
            .has(BasePermissions::MANAGE_PERMISSIONS)
        {
            Ok(())
        } else {
            Err(Fault::access_denied())
        }
    }

    /// Changes the object's own scope; `None` while it inherits.
    pub(super) fn change_own_scope<T>(
        &mut self,
        securable: Securable,
        act: impl FnOnce(&mut Scope) -> T,
    ) -> Result<Option<T>, Fault> {
        match securable {
            Securable::Web => Ok(Some(act(&mut self.site_mut().scope))),
            Securable::List(list) => Ok(self.list_mut(list)?.scope.as_mut().map(act)),
            Securable::Item(list, item) => self.change_item(list, item, |item| item.scope.as_mut().map(act)),
        }
    }

    pub(super) fn set_own_scope(&mut self, securable: Securable, scope: Option<Scope>) -> Result<(), Fault> {
        match securable {
            Securable::Web => return Err(Fault::invalid_operation("A root web cannot inherit.")),
            Securable::List(list) => self.list_mut(list)?.scope = scope,
            Securable::Item(list, item) => self.change_item(list, item, |item| item.scope = scope)?,
        }
        Ok(())
    }

    pub(super) fn changed(&self, securable: Securable) -> Result<Changed, Fault> {
        Ok(match securable {
            Securable::Web => Changed::Web,
            Securable::List(list) => Changed::List { list },
            Securable::Item(list, item) => Changed::item(list, self.item(list, item)?),
        })
    }

    /// `Lists/PFInbox/5`, `Lists/PFInbox` or `web`, as the ledger names it.
    pub(super) fn name_of(&self, securable: Securable) -> Result<String, Fault> {
        Ok(match securable {
            Securable::Web => "web".to_owned(),
            Securable::List(list) => self.list(list)?.name(),
            Securable::Item(list, item) => format!("{}/{item}", self.list(list)?.name()),
        })
    }
}
