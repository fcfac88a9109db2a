//! Real TLS on loopback.

use std::path::Path;
use std::sync::Arc;

use super::{Running, serve};
use crate::directory::Directory;
use crate::entra::SigningKey;
use crate::graph::Mailboxes;
use crate::ledger::Ledger;
use crate::sharepoint::SharePoint;
use crate::switches::Switches;
use crate::world::{Ids, Tenant, TenantNames, World};

fn start(data: &Path) -> Running {
    let names = TenantNames {
        id: uuid::Uuid::from_u128(1),
        name: "contoso".to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
    };
    let tenant = Tenant {
        directory: Directory::default(),
        sharepoint: SharePoint::default(),
        mailboxes: Mailboxes::default(),
        ledger: Ledger::default(),
        switches: Switches::default(),
        ids: Ids::seeded(1),
    };
    let key = SigningKey::load_or_create(data).unwrap();
    let world = Arc::new(World::new(names, tenant).signing_with(key));
    serve("127.0.0.1:0".parse().unwrap(), data, world).unwrap()
}

async fn get(running: &Running, ca: &[u8], url: &str, host: Option<&str>) -> reqwest::Response {
    let mut builder =
        reqwest::Client::builder().add_root_certificate(reqwest::Certificate::from_pem(ca).unwrap());
    for name in ["login.microsoftonline.com", "graph.microsoft.com"] {
        builder = builder.resolve(name, running.address);
    }
    if host.is_some() {
        builder = builder.http1_only();
    }
    let mut request = builder.build().unwrap().get(url);
    if let Some(host) = host {
        request = request.header("host", host);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn the_tenant_answers_under_microsofts_names_and_keeps_its_ca_and_key_over_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let running = start(data.path());
    let ca = std::fs::read(&running.ca_file).unwrap();
    let port = running.address.port();
    let keys = format!(
        "https://login.microsoftonline.com:{port}/{}/discovery/v2.0/keys",
        running.world.names.id
    );
    let before = get(&running, &ca, &keys, None).await.text().await.unwrap();
    running.stop().await;

    let running = start(data.path());
    let keys = keys.replace(&port.to_string(), &running.address.port().to_string());
    let after = get(&running, &ca, &keys, None).await.text().await.unwrap();
    assert!(before.contains("\"kid\""), "{before}");
    assert_eq!(before, after);
    running.stop().await;
}

#[tokio::test]
async fn graph_refuses_a_call_without_a_token_and_an_unknown_host_is_misdirected() {
    let data = tempfile::tempdir().unwrap();
    let running = start(data.path());
    let ca = std::fs::read(&running.ca_file).unwrap();
    let url = format!(
        "https://graph.microsoft.com:{}/v1.0/users",
        running.address.port()
    );
    assert_eq!(get(&running, &ca, &url, None).await.status(), 401);
    let stray = get(&running, &ca, &url, Some("elsewhere.example")).await;
    assert_eq!(stray.status(), 421);
    running.stop().await;
}
