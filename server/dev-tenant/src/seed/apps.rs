//! Three registrations: ours, exactly as the manifests say, one that may do everything, for other programs, and a
//! client of the company's own that decides by our API. Besides, the principal of web parts, which every tenant has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use openssl::x509::X509;
use serde::Deserialize;
use uuid::Uuid;

use super::SeedError;
use super::credentials::{certificate_file, read_or_make};
use crate::directory::{App, AppCertificate, AppId, DelegatedGrant, Directory};
use crate::entra::{Audience, PRINCIPAL_NAME};
use crate::world::Ids;

/// Name of our registration, as in `manifests/entra-app.json`.
pub const OURS: &str = "Provisioning Flow";
/// Name of the registration for other programs.
pub const ALMIGHTY: &str = "Every permission";

/// Name of the client that decides by our API.
pub const PORTAL: &str = "Approval portal";
/// Where it listens when people sign in: a native program on their own machine.
pub const PORTAL_REDIRECT: &str = "http://localhost";
/// The scope of ours that it is granted.
const DECIDE: &str = "decide";

/// Without this directory role no permission lets an app set passwords (Microsoft Entra built-in roles,
/// "User Administrator").
const USER_ADMINISTRATOR: Uuid = Uuid::from_u128(0xfe93_0be7_5e62_47db_91af_98c3_a49a_38b1);

/// Without a role like this the permission below lets an app run no cmdlet ("Exchange Administrator").
const EXCHANGE_ADMINISTRATOR: Uuid = Uuid::from_u128(0x2923_2cdf_9323_42fd_ade2_1d09_7af3_e4de);
const MANAGE_EXCHANGE: &str = "Exchange.ManageAsApp";

const MANIFEST: &str = include_str!("../../../../manifests/entra-app.json");
const PERMISSIONS: &str = include_str!("../../../../manifests/permissions.json");

/// What the almighty app holds.
const EVERYTHING: [(Audience, &[&str]); 3] = [
    (Audience::Exchange, &[MANAGE_EXCHANGE]),
    (
        Audience::SharePoint,
        &[
            "Sites.FullControl.All",
            "User.ReadWrite.All",
            "TermStore.ReadWrite.All",
        ],
    ),
    (
        Audience::Graph,
        &[
            "Application.ReadWrite.All",
            "OrgContact.Read.All",
            "ProfilePhoto.ReadWrite.All",
            "Team.Create",
            "TeamMember.ReadWrite.All",
            "TeamSettings.ReadWrite.All",
            "Directory.ReadWrite.All",
            "Group.ReadWrite.All",
            "GroupMember.ReadWrite.All",
            "LicenseAssignment.ReadWrite.All",
            "Mail.ReadWrite",
            "Mail.Send",
            "MailboxSettings.ReadWrite",
            "Organization.Read.All",
            "Policy.ReadWrite.ApplicationConfiguration",
            "Sites.FullControl.All",
            "User.DeleteRestore.All",
            "User.ReadWrite.All",
            "User-PasswordProfile.ReadWrite.All",
        ],
    ),
];

/// The part of an Entra app manifest that a registration is made of.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    api: Api,
    web: Web,
    required_resource_access: Vec<Resource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Api {
    requested_access_token_version: u8,
    oauth2_permission_scopes: Vec<Scope>,
}

