//! A SharePoint Server beside the tenant, and people who work there by tokens of an issuer that it trusts.

mod people;

use openssl::asn1::Asn1Time;
use openssl::base64::encode_block;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use openssl::x509::{X509, X509Builder};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::{House, Wishes};
use crate::person::list_path;
use crate::watch::Watch;

pub const HOST: &str = "sharepoint.contoso.local";
/// As the farm knows the product.
pub const ISSUER: Uuid = Uuid::from_u128(0x1357_9bdf_0246_4ace_8ace_0000_1111_2222);
const SHAREPOINT: &str = "00000003-0000-0ff1-ce00-000000000000";
const MANIFEST: &str = include_str!("../../manifests/add-in/AppManifest.xml");
/// Whoever stands for the administrators' group: the farm is born without groups of Active Directory.
const ADMINISTRATORS: &str = r"i:0#.w|contoso\ren.nakahara";
const SECONDS: i64 = 600;
/// How often something is looked for, with a moment of time in between.
const LOOKS: usize = 600;

/// A house whose workflow site is the farm's.
pub struct Farm {
    pub watch: Watch,
    realm: String,
    client: Uuid,
    key: PKey<Private>,
    certificate: X509,
}

impl Farm {
    /// The farm trusts the product's issuer and has its add-in; the product is configured for it.
    pub async fn build(backend: &str, wishes: Wishes<'_>) -> Self {
        let wishes = Wishes {
            server_host: Some(HOST),
            ..wishes
        };
        let house = House::build(backend, wishes).await;
        let (key, certificate) = key_pair();
        let client = house.our_app().app_id.0;
        let mut farm = Self {
            realm: String::new(),
            watch: Watch::over(house),
            client,
            key,
            certificate,
        };
        let told = farm.control(Method::GET, "", String::new()).await;
        let told: Value = serde_json::from_str(&told).expect("JSON");
        farm.realm = told["realm"].as_str().expect("a realm").to_owned();
        farm.trust().await;
        let manifest = MANIFEST.replace(&Uuid::nil().to_string(), &client.to_string());
        farm.control(Method::PUT, "/add-ins?site=/sites/flow", manifest)
            .await;
        farm.configure();
        farm
    }

    pub fn house(&self) -> &House {
        &self.watch.house
    }

    /// Until the row of this number is a job that stopped.
    pub async fn until_stopped(&mut self, row: i64) {
        for _ in 0..LOOKS {
            let jobs = self.house().run(&["jobs"]);
            if String::from_utf8_lossy(&jobs.stdout).contains(&format!("inbox {row} (")) {
                return;
            }
            self.watch.rest().await;
        }
        panic!("row {row} woke nobody\n{}", self.house().log());
    }

    /// `New-SPTrustedSecurityTokenIssuer`.
    async fn trust(&self) {
        let pem = self.certificate.to_pem().expect("PEM");
        let pem = String::from_utf8(pem).expect("PEM");
        let issuer = json!({ "certificate": pem, "isTrustBroker": true });
        self.control(Method::PUT, &format!("/issuers/{ISSUER}"), issuer.to_string())
            .await;
    }

    /// `Remove-SPTrustedSecurityTokenIssuer`.
    pub async fn distrust(&self) {
        self.control(Method::DELETE, &format!("/issuers/{ISSUER}"), String::new())
            .await;
    }

    async fn control(&self, method: Method, path: &str, body: String) -> String {
        let address = format!("http://{}/farm{path}", self.house().tenant.control_address);
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let mut request = client.request(method, address);
        if body.starts_with('{') {
            request = request.header("content-type", "application/json");
        }
        let answer = request.body(body).send().await.expect("the control API answers");
        let (status, said) = (answer.status(), answer.text().await.expect("a body"));
        assert!(status.is_success(), "{path}: {status} {said}");
        said
    }

    /// The same configuration, but for the site and the section `farm`.
    fn configure(&self) {
        let mut pem = self.key.private_key_to_pem_pkcs8().expect("PEM");
        pem.extend(self.certificate.to_pem().expect("PEM"));
        self.house().keep("farm.pem", pem);
        let section = format!(
            "[farm]\nissuer = \"{ISSUER}\"\ncertificate = \"farm.pem\"\n\
             administrators = '{ADMINISTRATORS}'\ndomain = \"CONTOSO\"\n[server]\n"
        );
        let address = self.house().tenant.address;
        self.house().configure(|text| {
            let text = text.replace("contoso.sharepoint.com/sites", &format!("{HOST}/sites"));
            text.replace("[server]\n", &section) + &format!("\"{HOST}\" = \"{address}\"\n")
        });
    }

