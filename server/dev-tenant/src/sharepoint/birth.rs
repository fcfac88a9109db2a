//! What Microsoft gives: an empty classic team site (STS#0).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::operations::lists::empty_list;
use super::state::ids::{PrincipalId, SHAREPOINT_APP, SYSTEM_ACCOUNT, ScopeId, SiteId, WebId};
use super::state::people::{Identity, SiteGroup, SiteUser};
use super::state::role;
use super::state::scope::Scope;
use super::state::site::Site;
use crate::directory::{ObjectId, User};
use crate::world::Ids;

/// The numbers that the associated groups of a real new site have.
const OWNERS: PrincipalId = PrincipalId(3);
const VISITORS: PrincipalId = PrincipalId(4);
const MEMBERS: PrincipalId = PrincipalId(5);

/// Makes an empty classic team site at `path` (`/sites/flow`); `admins` are its site collection administrators.
pub fn classic_site(ids: &mut Ids, path: &str, title: &str, admins: &[&User], at: Timestamp) -> Site {
    let mut scope = Scope::empty(ScopeId(ids.uuid()));
    scope.add(OWNERS, role::FULL_CONTROL);
    scope.add(VISITORS, role::READ);
    scope.add(MEMBERS, role::EDIT);
    let mut site = Site {
        id: SiteId(ids.uuid()),
        web_id: WebId(ids.uuid()),
        path: path.to_owned(),
        title: title.to_owned(),
        description: String::new(),
        language: 1033,
        created: at,
        users: service_users(),
        groups: associated_groups(title),
        associated_owners: OWNERS,
        associated_members: MEMBERS,
        associated_visitors: VISITORS,
        roles: role::built_in().map(|role| (role.id, role)).collect(),
        scope,
        lists: BTreeMap::new(),
        recycle_bin: Vec::new(),
        changes: Vec::new(),
        subscriptions: BTreeMap::new(),
        grants: BTreeMap::new(),
        properties: BTreeMap::new(),
        last_principal: MEMBERS.0,
        farm: None,
        digest_secret: secret(ids),
    };
    for admin in admins {
        add_admin(&mut site, admin);
    }
    let mut documents = empty_list(ids, 101, "Documents", &format!("{path}/Shared Documents"), at);
    documents.author = SYSTEM_ACCOUNT;
    site.lists.insert(documents.id, documents);
    site
}

fn secret(ids: &mut Ids) -> [u8; 32] {
    let mut secret = [0; 32];
    secret[..16].copy_from_slice(ids.uuid().as_bytes());
    secret[16..].copy_from_slice(ids.uuid().as_bytes());
    secret
}

fn add_admin(site: &mut Site, admin: &User) {
    site.last_principal += 1;
    let id = PrincipalId(site.last_principal);
    let user = SiteUser {
        is_site_admin: true,
        ..SiteUser::of_person(id, admin)
    };
    site.users.insert(id, user);
    if let Some(owners) = site.groups.get_mut(&OWNERS) {
        owners.members.insert(id);
    }
}

fn associated_groups(title: &str) -> BTreeMap<PrincipalId, SiteGroup> {
    [(OWNERS, "Owners"), (VISITORS, "Visitors"), (MEMBERS, "Members")]
        .into_iter()
        .map(|(id, role)| {
            let group = SiteGroup {
                id,
                title: format!("{title} {role}"),
                description: String::new(),
                owner: OWNERS,
                members: BTreeSet::new(),
                only_members_view_membership: false,
                allow_members_edit_membership: false,
            };
            (id, group)
        })
        .collect()
}

fn service_users() -> BTreeMap<PrincipalId, SiteUser> {
    let user = |id, login: &str, title: &str, identity, name_id: &str| SiteUser {
        id,
        login_name: login.to_owned(),
        title: title.to_owned(),
        email: String::new(),
        user_principal_name: None,
        identity,
        name_id: Some(name_id.to_owned()),
        is_site_admin: false,
        hidden: true,
    };
    let app = user(
        SHAREPOINT_APP,
        "i:0i.t|00000003-0000-0ff1-ce00-000000000000|app@sharepoint",
        "SharePoint App",
        Identity::SharePointApp,
        "app@sharepoint",
    );
    let system = user(
        SYSTEM_ACCOUNT,
        "SHAREPOINT\\system",
        "System Account",
        Identity::SystemAccount,
        "S-1-0-0",
    );
    [app, system].into_iter().map(|user| (user.id, user)).collect()
}

impl SiteUser {
    /// The site user of a person of the directory.
    pub fn of_person(id: PrincipalId, person: &User) -> Self {
        let mail = person.properties.get("mail").and_then(|mail| mail.as_str());
        Self {
            id,
            login_name: format!("i:0#.f|membership|{}", person.user_principal_name.to_lowercase()),
            title: person.display_name.clone(),
            email: mail.unwrap_or_default().to_owned(),
            user_principal_name: Some(person.user_principal_name.clone()),
            identity: Identity::Person(person.id),
            name_id: Some(name_id(person.id)),
            is_site_admin: false,
            hidden: false,
        }
    }
}

/// A stable id in the form of `UserId.NameId` (`1003…`), different for every directory object.
fn name_id(person: ObjectId) -> String {
    format!("1003{:012x}", person.0.as_u128() & 0xffff_ffff_ffff)
}
