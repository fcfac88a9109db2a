//! People as a farm knows them: Windows accounts with a security identifier.

use super::FarmSite;
use crate::directory::{Directory, ObjectId, User};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::SiteUser;
use crate::sharepoint::state::site::Site;

/// Claim prefix of a Windows account.
pub(crate) const WINDOWS_CLAIM: &str = "i:0#.w|";

/// `nii` of tokens and issuer of `UserId.NameId` for Windows accounts.
pub(crate) const ACTIVE_DIRECTORY: &str = "urn:office:idp:activedirectory";

/// The security identifier of a person, in lower case: another form of the object id.
pub(crate) fn sid(person: ObjectId) -> String {
    let (a, b, c, rest) = person.0.as_fields();
    let rest = u64::from_be_bytes(*rest);
    format!(
        "s-1-5-21-{a}-{}-{}-{}",
        (u32::from(b) << 16) | u32::from(c),
        rest >> 32,
        rest & 0xffff_ffff
    )
}

/// The person of a security identifier, unless he is gone or blocked.
pub(super) fn by_sid<'d>(directory: &'d Directory, wanted: &str) -> Option<&'d User> {
    let mut people = directory.users.values();
    people.find(|user| user.deleted.is_none() && user.account_enabled && sid(user.id) == wanted)
}

impl FarmSite {
    fn user_of(&self, id: PrincipalId, person: &User) -> SiteUser {
        let name = person.user_principal_name.split('@').next().unwrap_or_default();
        SiteUser {
            login_name: format!("{WINDOWS_CLAIM}{}\\{}", self.domain, name.to_lowercase()),
            user_principal_name: None,
            name_id: Some(sid(person.id)),
            ..SiteUser::of_person(id, person)
        }
    }
}

impl Site {
    /// The site user that a person of the directory is or would be here.
    pub(crate) fn user_of(&self, id: PrincipalId, person: &User) -> SiteUser {
        match &self.farm {
            Some(farm) => farm.user_of(id, person),
            None => SiteUser::of_person(id, person),
        }
    }
}

impl SiteUser {
    pub(crate) fn is_windows_account(&self) -> bool {
        self.login_name.starts_with(WINDOWS_CLAIM)
    }
}

/// The principal name behind `i:0#.w|contoso\hanako` or `contoso\hanako`; any other login as it is.
pub(crate) fn principal_name(session: &Session<'_>, login: &str) -> String {
    let account = login.strip_prefix(WINDOWS_CLAIM).unwrap_or(login);
    let (Some(farm), Some((domain, name))) = (&session.site().farm, account.split_once('\\')) else {
        return login.to_owned();
    };
    if domain.eq_ignore_ascii_case(&farm.domain) {
        format!("{name}@{}", session.names.domain)
    } else {
        login.to_owned()
    }
}