    /// Signed by the issuer; `more` claims join those that every token has.
    fn token(&self, more: &Value) -> String {
        let sha1 = self.certificate.digest(MessageDigest::sha1()).expect("a digest");
        let head = json!({ "typ": "JWT", "alg": "RS256", "x5t": base64url(&sha1) });
        let mut claims = self.claims(&format!("{ISSUER}"), &format!("{}@{}", self.client, self.realm));
        let more = more.as_object().cloned().unwrap_or_default();
        claims.as_object_mut().expect("claims").extend(more);
        let text = format!(
            "{}.{}",
            base64url(head.to_string().as_bytes()),
            base64url(claims.to_string().as_bytes())
        );
        let mut signer = Signer::new(MessageDigest::sha256(), &self.key).expect("a signer");
        let signature = signer.sign_oneshot_to_vec(text.as_bytes()).expect("a signature");
        format!("{text}.{}", base64url(&signature))
    }

    fn claims(&self, issuer: &str, name: &str) -> Value {
        let (now, realm) = (self.house().world().clock.now().as_second(), &self.realm);
        json!({
            "aud": format!("{SHAREPOINT}/{HOST}@{realm}"), "iss": format!("{issuer}@{realm}"), "nameid": name,
            "nbf": now.to_string(), "exp": (now + SECONDS).to_string(),
        })
    }

    /// For the app that speaks for the person of this SID.
    fn token_of(&self, sid: &str) -> String {
        let mut claims = self.claims(&self.client.to_string(), sid);
        claims["nii"] = json!("urn:office:idp:activedirectory");
        claims["actortoken"] = json!(self.token(&json!({ "trustedfordelegation": "true" })));
        let head = json!({ "typ": "JWT", "alg": "none" }).to_string();
        let claims = claims.to_string();
        format!("{}.{}.", base64url(head.as_bytes()), base64url(claims.as_bytes()))
    }

    /// One REST call below `/_api`, as the app or as somebody.
    async fn send(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> (StatusCode, Value) {
        let url = format!("https://{HOST}/sites/flow/_api/{path}");
        let answer = self
            .house()
            .client()
            .request(method, url)
            .bearer_auth(token)
            .header("accept", "application/json;odata=nometadata")
            .header("content-type", "application/json;odata=nometadata")
            .body(body.map(Value::to_string).unwrap_or_default())
            .send()
            .await
            .expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Event receivers of a list.
    pub async fn receivers(&self, list: &str) -> Vec<Value> {
        let path = format!("{}/eventreceivers", list_path(list));
        let app = self.token(&json!({}));
        let (_, found) = self.send(&app, Method::GET, &path, None).await;
        found["value"].as_array().cloned().expect("receivers")
    }

    /// Somebody removes all event receivers of a list.
    pub async fn remove_receivers(&self, list: &str) {
        for receiver in self.receivers(list).await {
            let id = receiver["ReceiverId"].as_str().expect("an id");
            let path = format!("{}/eventreceivers(guid'{id}')/deleteobject", list_path(list));
            let app = self.token(&json!({}));
            let (status, said) = self.send(&app, Method::POST, &path, None).await;
            assert!(status.is_success(), "{said}");
        }
    }

    /// Id of a list.
    pub async fn list_id(&self, list: &str) -> Uuid {
        let app = self.token(&json!({}));
        let path = format!("{}?$select=Id", list_path(list));
        let (_, found) = self.send(&app, Method::GET, &path, None).await;
        let id = found["Id"].as_str().expect("an id");
        id.parse().expect("a GUID")
    }
}

fn key_pair() -> (PKey<Private>, X509) {
    let key = PKey::from_rsa(Rsa::generate(2048).expect("a key")).expect("a key");
    let mut builder = X509Builder::new().expect("a certificate");
    builder.set_pubkey(&key).expect("a key");
    let days = |days| Asn1Time::days_from_now(days).expect("a day");
    builder.set_not_before(&days(0)).expect("a day");
    builder.set_not_after(&days(365)).expect("a day");
    builder.sign(&key, MessageDigest::sha256()).expect("a signature");
    (key, builder.build())
}

fn base64url(bytes: &[u8]) -> String {
    let text = encode_block(bytes);
    text.trim_end_matches('=').replace('+', "-").replace('/', "_")
}