#[derive(Deserialize)]
struct Scope {
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Web {
    redirect_uris: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    resource_app_id: Uuid,
    resource_access: Vec<Access>,
}

#[derive(Deserialize)]
struct Access {
    id: Uuid,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    id: Uuid,
}

pub(super) fn register(directory: &mut Directory, ids: &mut Ids, data: &Path) -> Result<(), SeedError> {
    let ours = ours(ids, data)?;
    let almighty = almighty(ids, data)?;
    // Known to nobody: for programs that test how a wrong certificate is refused.
    read_or_make(&certificate_file(data, "wrong"))?;
    let spfx = spfx_client(ids);
    directory.roles.insert(ours.principal, roles_of(&ours));
    directory
        .roles
        .insert(almighty.principal, BTreeSet::from([EXCHANGE_ADMINISTRATOR]));
    for app in [ours, almighty, spfx] {
        directory.apps.insert(app.app_id, app);
    }
    Ok(())
}

/// What an administrator assigns to our principal: who manages Exchange needs a role there too.
fn roles_of(ours: &App) -> BTreeSet<Uuid> {
    let held = ours.roles.get(&Audience::Exchange.app_id());
    let manages = held.is_some_and(|roles| roles.contains(MANAGE_EXCHANGE));
    let exchange = manages.then_some(EXCHANGE_ADMINISTRATOR);
    [USER_ADMINISTRATOR].into_iter().chain(exchange).collect()
}

fn ours(ids: &mut Ids, data: &Path) -> Result<App, SeedError> {
    let manifest: Manifest = serde_json::from_str(MANIFEST)?;
    let permissions: BTreeMap<String, Vec<Named>> = serde_json::from_str(PERMISSIONS)?;
    let names: BTreeMap<Uuid, String> = permissions
        .into_values()
        .flatten()
        .map(|named| (named.id, named.name))
        .collect();
    let mut roles: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for resource in manifest.required_resource_access {
        for access in resource.resource_access {
            let name = names.get(&access.id).ok_or(SeedError::UnknownRole(access.id))?;
            roles
                .entry(resource.resource_app_id)
                .or_default()
                .insert(name.clone());
        }
    }
    let mut app = app(ids, OURS, roles, &read_or_make(&certificate_file(data, "app"))?)?;
    app.registration.asks = app.roles.clone();
    app.identifier_uris = vec![format!("api://{}", app.app_id.0)];
    app.exposed_scopes = manifest
        .api
        .oauth2_permission_scopes
        .into_iter()
        .map(|scope| scope.value)
        .collect();
    app.redirect_uris = manifest.web.redirect_uris;
    app.access_token_version = manifest.api.requested_access_token_version;
    Ok(app)
}

fn almighty(ids: &mut Ids, data: &Path) -> Result<App, SeedError> {
    let roles = EVERYTHING.map(|(audience, names)| {
        (
            audience.app_id(),
            names.iter().map(|name| (*name).to_owned()).collect(),
        )
    });
    app(
        ids,
        ALMIGHTY,
        BTreeMap::from(roles),
        &read_or_make(&certificate_file(data, "almighty"))?,
    )
}

/// A public client, granted what it takes to decide as whoever is signed in to it.
pub(super) fn add_portal(directory: &mut Directory, ids: &mut Ids) {
    let portal = App {
        display_name: PORTAL.to_owned(),
        redirect_uris: vec![PORTAL_REDIRECT.to_owned()],
        exposed_scopes: BTreeSet::new(),
        ..spfx_client(ids)
    };
    let ours = directory.apps.values().find(|app| app.display_name == OURS);
    directory.delegated_grants.extend(ours.map(|ours| DelegatedGrant {
        client: portal.app_id,
        resource: ours.app_id,
        scopes: BTreeSet::from([DECIDE.to_owned()]),
    }));
    directory.apps.insert(portal.app_id, portal);
}

/// Has no permissions of its own and nothing to sign in with: people sign in through it.
fn spfx_client(ids: &mut Ids) -> App {
    App {
        app_id: AppId(ids.uuid()),
        principal: ids.object_id(),
        display_name: PRINCIPAL_NAME.to_owned(),
        roles: BTreeMap::new(),
        exposed_scopes: BTreeSet::from(["user_impersonation".to_owned()]),
        identifier_uris: Vec::new(),
        redirect_uris: Vec::new(),
        certificates: Vec::new(),
        secrets: Vec::new(),
        access_token_version: 1,
        registration: crate::registration::Registration::default(),
    }
}

fn app(
    ids: &mut Ids,
    name: &str,
    roles: BTreeMap<Uuid, BTreeSet<String>>,
    certificate: &X509,
) -> Result<App, SeedError> {
    Ok(App {
        app_id: AppId(ids.uuid()),
        principal: ids.object_id(),
        display_name: name.to_owned(),
        roles,
        exposed_scopes: BTreeSet::new(),
        identifier_uris: Vec::new(),
        redirect_uris: Vec::new(),
        certificates: vec![AppCertificate {
            key_id: ids.uuid(),
            der: STANDARD.encode(certificate.to_der().map_err(super::CredentialError::from)?),
            not_after: Timestamp::MAX,
            removed: false,
        }],
        secrets: Vec::new(),
        access_token_version: 1,
        registration: crate::registration::Registration::default(),
    })
}
