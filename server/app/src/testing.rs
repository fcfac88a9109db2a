//! A service in a folder of its own, for tests that need the store but no tenant.

mod directory;
mod story;

use std::sync::Arc;

use m365::{Cloud, Pace, SharePoint, Tenant, TenantSettings, Transport, TransportSettings};
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::X509Builder;
use tempfile::TempDir;

use crate::config::Config;
use crate::service::Service;

pub(crate) use directory::{ACCOUNT, Directory, GROUP, MANAGER, SKU};
pub(crate) use story::{approved, completed, events, mails, person, sent_back};

pub(crate) struct TestService {
    pub(crate) service: Arc<Service>,
    folder: TempDir,
}

impl TestService {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(path("app.pem"), certificate()).unwrap();
        let config: Config = toml::from_str(&format!(
            r#"
            [tenant]
            id = "00000000-0000-0000-0000-000000000001"
            domain = "contoso.example"
            [app]
            client_id = "00000000-0000-0000-0000-000000000002"
            certificate = "{}"
            [site]
            url = "https://contoso.sharepoint.com/sites/flow"
            [server]
            listen = "127.0.0.1:0"
            public_url = "https://flow.contoso.example"
            [database]
            url = "sqlite://{}"
            [evidence]
            key = "{}"
            [mail]
            sender = "flow@contoso.example"
            [people]
            administrators = "00000000-0000-0000-0000-000000000003"
            [network]
            clock_offset = "{}"
            "#,
            path("app.pem"),
            path("flow.db"),
            path("evidence.pem"),
            path("offset")
        ))
        .unwrap();
        let service = Service::open(config).await.unwrap();
        service.store.migrate().await.unwrap();
        Self { service, folder }
    }
}

impl TestService {
    /// Moves the clock.
    pub(crate) fn later(&self, by: jiff::SignedDuration) {
        std::fs::write(self.folder.path().join("offset"), by.as_millis().to_string()).unwrap();
    }

    /// The same, with Entra and Graph at this directory.
    pub(crate) async fn with(directory: &Directory) -> Self {
        let mut test = Self::open().await;
        let service = Arc::get_mut(&mut test.service).unwrap();
        let settings = TenantSettings {
            tenant_id: service.config.tenant.id,
            client_id: service.config.app.client_id,
            credentials: crate::credentials::in_use::configured(&service.config).unwrap(),
            cloud: Cloud {
                login: directory.origin.clone(),
                graph: directory.origin.clone(),
                exchange: directory.origin.clone(),
            },
            pace: Pace::default(),
            sharepoint: SharePoint::Online,
        };
        let transport = Transport::new(&TransportSettings::default()).unwrap();
        let clock = Arc::new(service.clock.clone());
        service.microsoft = Tenant::new(transport, clock, settings).unwrap();
        let site = format!("{}/sites/flow", directory.origin);
        service.site = service.microsoft.site(&site).unwrap();
        test
    }
}

fn certificate() -> Vec<u8> {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut builder = X509Builder::new().unwrap();
    builder.set_pubkey(&key).unwrap();
    builder
        .set_not_before(&Asn1Time::days_from_now(0).unwrap())
        .unwrap();
    builder
        .set_not_after(&Asn1Time::days_from_now(30).unwrap())
        .unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    let mut pem = key.private_key_to_pem_pkcs8().unwrap();
    pem.extend(builder.build().to_pem().unwrap());
    pem
}
