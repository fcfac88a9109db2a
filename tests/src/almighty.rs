//! An administrator of the tenant at work: changes the directory through Graph, as the app that may do everything.

use std::sync::atomic::{AtomicU64, Ordering};

use dev_tenant::seed::{self, ALMIGHTY};
use jiff::SignedDuration;
use openssl::base64::encode_block;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use openssl::x509::X509;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::House;

const GRAPH: &str = "https://graph.microsoft.com";
const EXCHANGE: &str = "https://outlook.office365.com";
/// Of accounts that were made here.
pub const PASSWORD: &str = "Fresh-Pass-2026!";
/// Teams may not know a group yet that is a quarter of an hour old.
const TRIES: u32 = 40;
/// Assertions are told apart by their number.
static ASSERTIONS: AtomicU64 = AtomicU64::new(1);

impl House {
    /// Somebody's object id by the local part of his user principal name.
    pub fn id_of(&self, local: &str) -> Uuid {
        crate::person::id_of(self, local)
    }

    /// Gives a person another user principal name and mail address, as after a marriage.
    pub async fn rename(&self, person: Uuid, local: &str) {
        let upn = format!("{local}@{}", self.world().names.domain);
        let change = json!({ "userPrincipalName": upn, "mail": upn });
        self.changes(Method::PATCH, &format!("users/{person}"), &change)
            .await;
    }

    /// Lets a person sign in, or not.
    pub async fn enable(&self, person: Uuid, enabled: bool) {
        let change = json!({ "accountEnabled": enabled });
        self.changes(Method::PATCH, &format!("users/{person}"), &change)
            .await;
    }

    /// Puts a person into a department.
    pub async fn transfer(&self, person: Uuid, department: &str) {
        let change = json!({ "department": department });
        self.changes(Method::PATCH, &format!("users/{person}"), &change)
            .await;
    }

    /// Deletes a person; for 30 days he can be restored.
    pub async fn delete(&self, person: Uuid) {
        self.changes(Method::DELETE, &format!("users/{person}"), &Value::Null)
            .await;
    }

    pub async fn restore(&self, person: Uuid) {
        let path = format!("directory/deletedItems/{person}/restore");
        self.changes(Method::POST, &path, &json!({})).await;
    }

    /// What somebody's mailbox answers by itself, as Graph's `automaticRepliesSetting`.
    pub async fn set_automatic_replies(&self, person: Uuid, replies: &Value) {
        let change = json!({ "automaticRepliesSetting": replies });
        self.changes(Method::PATCH, &format!("users/{person}/mailboxSettings"), &change)
            .await;
    }

    /// An administrator consents to one more application permission of Graph for the product.
    pub fn consent(&self, permission: &str) {
        let ours = self.our_app().app_id;
        let mut tenant = self.world().tenant();
        let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
        let graph = app.roles.values_mut().find(|roles| roles.contains("Mail.Send"));
        graph.expect("roles of Graph").insert(permission.to_owned());
    }

    /// Object id of somebody's manager.
    pub fn manager_of(&self, person: Uuid) -> Uuid {
        let tenant = self.world().tenant();
        let mut users = tenant.directory.users.values();
        let user = users.find(|user| user.id.0 == person).expect("the person");
        user.manager.expect("a manager").0
    }

    /// A new account of this name.
    pub async fn hire(&self, local: &str) -> Uuid {
        let upn = format!("{local}@{}", self.world().names.domain);
        let user = json!({
            "accountEnabled": true, "displayName": "新人 太郎", "mailNickname": local,
            "userPrincipalName": upn, "passwordProfile": { "password": PASSWORD, "forceChangePasswordNextSignIn": false },
        });
        let made = self.changes(Method::POST, "users", &user).await;
        let id = made["id"].as_str().and_then(|id| id.parse().ok());
        id.unwrap_or_else(|| panic!("no id: {made}"))
    }

    /// Takes every mail address but the first from a person, as an administrator does in Exchange.
    pub fn forget_aliases(&self, person: Uuid) {
        let mut tenant = self.world().tenant();
        let mut users = tenant.directory.users.values_mut();
        let user = users.find(|user| user.id.0 == person).expect("the person");
        let mail = user
            .properties
            .get("mail")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let only = json!([format!("SMTP:{mail}")]);
        let before = user.properties.insert("proxyAddresses".to_owned(), only);
        assert!(before.is_some(), "no addresses: {:?}", user.properties);
    }

    /// A person's language, as his account says it.
    pub fn prefers(&self, person: Uuid, language: &str) {
        let mut tenant = self.world().tenant();
        let mut users = tenant.directory.users.values_mut();
        let user = users.find(|user| user.id.0 == person).expect("the person");
        let language = json!(language);
        user.properties.insert("preferredLanguage".to_owned(), language);
    }

