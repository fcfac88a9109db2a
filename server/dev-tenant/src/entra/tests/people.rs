//! A tenant with people and apps they sign in to.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::fixture::{Fixture, fixture};
use crate::directory::{App, AppId, DelegatedGrant, ObjectId, User};
use crate::entra::{Audience, PRINCIPAL_NAME};

pub(super) const HANAKO: ObjectId = ObjectId(Uuid::from_u128(0x11));
pub(super) const TARO: ObjectId = ObjectId(Uuid::from_u128(0x12));
pub(super) const BLOCKED: ObjectId = ObjectId(Uuid::from_u128(0x13));
pub(super) const NEWCOMER: ObjectId = ObjectId(Uuid::from_u128(0x14));
pub(super) const INITIAL: &str = "Initial-Horse-1";

/// A public app, one with an API of version 2 and another of version 1, and the principal of web parts.
pub(super) const PUBLIC: AppId = AppId(Uuid::from_u128(0x21));
pub(super) const API: AppId = AppId(Uuid::from_u128(0x22));
pub(super) const OLD_API: AppId = AppId(Uuid::from_u128(0x23));
pub(super) const PRINCIPAL: AppId = AppId(Uuid::from_u128(0x24));

pub(super) fn person(id: ObjectId, name: &str, properties: Value) -> User {
    let Value::Object(properties) = properties else {
        panic!("properties are an object")
    };
    User {
        id,
        user_principal_name: format!("{name}@contoso.onmicrosoft.com"),
        display_name: name.to_owned(),
        account_enabled: true,
        properties,
        manager: None,
        licences: std::collections::BTreeMap::new(),
        inherited: Vec::new(),
        password: None,
        created: Timestamp::UNIX_EPOCH,
        deleted: None,
        visible_from: Timestamp::UNIX_EPOCH,
    }
}

pub(super) const USER_ADMINISTRATOR: Uuid = Uuid::from_u128(0xfe93_0be7_5e62_47db_91af_98c3_a49a_38b1);

fn app(id: AppId, name: &str) -> App {
    App {
        app_id: id,
        principal: ObjectId(Uuid::from_u128(id.0.as_u128() + 0x100)),
        display_name: name.to_owned(),
        roles: std::collections::BTreeMap::new(),
        exposed_scopes: BTreeSet::new(),
        identifier_uris: Vec::new(),
        redirect_uris: Vec::new(),
        certificates: Vec::new(),
        secrets: Vec::new(),
        access_token_version: 2,
        registration: crate::registration::Registration::default(),
    }
}

fn apps() -> [App; 4] {
    let scopes = BTreeSet::from([
        "Read".to_owned(),
        "Decide".to_owned(),
        "user_impersonation".to_owned(),
    ]);
    let api = |id, name: &str, version| App {
        exposed_scopes: scopes.clone(),
        identifier_uris: vec![format!("api://{name}")],
        access_token_version: version,
        ..app(id, name)
    };
    let public = App {
        redirect_uris: vec![
            "https://app.contoso.example/in".to_owned(),
            "http://localhost".to_owned(),
        ],
        ..app(PUBLIC, "Public")
    };
    [
        public,
        api(API, "flow", 2),
        api(OLD_API, "old", 1),
        api(PRINCIPAL, PRINCIPAL_NAME, 1),
    ]
}

fn grant(client: AppId, resource: AppId, scopes: &[&str]) -> DelegatedGrant {
    DelegatedGrant {
        client,
        resource,
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
    }
}

pub(super) fn peopled() -> Fixture {
    let fixture = fixture();
    let mut tenant = fixture.world.tenant();
    let directory = &mut tenant.directory;
    let newcomer = User {
        password: Some(INITIAL.to_owned()),
        ..person(
            NEWCOMER,
            "saburo",
            json!({"passwordProfile": {"forceChangePasswordNextSignIn": true}}),
        )
    };
    let blocked = User {
        account_enabled: false,
        ..person(BLOCKED, "jiro", Value::Object(Map::new()))
    };
    let hanako = person(
        HANAKO,
        "hanako",
        json!({"department": "総務部", "jobTitle": "課長", "mail": "hanako@contoso.com"}),
    );
    let taro = person(TARO, "taro", json!({"department": "<script>alert(1)</script>"}));
    for user in [hanako, taro, blocked, newcomer] {
        directory.users.insert(user.id, user);
    }
    for app in apps() {
        directory.apps.insert(app.app_id, app);
    }
    if let Some(flow) = directory.apps.get_mut(&AppId(super::fixture::APP)) {
        flow.redirect_uris
            .push("https://flow.contoso.example/in".to_owned());
    }
    directory
        .roles
        .insert(HANAKO, BTreeSet::from([USER_ADMINISTRATOR]));
    let service = |audience: Audience| AppId(audience.app_id());
    directory.delegated_grants = vec![
        grant(PUBLIC, service(Audience::Graph), &["User.Read", "Mail.Read"]),
        grant(PUBLIC, service(Audience::SharePoint), &["AllSites.Write"]),
        grant(PUBLIC, API, &["Read"]),
        grant(PRINCIPAL, API, &["Read"]),
        grant(PRINCIPAL, OLD_API, &["Read"]),
        grant(PRINCIPAL, service(Audience::Graph), &["User.Read"]),
    ];
    drop(tenant);
    fixture
}
