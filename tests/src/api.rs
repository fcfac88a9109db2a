//! Our own API. A web part's token comes the way the SPFx runtime gets it, from the login host by a silent sign-in
//! and then from SharePoint on the person's behalf; the portal's, from the login host alone.

use std::time::{Duration, Instant};

use openssl::base64::encode_block;
use openssl::sha::sha256;
use reqwest::{Method, StatusCode, Url, header};
use serde_json::Value;

use app::demo::PUBLIC_HOST;
use dev_tenant::directory::{App, DelegatedGrant};
use dev_tenant::seed::{PORTAL, PORTAL_REDIRECT, SPFX_CLIENT};
use dev_tenant::world::World;

use crate::house::{self, House};
use crate::person::Person;

/// The SPFx runtime's own client (SharePoint Online Web Client Extensibility).
const RUNTIME: &str = "08e18876-6177-487e-b8b5-cf950c1e598c";
const RETURN: &str = "https://contoso.sharepoint.com/_forms/spfxsinglesignon.aspx";
/// RFC 7636 asks for 43 characters at least; it guards nothing here.
const VERIFIER: &str = "verifier-verifier-verifier-verifier-verifier";

/// The scope of web parts.
const READ: &str = "access_as_user";
/// The scope of the portal.
pub const DECIDE: &str = "decide";

/// What the tenant's administrator grants on the page "API access".
pub fn grant_web_parts(house: &House) {
    grant_web_parts_also(house, READ);
}

/// What he must not grant them.
pub fn grant_web_parts_also(house: &House, scope: &str) {
    let grant = DelegatedGrant {
        client: named(house.world(), SPFX_CLIENT).app_id,
        resource: house.our_app().app_id,
        scopes: std::iter::once(scope.to_owned()).collect(),
    };
    house.world().tenant().directory.delegated_grants.push(grant);
}

/// Whom a person signs in to.
struct Client {
    id: String,
    redirect: &'static str,
    scope: String,
    /// The page that redeems its code; none for a program.
    origin: Option<&'static str>,
}

/// A person's token for our API.
pub struct ApiToken {
    client: reqwest::Client,
    token: String,
}

impl ApiToken {
    pub async fn of(house: &House, person: &Person) -> Self {
        Self::by_web_part(house.world(), person).await
    }

    /// By the client that may decide.
    pub async fn of_portal(house: &House, person: &Person) -> Self {
        Self::by_portal(house.world(), person).await
    }

    pub(crate) async fn by_web_part(world: &World, person: &Person) -> Self {
        let spfx = named(world, SPFX_CLIENT).app_id.0.to_string();
        let runtime = Client {
            id: RUNTIME.to_owned(),
            redirect: RETURN,
            scope: "https://graph.microsoft.com/.default openid profile offline_access".to_owned(),
            origin: Some("https://contoso.sharepoint.com"),
        };
        let signed_in = runtime.sign_in(world, person).await;
        let scope = format!("{spfx}/.default");
        let own = [
            ("grant_type", "refresh_token"),
            ("refresh_token", text(&signed_in, "refresh_token")),
            ("scope", scope.as_str()),
        ];
        let own = runtime.redeem(world, person, &own).await;
        Self {
            client: person.client().clone(),
            token: on_behalf(world, person, &spfx, text(&own, "access_token")).await,
        }
    }

    pub(crate) async fn by_portal(world: &World, person: &Person) -> Self {
        let portal = Client {
            id: named(world, PORTAL).app_id.0.to_string(),
            redirect: PORTAL_REDIRECT,
            scope: format!("api://{}/{DECIDE} openid", house::ours(world).app_id.0),
            origin: None,
        };
        let signed_in = portal.sign_in(world, person).await;
        Self {
            client: person.client().clone(),
            token: text(&signed_in, "access_token").to_owned(),
        }
    }

    /// The same token, shown to whom this client reaches.
    #[must_use]
    pub fn through(&self, client: reqwest::Client) -> Self {
        let token = self.token.clone();
        Self { client, token }
    }

    /// Decides on an application; `key`: the Idempotency-Key. Status, address of what becomes of it, and answer.
    pub async fn decide(
        &self,
        number: &str,
        key: Option<&str>,
        decision: &Value,
    ) -> (StatusCode, String, Value) {
        self.post(&format!("{number}/decision"), key, decision).await
    }

    /// Asks something else of an application.
    pub async fn act(&self, number: &str, key: Option<&str>, act: &Value) -> (StatusCode, String, Value) {
        self.post(&format!("{number}/act"), key, act).await
    }

    /// Does what only an administrator may.
    pub async fn administer(
        &self,
        number: &str,
        key: Option<&str>,
        act: &Value,
    ) -> (StatusCode, String, Value) {
        self.post(&format!("{number}/administration"), key, act).await
    }