    /// Makes a group a team, as soon as Teams knows the group.
    pub async fn make_team(&self, group: Uuid) {
        let path = format!("groups/{group}/team");
        let mut answer = Value::Null;
        for _ in 0..TRIES {
            let (status, said) = self.graph(Method::PUT, &path, &json!({})).await;
            if status.is_success() {
                return;
            }
            answer = said;
            let passed = self.tenant.advance(SignedDuration::from_secs(30));
            passed.expect("the clock's file");
        }
        panic!("no team: {answer}");
    }

    /// What Graph says of a team.
    pub async fn team(&self, team: Uuid) -> Value {
        let (status, said) = self
            .graph(Method::GET, &format!("teams/{team}"), &Value::Null)
            .await;
        assert!(status.is_success(), "{status}: {said}");
        said
    }

    async fn changes(&self, method: Method, path: &str, body: &Value) -> Value {
        let (status, answer) = self.graph(method, path, body).await;
        assert!(status.is_success(), "{path}: {status}: {answer}");
        answer
    }

    pub(crate) async fn graph(&self, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
        let request = self.client().request(method, format!("{GRAPH}/v1.0/{path}"));
        let request = request.bearer_auth(self.almighty_token(GRAPH).await);
        let request = if body.is_null() {
            request
        } else {
            request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.to_string())
        };
        let answer = request.send().await.expect("Graph answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Runs a command of Exchange Online PowerShell, which must succeed; its rows.
    pub async fn exchange(&self, cmdlet: &str, parameters: &Value) -> Vec<Value> {
        let (status, answer) = self.command_of_exchange(cmdlet, parameters).await;
        assert!(status.is_success(), "{cmdlet}: {status}: {answer}");
        answer["value"].as_array().cloned().unwrap_or_default()
    }

    pub async fn command_of_exchange(&self, cmdlet: &str, parameters: &Value) -> (StatusCode, Value) {
        let tenant = self.world().names.id;
        let body = json!({ "CmdletInput": { "CmdletName": cmdlet, "Parameters": parameters } });
        let request = self
            .client()
            .post(format!("{EXCHANGE}/adminapi/beta/{tenant}/InvokeCommand"));
        let request = request
            .bearer_auth(self.almighty_token(EXCHANGE).await)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_string());
        let answer = request.send().await.expect("Exchange answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    async fn almighty_token(&self, resource: &str) -> String {
        let tenant = self.world().names.id;
        let address = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token");
        let form = [
            ("client_id", self.almighty().to_string()),
            ("scope", format!("{resource}/.default")),
            ("grant_type", "client_credentials".to_owned()),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned(),
            ),
            ("client_assertion", self.assertion(&address)),
        ];
        let mut body: reqwest::Url = "https://form.example".parse().expect("an address");
        body.query_pairs_mut().extend_pairs(form);
        let request = self
            .client()
            .post(&address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = request
            .body(body.query().unwrap_or_default().to_owned())
            .send()
            .await;
        let text = answer.expect("Entra answers").text().await.expect("a body");
        let granted: Value = serde_json::from_str(&text).expect("JSON");
        let token = granted["access_token"].as_str();
        token.unwrap_or_else(|| panic!("no token: {text}")).to_owned()
    }

    fn almighty(&self) -> Uuid {
        let tenant = self.world().tenant();
        let mut apps = tenant.directory.apps.values();
        let app = apps.find(|app| app.display_name == ALMIGHTY);
        app.expect("the almighty registration").app_id.0
    }

    /// Proof that we hold the app's key.
    fn assertion(&self, audience: &str) -> String {
        let folder = self.folder.path().join("tenant");
        let pem = std::fs::read(seed::certificate_file(&folder, "almighty")).expect("a certificate");
        let certificate = X509::from_pem(&pem).expect("a certificate");
        let key = PKey::private_key_from_pem(&pem).expect("a key");
        let print = certificate.digest(MessageDigest::sha1()).expect("a digest");
        let now = self.world().clock.now().as_second();
        let (app, number) = (self.almighty(), ASSERTIONS.fetch_add(1, Ordering::Relaxed));
        let header = json!({ "alg": "RS256", "typ": "JWT", "x5t": encoded(&print) });
        let claims = json!({
            "aud": audience, "iss": app, "sub": app, "jti": Uuid::from_u128(number.into()),
            "nbf": now - 60, "exp": now + 600,
        });
        let text = format!(
            "{}.{}",
            encoded(header.to_string().as_bytes()),
            encoded(claims.to_string().as_bytes())
        );
        let mut signer = Signer::new(MessageDigest::sha256(), &key).expect("a signer");
        let signature = signer.sign_oneshot_to_vec(text.as_bytes()).expect("a signature");
        format!("{text}.{}", encoded(&signature))
    }
}

fn encoded(bytes: &[u8]) -> String {
    let text = encode_block(bytes).replace('+', "-").replace('/', "_");
    text.trim_end_matches('=').to_owned()
}
