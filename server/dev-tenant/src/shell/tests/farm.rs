//! SharePoint Server over TLS: its add-in is registered by the control API, and its receiver answers by SOAP.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use axum_server::Handle;
use axum_server::tls_openssl::OpenSSLConfig;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use openssl::x509::X509;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::house::House;
use crate::seed::certificate_file;
use crate::shell::issue_leaf;

const HOST: &str = "sharepoint.contoso.local";
const ISSUER: Uuid = Uuid::from_u128(0x1a);
const CLIENT: Uuid = Uuid::from_u128(0x2b);
const WEB: &str = "https://sharepoint.contoso.local/sites/flow/_api/web";
const MANIFEST: &str = r#"<App xmlns="http://schemas.microsoft.com/sharepoint/2012/app/manifest" Name="flow" ProductID="{2a1d35a9-1b4c-4a0e-9a8e-6b6d9a3f7c11}" Version="1.0.0.0" SharePointMinVersion="15.0.0.0"><Properties><Title>Flow</Title><StartPage>https://flow.contoso.example/</StartPage></Properties><AppPrincipal><RemoteWebApplication ClientId="00000000-0000-0000-0000-00000000002b"/></AppPrincipal><AppPermissionRequests AllowAppOnlyPolicy="true"><AppPermissionRequest Scope="http://sharepoint/content/sitecollection" Right="FullControl"/></AppPermissionRequests></App>"#;

/// The add-in: it finds the realm, signs, and hears of events.
#[derive(Clone)]
struct AddIn {
    client: Client,
    token: String,
    heard: Arc<Mutex<Vec<String>>>,
    /// How many items there were when it was asked.
    seen: Arc<Mutex<Vec<u64>>>,
}

impl AddIn {
    async fn call(&self, method: &str, path: &str, body: &Value) -> Response {
        let call = self
            .client
            .request(method.parse().unwrap(), format!("{WEB}{path}"));
        let call = call
            .bearer_auth(&self.token)
            .header("accept", "application/json;odata=nometadata");
        call.json(body).send().await.unwrap()
    }

    async fn count(&self) -> u64 {
        let list = self
            .call("GET", "/lists/getbytitle('Things')", &Value::Null)
            .await;
        list.json::<Value>().await.unwrap()["ItemCount"].as_u64().unwrap()
    }
}

/// Looks at the list before it answers: the tenant must be free meanwhile.
async fn hear(State(add_in): State<AddIn>, headers: HeaderMap, body: String) -> String {
    let action = headers["soapaction"].to_str().unwrap().to_owned();
    add_in.heard.lock().unwrap().push(action.clone());
    if action.ends_with("/ProcessOneWayEvent\"") {
        return String::new();
    }
    let seen = add_in.count().await;
    add_in.seen.lock().unwrap().push(seen);
    let status = if body.contains(">bad<") {
        "CancelWithError"
    } else {
        "Continue"
    };
    format!(
        r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ProcessEventResponse xmlns="http://schemas.microsoft.com/sharepoint/remoteapp/"><ProcessEventResult><ErrorMessage>not so</ErrorMessage><Status>{status}</Status></ProcessEventResult></ProcessEventResponse></s:Body></s:Envelope>"#
    )
}

async fn receiver(house: &House, add_in: AddIn) -> (SocketAddr, Handle<SocketAddr>) {
    let leaf = issue_leaf(house.data.path(), &["flow.contoso.example"]).unwrap();
    let config = OpenSSLConfig::from_pem(&leaf.certificate, &leaf.key).unwrap();
    let handle = Handle::new();
    let app = Router::new().route("/events", post(hear)).with_state(add_in);
    let server = axum_server::bind_openssl("127.0.0.1:0".parse().unwrap(), config)
        .handle(handle.clone())
        .serve(app.into_make_service());
    tokio::spawn(server);
    (handle.listening().await.unwrap(), handle)
}

