//! Who a caller is within one site: every principal whose assignments count for him.

use std::collections::BTreeSet;

use crate::caller::{AppCaller, Caller, Channel, PersonCaller};
use crate::directory::{AppId, Directory, ObjectId};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::{PrincipalId, RoleId, SHAREPOINT_APP};
use crate::sharepoint::state::people::{GrantRole, Identity, SiteUser};
use crate::sharepoint::state::role;
use crate::sharepoint::state::site::Site;

/// A caller as one site sees him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Author and editor of what he does; `None` = a person whom the site does not know yet.
    pub id: Option<PrincipalId>,
    /// Himself and every group he is in.
    pub all: BTreeSet<PrincipalId>,
    pub kind: PrincipalKind,
    /// The most that the token lets him do, whatever his assignments say.
    pub ceiling: BasePermissions,
    pub is_site_admin: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrincipalKind {
    App {
        app: AppId,
        display_name: String,
        level: Option<RoleId>,
    },
    Person {
        person: ObjectId,
        through: Channel,
    },
}

impl Principal {
    /// Finds out who the caller is.
    ///
    /// # Errors
    /// `Unsupported app only token.` for an app that proved itself by a secret.
    pub fn resolve(site: &Site, directory: &Directory, caller: &Caller) -> Result<Self, Fault> {
        match caller {
            Caller::App(app) => Self::of_app(site, app),
            Caller::Person(person) => Ok(Self::of_person(site, directory, person)),
        }
    }

    fn of_app(site: &Site, caller: &AppCaller) -> Result<Self, Fault> {
        if !caller.by_certificate {
            return Err(Fault::unsupported_app_only_token());
        }
        Ok(Self {
            id: Some(SHAREPOINT_APP),
            all: BTreeSet::from([SHAREPOINT_APP]),
            kind: PrincipalKind::App {
                app: caller.app_id,
                display_name: caller.display_name.clone(),
                level: app_level(site, caller),
            },
            ceiling: BasePermissions::FULL,
            is_site_admin: false,
        })
    }

    fn of_person(site: &Site, directory: &Directory, caller: &PersonCaller) -> Self {
        let mut principal = Self::person(site, directory, caller.person);
        principal.ceiling = ceiling(site, &caller.channel);
        principal.kind = PrincipalKind::Person {
            person: caller.person,
            through: caller.channel.clone(),
        };
        principal
    }

    /// A person without the limits of a token: what the site itself would let him do.
    pub fn person(site: &Site, directory: &Directory, person: ObjectId) -> Self {
        let user = site
            .users
            .values()
            .find(|user| user.identity == Identity::Person(person));
        let mut all: BTreeSet<PrincipalId> = site
            .users
            .values()
            .filter(|user| stands_for(user, directory, person))
            .map(|user| user.id)
            .collect();
        let groups: Vec<PrincipalId> = site
            .groups
            .values()
            .filter(|group| !group.members.is_disjoint(&all))
            .map(|group| group.id)
            .collect();
        all.extend(groups);
        Self {
            id: user.map(|user| user.id),
            is_site_admin: site
                .users
                .values()
                .any(|user| user.is_site_admin && all.contains(&user.id)),
            all,
            kind: PrincipalKind::Person {
                person,
                through: Channel::Cookie,
            },
            ceiling: BasePermissions::FULL,
        }
    }

    /// `app:{client id}` or `person:{object id}`, as the ledger writes it.
    pub fn ledger_name(&self) -> String {
        match &self.kind {
            PrincipalKind::App { app, .. } => format!("app:{}", app.0),
            PrincipalKind::Person { person, .. } => format!("person:{}", person.0),
        }
    }

    pub fn is_app(&self) -> bool {
        matches!(self.kind, PrincipalKind::App { .. })
    }

    /// The app's name for the columns "App Created By" and "App Modified By".
    pub fn app_name(&self) -> Option<String> {
        match &self.kind {
            PrincipalKind::App { display_name, .. } => Some(display_name.clone()),
            PrincipalKind::Person { .. } => None,
        }
    }
}

fn stands_for(user: &SiteUser, directory: &Directory, person: ObjectId) -> bool {
    let group = |id: &ObjectId| directory.groups.get(id).filter(|group| group.deleted.is_none());
    match &user.identity {
        Identity::Person(id) => *id == person,
        Identity::SecurityGroup(id) => is_member(directory, *id, person, &mut BTreeSet::new()),
        Identity::UnifiedGroupMembers(id) => group(id).is_some_and(|group| group.members.contains(&person)),
        Identity::UnifiedGroupOwners(id) => group(id).is_some_and(|group| group.owners.contains(&person)),
        Identity::EveryoneExceptExternal => directory.users.get(&person).is_some_and(is_internal),
        Identity::App(_) | Identity::SharePointApp | Identity::SystemAccount => false,
    }
}

fn is_internal(user: &crate::directory::User) -> bool {
    user.properties.get("userType").and_then(|kind| kind.as_str()) != Some("Guest")
}

/// Membership of a security group, nested groups included; `seen` guards against circles.
fn is_member(
    directory: &Directory,
    group: ObjectId,
    person: ObjectId,
    seen: &mut BTreeSet<ObjectId>,
) -> bool {
    if !seen.insert(group) {
        return false;
    }
    directory
        .groups
        .get(&group)
        .filter(|group| group.deleted.is_none())
        .is_some_and(|found| {
            found.members.contains(&person)
                || found
                    .members
                    .iter()
                    .any(|member| is_member(directory, *member, person, seen))
        })
}

/// Application permissions of "Office 365 SharePoint Online", the widest first.
fn app_level(site: &Site, caller: &AppCaller) -> Option<RoleId> {
    let has = |role: &str| caller.roles.iter().any(|held| held == role);
    let tenant_wide = [
        ("Sites.FullControl.All", role::FULL_CONTROL),
        ("Sites.Manage.All", role::DESIGN),
        ("Sites.ReadWrite.All", role::CONTRIBUTE),
        ("Sites.Read.All", role::READ),
    ];
    let wide = tenant_wide
        .into_iter()
        .find(|(name, _)| has(name))
        .map(|(_, level)| level);
    let granted = || {
        site.grants
            .values()
            .filter(|grant| grant.app == caller.app_id)
            .map(|grant| grant.role)
            .max()
            .map(GrantRole::level)
    };
    let selected = if has("Sites.Selected") { granted() } else { None };
    let width = |level: &RoleId| {
        site.roles
            .get(level)
            .map_or(0, |role| role.permissions.0.count_ones())
    };
    wide.into_iter().chain(selected).max_by_key(width)
}

/// Delegated scopes of SharePoint bound what a person's token may do.
fn ceiling(site: &Site, channel: &Channel) -> BasePermissions {
    let Channel::Token { scopes, .. } = channel else {
        return BasePermissions::FULL;
    };
    let mask = |level: RoleId| {
        site.roles
            .get(&level)
            .map_or(BasePermissions::NONE, |role| role.permissions)
    };
    scopes
        .iter()
        .map(|scope| match scope.as_str() {
            "AllSites.FullControl" | "Sites.FullControl.All" | "user_impersonation" | "full_access" => {
                BasePermissions::FULL
            }
            "AllSites.Manage" | "Sites.Manage.All" => mask(role::DESIGN),
            "AllSites.Write" | "Sites.ReadWrite.All" => mask(role::CONTRIBUTE),
            "AllSites.Read" | "Sites.Read.All" => mask(role::READ),
            _ => BasePermissions::NONE,
        })
        .fold(BasePermissions::NONE, |all, mask| all | mask)
}
