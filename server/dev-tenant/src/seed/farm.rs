//! The company's SharePoint Server, where there is one: an empty classic site of the same people.

use jiff::Timestamp;
use serde_json::json;

use super::{SITE, is};
use crate::directory::Directory;
use crate::sharepoint::birth::classic_site;
use crate::sharepoint::farm::accounts::sid;
use crate::sharepoint::farm::{Farm, FarmSite};
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::{Identity, SiteUser};
use crate::sharepoint::state::site::Site;
use crate::world::{Ids, TenantNames, World};

/// Claim of everybody with a Windows account.
const EVERYBODY: &str = "c:0!.s|windows";

/// The same world with a farm at `host`, whose domain the staff were synchronised from.
#[must_use]
pub fn with_farm(world: World, host: &str, now: Timestamp) -> World {
    let farm = {
        let mut tenant = world.tenant();
        let tenant = &mut *tenant;
        let farm = Farm::new(host, tenant.ids.uuid());
        synchronise(&mut tenant.directory, &world.names);
        let site = site(&tenant.directory, &world.names, &farm, &mut tenant.ids, now);
        tenant.sharepoint.sites.push(site);
        farm
    };
    world.beside(farm)
}

/// What Entra Connect writes of everybody (Microsoft Graph, "user resource type").
fn synchronise(directory: &mut Directory, names: &TenantNames) {
    for user in directory.users.values_mut() {
        let name = user.user_principal_name.split('@').next().unwrap_or_default();
        let from_active_directory = [
            ("onPremisesSyncEnabled", json!(true)),
            ("onPremisesSecurityIdentifier", json!(sid(user.id).to_uppercase())),
            ("onPremisesSamAccountName", json!(name)),
            ("onPremisesDomainName", json!(format!("{}.local", names.name))),
        ];
        let properties = from_active_directory.map(|(key, value)| (key.to_owned(), value));
        user.properties.extend(properties);
    }
}

fn site(directory: &Directory, names: &TenantNames, farm: &Farm, ids: &mut Ids, now: Timestamp) -> Site {
    let mut site = classic_site(ids, SITE, "申請ポータル", &[], now);
    site.language = 1041;
    site.farm = Some(FarmSite {
        host: farm.host.clone(),
        domain: names.name.clone(),
        ..FarmSite::default()
    });
    let mut people = directory.users.values();
    if let Some(admin) = people.find(|user| is(user, "情報システム部") && is(user, "部長")) {
        let owners = site.associated_owners;
        let id = next(&mut site);
        let user = SiteUser {
            is_site_admin: true,
            ..site.user_of(id, admin)
        };
        join(&mut site, owners, user);
    }
    let visitors = site.associated_visitors;
    let everybody = SiteUser {
        id: next(&mut site),
        login_name: EVERYBODY.to_owned(),
        title: "All Users (windows)".to_owned(),
        email: String::new(),
        user_principal_name: None,
        identity: Identity::EveryoneExceptExternal,
        name_id: None,
        is_site_admin: false,
        hidden: false,
    };
    join(&mut site, visitors, everybody);
    site
}

fn next(site: &mut Site) -> PrincipalId {
    site.last_principal += 1;
    PrincipalId(site.last_principal)
}

fn join(site: &mut Site, group: PrincipalId, user: SiteUser) {
    if let Some(group) = site.groups.get_mut(&group) {
        group.members.insert(user.id);
    }
    site.users.insert(user.id, user);
}
