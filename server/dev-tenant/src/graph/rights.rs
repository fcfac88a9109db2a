//! What the bearer of a call may do.

use super::fault::Fault;
use super::permission::SET_PASSWORDS;
use super::request::Request;
use crate::caller::{Caller, Channel};
use crate::directory::ObjectId;
use crate::exchange;
use crate::world::Tenant;

/// Directory roles, by template id, that may set passwords of ordinary people (Microsoft Entra built-in roles).
const PASSWORD_ROLES: [&str; 3] = [
    "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "62e90394-69f5-4237-9190-012177145e10",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
];

/// Those of them that reach administrators too: Global Administrator, Privileged Authentication Administrator.
const ADMINISTRATORS_ROLES: [&str; 2] = [
    "62e90394-69f5-4237-9190-012177145e10",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
];

impl Request<'_> {
    /// Whether the caller's own directory roles let him act on administrators.
    pub(crate) fn reaches_administrators(&self) -> bool {
        let Caller::App(app) = self.caller else {
            return false;
        };
        let mut wids = app.wids.iter();
        wids.any(|role| ADMINISTRATORS_ROLES.contains(&role.as_str()))
    }

    /// Whether the token carries one of `permissions`: a role of an app, a scope of a person.
    pub(crate) fn holds(&self, permissions: &[&str]) -> bool {
        let held = match self.caller {
            Caller::App(app) => &app.roles,
            Caller::Person(person) => match &person.channel {
                Channel::Token { scopes, .. } => scopes,
                Channel::Cookie => return false,
            },
        };
        held.iter().any(|held| permissions.contains(&held.as_str()))
    }

    pub(crate) fn may(&self, permissions: &[&str]) -> Result<(), Fault> {
        if self.holds(permissions) {
            Ok(())
        } else {
            Err(Fault::denied())
        }
    }

    /// A directory write by an app. A person's token also needs a directory role of that person; what roles allow is
    /// modelled for apps' objects alone.
    pub(crate) fn may_write(&self, permissions: &[&str]) -> Result<(), Fault> {
        self.may(permissions)?;
        if self.person().is_some() {
            Err(Fault::denied())
        } else {
            Ok(())
        }
    }

    /// Reading a user: everybody with the wide permissions, and each person himself by `User.Read`.
    pub(crate) fn may_read_user(&self, user: ObjectId, permissions: &[&str]) -> Result<(), Fault> {
        if self.person() == Some(user) && self.holds(&["User.Read", "User.ReadWrite"]) {
            return Ok(());
        }
        self.may(permissions)
    }

    /// Who calls, as an object of the directory.
    pub(crate) fn caller_object(&self) -> ObjectId {
        match self.caller {
            Caller::App(app) => app.principal,
            Caller::Person(person) => person.person,
        }
    }

    pub(crate) fn person(&self) -> Option<ObjectId> {
        match self.caller {
            Caller::App(_) => None,
            Caller::Person(person) => Some(person.person),
        }
    }

    /// Whether the caller may do this with any mailbox at all.
    pub(crate) fn may_some_mail(&self, tenant: &Tenant, permissions: &[&str]) -> Result<(), Fault> {
        let by_exchange = match self.caller {
            Caller::App(app) => exchange::knows(tenant, app.app_id),
            Caller::Person(_) => false,
        };
        if by_exchange || self.holds(permissions) {
            return Ok(());
        }
        Err(no_mail())
    }

    /// Mail of `owner`; a person's token reaches his own mailbox only, and an app may also be let in by Exchange.
    pub(crate) fn may_mail(
        &self,
        tenant: &Tenant,
        owner: ObjectId,
        permissions: &[&str],
    ) -> Result<(), Fault> {
        if self.holds(permissions) && self.person().is_none_or(|person| person == owner) {
            return Ok(());
        }
        if let Caller::App(app) = self.caller
            && exchange::lets(tenant, self.now, app.app_id, permissions, owner)
        {
            return Ok(());
        }
        Err(no_mail())
    }

    /// Setting a password takes a directory role besides the permission.
    pub(crate) fn may_set_password(&self) -> Result<(), Fault> {
        self.may_write(SET_PASSWORDS)?;
        let Caller::App(app) = self.caller else {
            return Err(Fault::denied());
        };
        if app
            .wids
            .iter()
            .any(|role| PASSWORD_ROLES.contains(&role.as_str()))
        {
            return Ok(());
        }
        Err(Fault::denied())
    }
}

fn no_mail() -> Fault {
    Fault::refused(
        403,
        "ErrorAccessDenied",
        "Access is denied. Check credentials and try again.",
    )
}
