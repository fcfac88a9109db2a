//! What a farm of SharePoint Server is sent, and what it says of itself.

use std::sync::LazyLock;

use dev_tenant::directory::Directory;
use dev_tenant::exchange::Exchange;
use dev_tenant::graph::Mailboxes;
use dev_tenant::ledger::Ledger;
use dev_tenant::sharepoint::SharePoint;
use dev_tenant::sharepoint::farm::Farm;
use dev_tenant::sharepoint::farm::door::caller;
use dev_tenant::sharepoint::farm::trust::Issuer;
use dev_tenant::switches::Switches;
use dev_tenant::world::{Ids, Tenant, TenantNames, World};
use http::{HeaderMap, HeaderValue, header};
use m365::fuzzing;
use uuid::Uuid;

use crate::tenant::call;
use crate::text;

const HOST: &str = "sharepoint.contoso.local";
const REALM: Uuid = Uuid::from_u128(0x0f1e_2d3c_4b5a_4968_8776_6554_4332_2110);
/// Whom the farm believes. Nobody has kept the key.
const ISSUER: Uuid = Uuid::from_u128(0x1111_1111_1111_4111_8111_1111_1111_1111);
const CERTIFICATE: &str = include_str!("../issuer.crt");

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let names = TenantNames {
        id: Uuid::nil(),
        name: "contoso".to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
    };
    let tenant = Tenant {
        directory: Directory::default(),
        sharepoint: SharePoint::default(),
        mailboxes: Mailboxes::default(),
        exchange: Exchange::default(),
        ledger: Ledger::default(),
        switches: Switches::default(),
        ids: Ids::seeded(1),
    };
    let farm = Farm::new(HOST, REALM);
    let issuer = Issuer::read(CERTIFICATE, true).expect("a certificate");
    farm.trust().issuers.insert(ISSUER, issuer);
    World::new(names, tenant).beside(farm)
});

/// What stands behind `Bearer`. Nobody signs here, so nobody may be believed.
pub(super) fn token(bytes: &[u8]) {
    let Some(token) = text(bytes) else { return };
    let mut call = call("/sites/flow/_api/web", b"");
    HOST.clone_into(&mut call.host);
    if let Ok(value) = HeaderValue::from_str(&format!("Bearer {}", token.trim())) {
        call.headers.insert(header::AUTHORIZATION, value);
    }
    assert!(caller(&WORLD, &call).is_none());
}

/// Challenges line by line. A realm goes into names that we sign: it is a plain word.
pub(super) fn challenge(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let values = text.lines().filter_map(|line| HeaderValue::from_str(line).ok());
    let headers: HeaderMap = values.map(|value| (header::WWW_AUTHENTICATE, value)).collect();
    if let Some(realm) = fuzzing::realm(&headers) {
        let realm = realm.to_string();
        assert!(
            !realm.is_empty() && !realm.contains(['@', '/', '"', ' ']),
            "{realm}"
        );
    }
}
