//! Names that somebody else had before, and how the sites hear of new names.
//!
//! A site user is tied to a person by object id; his login name is a copy that follows late.

use jiff::{SignedDuration, Timestamp};

use super::principal::Principal;
use super::session::Session;
use crate::directory::{Directory, ObjectId, User};
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::Identity;
use crate::sharepoint::state::site::Site;
use crate::world::Tenant;

/// Carries names that changed long enough ago to every site. The numbers of the site users stay.
pub(crate) fn follow(tenant: &mut Tenant, now: Timestamp) {
    let delay = SignedDuration::from_secs(i64::from(tenant.switches.profile_sync_seconds));
    let directory = &mut tenant.directory;
    let is_due = |at: &Timestamp| now.duration_since(*at) >= delay;
    let due: Vec<ObjectId> = directory
        .renamed
        .iter()
        .filter(|(_, at)| is_due(at))
        .map(|(id, _)| *id)
        .collect();
    for id in due {
        directory.renamed.remove(&id);
        let Some(person) = directory.users.get(&id).filter(|user| user.deleted.is_none()) else {
            continue;
        };
        for site in &mut tenant.sharepoint.sites {
            rename(site, person);
        }
    }
}

fn rename(site: &mut Site, person: &User) {
    let known = site
        .users
        .values()
        .find(|user| user.identity == Identity::Person(person.id));
    let Some(id) = known.map(|user| user.id) else {
        return;
    };
    let named = site.user_of(id, person);
    displace(site, id, &named.login_name);
    if let Some(user) = site.users.get_mut(&id) {
        user.login_name = named.login_name;
        user.title = named.title;
        user.email = named.email;
        user.user_principal_name = named.user_principal_name;
    }
}

/// Whoever else bears a login name keeps it with his object id before it, as Entra keeps deleted names.
pub(super) fn displace(site: &mut Site, owner: PrincipalId, login: &str) {
    let others = site.users.values_mut().filter(|user| user.id != owner);
    for other in others.filter(|user| user.login_name.eq_ignore_ascii_case(login)) {
        if let Identity::Person(object) = other.identity {
            let (claim, name) = login.rsplit_once(['|', '\\']).unwrap_or_default();
            let mark = &login[claim.len()..login.len() - name.len()];
            other.login_name = format!("{claim}{mark}{}{name}", object.0.simple());
        }
    }
}

/// The site user who already bears the login name of a person, whoever he is; `None` = there is none, or
/// `EnsureUser` is to make a new one.
pub(super) fn bearer(session: &Session<'_>, identity: &Identity) -> Option<PrincipalId> {
    let Identity::Person(person) = identity else {
        return None;
    };
    let person = session.tenant.directory.users.get(person)?;
    let bearer = session
        .site()
        .user_by_login(&session.site().user_of(PrincipalId(0), person).login_name)?;
    let is_he = bearer.identity == *identity;
    (is_he || !session.tenant.switches.recycled_upn_gets_new_site_user).then_some(bearer.id)
}

/// The nasty behaviour of a switch: a person counts as whoever bears his login name on the site.
pub(super) fn inherit(principal: &mut Principal, site: &Site, directory: &Directory, person: ObjectId) {
    let Some(person) = directory.users.get(&person) else {
        return;
    };
    let login = site.user_of(PrincipalId(0), person).login_name;
    let Some(bearer) = site.user_by_login(&login) else {
        return;
    };
    principal.id = Some(bearer.id);
    principal.all.insert(bearer.id);
    let groups = site
        .groups
        .values()
        .filter(|group| group.members.contains(&bearer.id));
    principal.all.extend(groups.map(|group| group.id));
    principal.is_site_admin |= bearer.is_site_admin;
}
