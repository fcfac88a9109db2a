//! Site users: ensuring people and groups, finding them by login.

use uuid::Uuid;

use super::fault::Fault;
use super::recycled_names;
use super::session::Session;
use crate::directory::{Directory, ObjectId};
use crate::sharepoint::farm::accounts::principal_name;
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::{Identity, SiteUser};

/// Claim prefix of a person signed in by Entra ID.
pub const PERSON_CLAIM: &str = "i:0#.f|membership|";
/// Claim prefix of an Entra security group.
pub const SECURITY_GROUP_CLAIM: &str = "c:0t.c|tenant|";
/// Claim prefix of a Microsoft 365 group; owners have `_o` behind the id.
pub const UNIFIED_GROUP_CLAIM: &str = "c:0o.c|federateddirectoryclaimprovider|";
/// Claim prefix of "Everyone except external users".
pub const EVERYONE_CLAIM: &str = "c:0-.f|rolemanager|spo-grid-all-users/";

/// `EnsureUser`: the site user of a login, UPN, mail or group claim, made when missing. Whoever bears the login name on
/// the site is taken for the person, even if he had it before.
///
/// # Errors
/// 400 `The specified user … could not be found.`
pub fn ensure(session: &mut Session<'_>, login: &str) -> Result<PrincipalId, Fault> {
    let known = session.site().user_by_login(login);
    if let Some(known) = known.filter(|known| !matches!(known.identity, Identity::Person(_))) {
        return Ok(known.id);
    }
    if session.site().farm.is_some() && is_of_entra(login) {
        return Err(Fault::user_not_found(login));
    }
    let name = principal_name(session, login);
    let identity = identify(&session.tenant.directory, &name, session.names.id)
        .ok_or_else(|| Fault::user_not_found(login))?;
    recycled_names::bearer(session, &identity)
        .or_else(|| ensure_identity(session, &identity))
        .ok_or_else(|| Fault::user_not_found(login))
}

/// Claims that no provider of a farm knows: SharePoint Online's alone.
fn is_of_entra(login: &str) -> bool {
    let lower = login.to_lowercase();
    let claims = [
        PERSON_CLAIM,
        SECURITY_GROUP_CLAIM,
        UNIFIED_GROUP_CLAIM,
        EVERYONE_CLAIM,
    ];
    claims.iter().any(|claim| lower.starts_with(claim))
}

/// `EnsureUserByObjectId`: as [`ensure`], for a person or a security group of this tenant by object id.
///
/// # Errors
/// 400 for another tenant, another kind of principal, or an object that is not there.
pub fn ensure_object(
    session: &mut Session<'_>,
    object: Uuid,
    tenant: Uuid,
    principal_type: u32,
) -> Result<PrincipalId, Fault> {
    const USER: u32 = 1;
    const SECURITY_GROUP: u32 = 4;
    let directory = &session.tenant.directory;
    let id = ObjectId(object);
    let identity = match principal_type {
        USER if directory
            .users
            .get(&id)
            .is_some_and(|user| user.deleted.is_none()) =>
        {
            Identity::Person(id)
        }
        SECURITY_GROUP
            if directory
                .groups
                .get(&id)
                .is_some_and(|group| group.deleted.is_none()) =>
        {
            Identity::SecurityGroup(id)
        }
        _ => return Err(Fault::user_not_found(&object.to_string())),
    };
    let found = (tenant == session.names.id).then_some(identity);
    found
        .and_then(|identity| ensure_identity(session, &identity))
        .ok_or_else(|| Fault::user_not_found(&object.to_string()))
}

/// The site user of a directory object, made when missing; `None` for an object that is not there.
pub fn ensure_identity(session: &mut Session<'_>, identity: &Identity) -> Option<PrincipalId> {
    let known = session
        .site()
        .users
        .values()
        .find(|user| user.identity == *identity);
    if let Some(user) = known {
        return Some(user.id);
    }
    let described = describe(session, identity)?;
    let site = session.site_mut();
    site.last_principal += 1;
    let id = PrincipalId(site.last_principal);
    let login = described.login_name.clone();
    recycled_names::displace(site, id, &login);
    site.users.insert(id, SiteUser { id, ..described });
    session.record(&format!("ensure-user:{login}:{id}"));
    Some(id)
}

pub(super) fn add_person(session: &mut Session<'_>, person: ObjectId) -> Option<PrincipalId> {
    ensure_identity(session, &Identity::Person(person))
}

/// What a login or claim stands for in the directory.
pub fn identify(directory: &Directory, login: &str, tenant: Uuid) -> Option<Identity> {
    let lower = login.to_lowercase();
    if let Some(id) = lower.strip_prefix(SECURITY_GROUP_CLAIM) {
        return group(directory, id).map(Identity::SecurityGroup);
    }
    if let Some(id) = lower.strip_prefix(UNIFIED_GROUP_CLAIM) {
        return match id.strip_suffix("_o") {
            Some(id) => group(directory, id).map(Identity::UnifiedGroupOwners),
            None => group(directory, id).map(Identity::UnifiedGroupMembers),
        };
    }
    if let Some(id) = lower.strip_prefix(EVERYONE_CLAIM) {
        return (id == tenant.to_string()).then_some(Identity::EveryoneExceptExternal);
    }
    let name = lower.strip_prefix(PERSON_CLAIM).unwrap_or(&lower);
    directory
        .users
        .values()
        .filter(|user| user.deleted.is_none())
        .find(|user| user.user_principal_name.to_lowercase() == name || has_mail(user, name))
        .map(|user| Identity::Person(user.id))
}

fn group(directory: &Directory, id: &str) -> Option<ObjectId> {
    let id = ObjectId(Uuid::parse_str(id).ok()?);
    let found = directory.groups.get(&id)?;
    found.deleted.is_none().then_some(id)
}

fn has_mail(user: &crate::directory::User, mail: &str) -> bool {
    let own = user.properties.get("mail").and_then(|mail| mail.as_str());
    own.is_some_and(|own| own.to_lowercase() == mail)
}

fn describe(session: &mut Session<'_>, identity: &Identity) -> Option<SiteUser> {
    let directory = &session.tenant.directory;
    let described = |login_name: String, title: &str| SiteUser {
        id: PrincipalId(0),
        login_name,
        title: title.to_owned(),
        email: String::new(),
        user_principal_name: None,
        identity: identity.clone(),
        name_id: None,
        is_site_admin: false,
        hidden: false,
    };
    match identity {
        Identity::Person(id) => Some(session.site().user_of(PrincipalId(0), directory.users.get(id)?)),
        Identity::SecurityGroup(id) => {
            let group = directory.groups.get(id)?;
            Some(described(
                format!("{SECURITY_GROUP_CLAIM}{}", id.0),
                &group.display_name,
            ))
        }
        Identity::UnifiedGroupMembers(id) => {
            let group = directory.groups.get(id)?;
            let title = format!("{} Members", group.display_name);
            Some(described(format!("{UNIFIED_GROUP_CLAIM}{}", id.0), &title))
        }
        Identity::UnifiedGroupOwners(id) => {
            let group = directory.groups.get(id)?;
            let title = format!("{} Owners", group.display_name);
            Some(described(format!("{UNIFIED_GROUP_CLAIM}{}_o", id.0), &title))
        }
        Identity::EveryoneExceptExternal => {
            let login = format!("{EVERYONE_CLAIM}{}", session.names.id);
            Some(described(login, "Everyone except external users"))
        }
        Identity::App(_) | Identity::SharePointApp | Identity::SystemAccount => None,
    }
}
