//! The tenant as it is born: what Microsoft gives, fictional staff, and app registrations. Nothing of ours:
//! lists, levels and webhooks are made over the wire.

mod administrator;
mod apps;
mod credentials;
mod farm;
mod groups;
mod licences;
mod people;
mod staff;

use std::path::Path;

use jiff::Timestamp;
use uuid::Uuid;

use crate::directory::{Directory, ObjectId};
use crate::entra::SigningKey;
use crate::exchange::{Exchange, Mailbox, MailboxKind};
use crate::graph::Mailboxes;
use crate::ledger::Ledger;
use crate::sharepoint::SharePoint;
use crate::sharepoint::birth::classic_site;
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::{GrantRole, Identity, SiteUser};
use crate::sharepoint::state::site::{AppGrant, Site};
use crate::switches::Switches;
use crate::world::{Ids, Tenant, TenantNames, World};

pub use crate::entra::PRINCIPAL_NAME as SPFX_CLIENT;
pub use administrator::{appoint_administrator, ask_of_graph};
pub use apps::{ALMIGHTY, OURS, PORTAL, PORTAL_REDIRECT};
pub use credentials::{CredentialError, certificate_file};
pub use farm::with_farm;
pub use groups::{ADMINISTRATORS, EVERYDAY};
pub use licences::{SPE_E3, SPE_E5};

/// Path of the workflow site.
pub const SITE: &str = "/sites/flow";
/// The mailbox that sends our mails.
pub const SENDER: &str = "flow";

#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("certificates of the apps: {0}")]
    Credentials(#[from] CredentialError),
    #[error("signing key: {0}")]
    SigningKey(#[from] crate::entra::KeyError),
    #[error("manifests: {0}")]
    Manifest(#[from] serde_json::Error),
    #[error("manifests/entra-app.json asks for the role {0}, which manifests/permissions.json does not name")]
    UnknownRole(Uuid),
}

/// The tenant of `seed`: the same seed gives the same ids. Keys and certificates are kept under `data`, so a
/// restart knows the clients of before.
pub fn world(seed: u64, data: &Path, now: Timestamp) -> Result<World, SeedError> {
    let mut ids = Ids::seeded(seed);
    let names = TenantNames {
        id: ids.uuid(),
        name: "contoso".to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "コントソ株式会社".to_owned(),
    };
    let mut directory = Directory {
        skus: licences::skus(),
        ..Directory::default()
    };
    people::employ(&mut directory, &mut ids, &names.domain, now);
    groups::found(&mut directory, &mut ids, now);
    apps::register(&mut directory, &mut ids, data)?;
    let sharepoint = sharepoint(&directory, &names, &mut ids, now);
    apps::add_portal(&mut directory, &mut ids);
    for app in directory.apps.values_mut() {
        app.registration.created = now;
    }
    let exchange = exchange(&directory, now);
    let tenant = Tenant {
        directory,
        sharepoint,
        mailboxes: Mailboxes::default(),
        exchange,
        ledger: Ledger::default(),
        switches: Switches::default(),
        ids,
    };
    let key = SigningKey::load_or_create(data)?;
    Ok(World::new(names, tenant).signing_with(key))
}

/// The sender's mailbox is shared; the others come with licences.
fn exchange(directory: &Directory, now: Timestamp) -> Exchange {
    let mut exchange = Exchange::default();
    let is_sender = |name: &str| name.starts_with(&format!("{SENDER}@"));
    let mut people = directory.users.values();
    if let Some(sender) = people.find(|user| is_sender(&user.user_principal_name)) {
        let shared = Mailbox {
            kind: MailboxKind::Shared,
            ready_from: now,
        };
        exchange.mailboxes.insert(sender.id, shared);
    }
    exchange
}

/// An empty classic site with one grant: full control for our app (Sites.Selected). The head of Information
/// Systems administers it.
fn sharepoint(directory: &Directory, names: &TenantNames, ids: &mut Ids, now: Timestamp) -> SharePoint {
    let admin = directory
        .users
        .values()
        .find(|user| is(user, "情報システム部") && is(user, "部長"));
    let admins: Vec<_> = admin.into_iter().collect();
    let mut site = classic_site(ids, SITE, "申請ポータル", &admins, now);
    site.language = 1041;
    welcome_everyone(&mut site, names);
    if let Some(app) = directory.apps.values().find(|app| app.display_name == OURS) {
        let grant = AppGrant {
            app: app.app_id,
            display_name: OURS.to_owned(),
            role: GrantRole::FullControl,
        };
        site.grants.insert(ids.uuid(), grant);
    }
    SharePoint {
        sites: vec![site],
        last_event: 0,
    }
}

/// The whole company may visit the portal, as an owner of a new site arranges it.
fn welcome_everyone(site: &mut Site, names: &TenantNames) {
    site.last_principal += 1;
    let id = PrincipalId(site.last_principal);
    let everyone = SiteUser {
        id,
        login_name: format!("c:0-.f|rolemanager|spo-grid-all-users/{}", names.id),
        title: "Everyone except external users".to_owned(),
        email: String::new(),
        user_principal_name: None,
        identity: Identity::EveryoneExceptExternal,
        name_id: None,
        is_site_admin: false,
        hidden: false,
    };
    site.users.insert(id, everyone);
    let visitors = site.associated_visitors;
    if let Some(visitors) = site.groups.get_mut(&visitors) {
        visitors.members.insert(id);
    }
}

/// Whether department or post of a person is this.
fn is(user: &crate::directory::User, text: &str) -> bool {
    ["department", "jobTitle"]
        .iter()
        .any(|name| user.properties.get(*name).is_some_and(|value| value == text))
}

/// Ids of the people in `department`, in order of id.
fn members_of(directory: &Directory, department: &str) -> Vec<ObjectId> {
    directory
        .users
        .values()
        .filter(|user| is(user, department))
        .map(|user| user.id)
        .collect()
}

#[cfg(test)]
mod tests;