fn signed(house: &House, realm: &str) -> String {
    let pem = std::fs::read(certificate_file(house.data.path(), "app")).unwrap();
    let certificate = X509::from_pem(&pem).unwrap();
    let print = URL_SAFE_NO_PAD.encode(certificate.digest(MessageDigest::sha1()).unwrap());
    let now = house.running.world.clock.now().as_second();
    let header = json!({"typ": "JWT", "alg": "RS256", "x5t": print});
    let claims = json!({
        "aud": format!("00000003-0000-0ff1-ce00-000000000000/{HOST}@{realm}"),
        "iss": format!("{ISSUER}@{realm}"), "nameid": format!("{CLIENT}@{realm}"),
        "nbf": now, "exp": now + 600,
    });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encode(&header), encode(&claims));
    let key = PKey::private_key_from_pem(&pem).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &key).unwrap();
    let signature = signer.sign_oneshot_to_vec(input.as_bytes()).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Registers the add-in as an administrator would, and lets it find the realm.
async fn registered(house: &House) -> AddIn {
    let pem = std::fs::read_to_string(certificate_file(house.data.path(), "app")).unwrap();
    let issuer = json!({"certificate": pem, "isTrustBroker": true});
    let issuers = format!("/farm/issuers/{ISSUER}");
    assert_eq!(
        house
            .control("PUT", &issuers, json!({"certificate": "x"}))
            .await
            .status(),
        400
    );
    assert_eq!(house.control("PUT", &issuers, issuer).await.status(), 204);
    assert_eq!(house.register(MANIFEST, "/sites/none").await, 404);
    assert_eq!(house.register("<App/>", "/sites/flow").await, 400);
    assert_eq!(house.register(MANIFEST, "/sites/flow").await, 200);
    let client = house.trusting(&[HOST]);
    let asked = client
        .get(WEB)
        .header("authorization", "Bearer")
        .send()
        .await
        .unwrap();
    let challenges = asked.headers().get_all("www-authenticate").iter();
    let challenge = challenges
        .map(|one| one.to_str().unwrap())
        .find(|one| one.starts_with("Bearer"));
    let realm = challenge.unwrap().split('"').nth(1).unwrap().to_owned();
    assert_eq!(house.look("/farm").await["realm"], realm);
    AddIn {
        token: signed(house, &realm),
        client,
        heard: Arc::default(),
        seen: Arc::default(),
    }
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "what is told arrives in real time")]
async fn a_receiver_is_asked_while_the_tenant_stays_free_and_told_afterwards() {
    let house = House::open_with_farm(HOST).await;
    let add_in = registered(&house).await;
    let list = json!({"Title": "Things", "BaseTemplate": 100});
    assert_eq!(add_in.call("POST", "/lists", &list).await.status(), 201);
    let (address, handle) = receiver(&house, add_in.clone()).await;
    house.running.bend("flow.contoso.example", address).unwrap();
    for event in [1, 10001] {
        let new = json!({"EventType": event, "ReceiverName": "r", "ReceiverUrl": "https://flow.contoso.example/events"});
        let made = add_in
            .call("POST", "/lists/getbytitle('Things')/eventreceivers", &new)
            .await;
        assert_eq!(made.status(), 201);
    }
    let add = async |title: &str| {
        let body = json!({ "Title": title });
        add_in
            .call("POST", "/lists/getbytitle('Things')/items", &body)
            .await
    };
    assert_eq!(add("good").await.status(), 201);
    let refused: Value = add("bad").await.json().await.unwrap();
    assert_eq!(refused["odata.error"]["message"]["value"], "not so");
    assert_eq!(
        *add_in.seen.lock().unwrap(),
        [0, 1],
        "asked before the item is there"
    );
    let told = || {
        add_in
            .heard
            .lock()
            .unwrap()
            .iter()
            .filter(|one| one.contains("OneWay"))
            .count()
    };
    for _ in 0..100 {
        if told() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((told(), add_in.count().await), (1, 1));
    handle.shutdown();
    house.running.stop().await;
}

#[tokio::test]
async fn without_the_option_there_is_no_farm() {
    let house = House::open().await;
    let nobody = house.trusting(&[HOST]).get(WEB).header("host", HOST).send().await;
    assert!(nobody.is_err(), "the certificate does not name the host");
    assert_eq!(house.control("GET", "/farm", Value::Null).await.status(), 404);
    house.running.stop().await;
}