    async fn post(&self, path: &str, key: Option<&str>, body: &Value) -> (StatusCode, String, Value) {
        let url = format!("https://{PUBLIC_HOST}/api/v1/applications/{path}");
        let mut request = self.client.post(url).bearer_auth(&self.token);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let request = request
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_string());
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let place = answer.headers().get(header::LOCATION);
        let place = place.and_then(|place| place.to_str().ok());
        let place = place.and_then(|place| place.strip_prefix("/api/v1/"));
        let place = place.unwrap_or_default().to_owned();
        let said = answer.text().await.expect("a body");
        (
            status,
            place,
            serde_json::from_str(&said).unwrap_or(Value::String(said)),
        )
    }

    /// GET below `/api/v1`.
    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        let (status, text) = self.text(path).await;
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// The same; what goes wrong is told.
    pub async fn ask(&self, path: &str) -> Result<(), String> {
        let url = format!("https://{PUBLIC_HOST}/api/v1/{path}");
        let answer = self.client.get(url).bearer_auth(&self.token).send().await;
        let answer = answer.map_err(|error| format!("{error:?}"))?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| format!("{error:?}"))?;
        if status.is_success() {
            return Ok(());
        }
        Err(format!("{status}: {text}"))
    }

    /// How long it takes until the whole answer, which must be a good one, is there.
    #[expect(clippy::disallowed_methods, reason = "what a person waits lies in real time")]
    pub async fn timed(&self, path: &str) -> Duration {
        let asked = Instant::now();
        let (status, text) = self.text(path).await;
        let took = asked.elapsed();
        assert!(status.is_success(), "{status}: {text}");
        took
    }

    async fn text(&self, path: &str) -> (StatusCode, String) {
        let url = format!("https://{PUBLIC_HOST}/api/v1/{path}");
        let answer = self.client.get(url).bearer_auth(&self.token).send();
        let answer = answer.await.expect("an answer");
        (answer.status(), answer.text().await.expect("a body"))
    }
}

fn named(world: &World, name: &str) -> App {
    let tenant = world.tenant();
    let mut apps = tenant.directory.apps.values();
    let found = apps.find(|app| app.display_name == name);
    found.expect("an app of this name").clone()
}

fn text<'a>(said: &'a Value, name: &str) -> &'a str {
    said[name].as_str().unwrap_or_else(|| panic!("no {name}: {said}"))
}

fn login(world: &World, path: &str) -> Url {
    let tenant = world.names.id;
    let url = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{path}");
    url.parse().expect("an address")
}

impl Client {
    /// What the login host gives for somebody who is signed in already.
    async fn sign_in(&self, world: &World, person: &Person) -> Value {
        let code = self.code(world, person).await;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("code_verifier", VERIFIER),
            ("redirect_uri", self.redirect),
        ];
        self.redeem(world, person, &fields).await
    }

    /// The redirect of a silent sign-in.
    async fn code(&self, world: &World, person: &Person) -> String {
        let challenge = encode_block(&sha256(VERIFIER.as_bytes()));
        let challenge = challenge.replace('+', "-").replace('/', "_").replace('=', "");
        let mut url = login(world, "authorize");
        url.query_pairs_mut().extend_pairs([
            ("client_id", self.id.as_str()),
            ("scope", &self.scope),
            ("response_type", "code"),
            ("response_mode", "fragment"),
            ("prompt", "none"),
            ("state", "s"),
            ("nonce", "n"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("redirect_uri", self.redirect),
        ]);
        let answer = person.request(Method::GET, url).send().await.expect("an answer");
        let place = answer.headers().get(header::LOCATION).cloned();
        let place = place
            .expect("a redirect")
            .to_str()
            .expect("an address")
            .to_owned();
        let fragment = place.split('#').nth(1).unwrap_or_default();
        let pairs = fragment.split('&').filter_map(|pair| pair.split_once('='));
        let code = pairs.into_iter().find(|(name, _)| *name == "code");
        code.unwrap_or_else(|| panic!("no code: {place}")).1.to_owned()
    }

    async fn redeem(&self, world: &World, person: &Person, fields: &[(&str, &str)]) -> Value {
        let mut form: Url = "https://form.example".parse().expect("an address");
        form.query_pairs_mut()
            .append_pair("client_id", &self.id)
            .extend_pairs(fields);
        let mut request = person.client().post(login(world, "token"));
        if let Some(origin) = self.origin {
            request = request.header(header::ORIGIN, origin);
        }
        let answer = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned())
            .send()
            .await
            .expect("an answer");
        let said = answer.text().await.expect("a body");
        serde_json::from_str(&said).unwrap_or(Value::String(said))
    }
}

async fn on_behalf(world: &World, person: &Person, spfx: &str, token: &str) -> String {
    let resource = format!("api://{}", house::ours(world).app_id.0);
    let path = format!(
        "Microsoft.SharePoint.Internal.ClientSideComponent.Token.AcquireOBOToken?resource='{resource}'&clientId='{spfx}'"
    );
    let headers = [("OBOToken", token), ("ClientId", spfx), ("Resource", &resource)];
    let (status, said) = person.send(Method::GET, &path, &headers, None).await;
    let inner = said["value"]
        .as_str()
        .and_then(|text| serde_json::from_str::<Value>(text).ok());
    let token = inner.as_ref().and_then(|inner| inner["AccessToken"].as_str());
    token.unwrap_or_else(|| panic!("{status}: {said}")).to_owned()
}
