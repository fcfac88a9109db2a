//! Real names over TLS to an address that stands in the settings.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, sync::atomic::AtomicI64};

use axum::{Router, extract::Request, routing::get};
use axum_server::tls_openssl::OpenSSLConfig;
use openssl::{
    asn1::Asn1Time,
    hash::MessageDigest,
    pkey::PKey,
    rsa::Rsa,
    x509::{X509, X509NameBuilder, extension::SubjectAlternativeName},
};
use uuid::Uuid;

use super::server::{TestClock, credentials};
use crate::{Cloud, Pace, SharePoint, Tenant, TenantSettings, Transport, TransportSettings, Verdict};

/// A certificate for Microsoft's names that nobody in the world trusts, with its key (both PEM).
fn certificate() -> (Vec<u8>, Vec<u8>) {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "test").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder
        .set_not_before(&Asn1Time::days_from_now(0).unwrap())
        .unwrap();
    builder
        .set_not_after(&Asn1Time::days_from_now(1).unwrap())
        .unwrap();
    builder.set_pubkey(&key).unwrap();
    let mut names = SubjectAlternativeName::new();
    names.dns("login.microsoftonline.com").dns("graph.microsoft.com");
    let names = names.build(&builder.x509v3_context(None, None)).unwrap();
    builder.append_extension(names).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    (
        builder.build().to_pem().unwrap(),
        key.private_key_to_pem_pkcs8().unwrap(),
    )
}

/// Answers tokens, and as a user whose name is the host that was asked.
async fn serve(certificate: &[u8], key: &[u8]) -> SocketAddr {
    let router = Router::new().fallback(get(host).post(token));
    let config = OpenSSLConfig::from_pem(certificate, key).unwrap();
    let handle = axum_server::Handle::new();
    let server =
        axum_server::bind_openssl(SocketAddr::from(([127, 0, 0, 1], 0)), config).handle(handle.clone());
    tokio::spawn(async move { server.serve(router.into_make_service()).await.unwrap() });
    handle.listening().await.unwrap()
}

async fn token() -> &'static str {
    r#"{"token_type":"Bearer","expires_in":3599,"access_token":"t"}"#
}

async fn host(request: Request) -> String {
    let host = request.uri().host().map(str::to_owned);
    let host = host.unwrap_or_else(|| request.headers()["host"].to_str().unwrap().to_owned());
    format!(
        r#"{{"id":"{}","userPrincipalName":"{host}"}}"#,
        Uuid::from_u128(7)
    )
}

fn tenant(ca: Option<Vec<u8>>, address: SocketAddr) -> Tenant {
    let names = ["login.microsoftonline.com", "graph.microsoft.com"];
    let addresses: BTreeMap<_, _> = names.map(|name| (name.to_owned(), address)).into();
    let transport = Transport::new(&TransportSettings {
        ca_pem: ca,
        addresses,
    })
    .unwrap();
    let settings = TenantSettings {
        tenant_id: Uuid::from_u128(1),
        client_id: Uuid::from_u128(2),
        credentials: vec![credentials()[0].0.clone().into()],
        cloud: Cloud::default(),
        pace: Pace::default(),
        sharepoint: SharePoint::Online,
    };
    Tenant::new(
        transport,
        Arc::new(TestClock(AtomicI64::new(1_795_305_600))),
        settings,
    )
    .unwrap()
}

#[tokio::test]
async fn names_stay_real_and_only_the_given_authority_is_trusted() {
    let (certificate, key) = certificate();
    let address = serve(&certificate, &key).await;
    let trusting = tenant(Some(certificate), address)
        .graph()
        .user("a")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(trusting.user_principal_name, "graph.microsoft.com");
    let (stranger, _) = self::certificate();
    let error = tenant(Some(stranger), address)
        .graph()
        .user("a")
        .await
        .unwrap_err();
    assert_eq!(error.verdict, Verdict::Transient { retry_after: None });
}
