//! Our own API as the web part calls it: the token comes the way the SPFx runtime gets it, from the login host by
//! a silent sign-in and then from SharePoint on the person's behalf.

use std::time::{Duration, Instant};

use openssl::base64::encode_block;
use openssl::sha::sha256;
use reqwest::{Method, StatusCode, Url, header};
use serde_json::Value;

use app::demo::PUBLIC_HOST;
use dev_tenant::directory::{App, DelegatedGrant};
use dev_tenant::seed::SPFX_CLIENT;

use crate::house::House;
use crate::person::Person;

/// The SPFx runtime's own client (SharePoint Online Web Client Extensibility).
const RUNTIME: &str = "08e18876-6177-487e-b8b5-cf950c1e598c";
const RETURN: &str = "https://contoso.sharepoint.com/_forms/spfxsinglesignon.aspx";
/// RFC 7636 asks for 43 characters at least; it guards nothing here.
const VERIFIER: &str = "verifier-verifier-verifier-verifier-verifier";

/// What the tenant's administrator grants on the page "API access".
pub fn grant_web_parts(house: &House) {
    let (ours, spfx) = (house.our_app(), web_parts(house));
    let grant = DelegatedGrant {
        client: spfx.app_id,
        resource: ours.app_id,
        scopes: ours.exposed_scopes,
    };
    house.world().tenant().directory.delegated_grants.push(grant);
}

/// A person's token for our API.
pub struct ApiToken {
    client: reqwest::Client,
    token: String,
}

impl ApiToken {
    pub async fn of(house: &House, person: &Person) -> Self {
        let spfx = web_parts(house).app_id.0.to_string();
        let code = code(house, person).await;
        let refresh = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("code_verifier", VERIFIER),
            ("redirect_uri", RETURN),
        ];
        let refresh = redeem(house, &refresh, "refresh_token").await;
        let scope = format!("{spfx}/.default");
        let own = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.as_str()),
            ("scope", scope.as_str()),
        ];
        let own = redeem(house, &own, "access_token").await;
        Self {
            client: house.client(),
            token: on_behalf(house, person, &spfx, &own).await,
        }
    }

    /// GET below `/api/v1`.
    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        let (status, text) = self.text(path).await;
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
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

fn web_parts(house: &House) -> App {
    let tenant = house.world().tenant();
    let mut apps = tenant.directory.apps.values();
    let spfx = apps.find(|app| app.display_name == SPFX_CLIENT);
    spfx.expect("the client of web parts").clone()
}

fn login(house: &House, path: &str) -> Url {
    let tenant = house.world().names.id;
    let url = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{path}");
    url.parse().expect("an address")
}

/// The hidden frame's redirect.
async fn code(house: &House, person: &Person) -> String {
    let challenge = encode_block(&sha256(VERIFIER.as_bytes()));
    let challenge = challenge.replace('+', "-").replace('/', "_").replace('=', "");
    let mut url = login(house, "authorize");
    url.query_pairs_mut().extend_pairs([
        ("client_id", RUNTIME),
        (
            "scope",
            "https://graph.microsoft.com/.default openid profile offline_access",
        ),
        ("response_type", "code"),
        ("response_mode", "fragment"),
        ("prompt", "none"),
        ("state", "s"),
        ("nonce", "n"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("redirect_uri", RETURN),
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

async fn redeem(house: &House, fields: &[(&str, &str)], wanted: &str) -> String {
    let mut form: Url = "https://form.example".parse().expect("an address");
    form.query_pairs_mut()
        .append_pair("client_id", RUNTIME)
        .extend_pairs(fields);
    let answer = house
        .client()
        .post(login(house, "token"))
        .header(header::ORIGIN, "https://contoso.sharepoint.com")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.query().unwrap_or_default().to_owned())
        .send()
        .await
        .expect("an answer");
    let said = answer.text().await.expect("a body");
    let said: Value = serde_json::from_str(&said).unwrap_or(Value::String(said));
    said[wanted]
        .as_str()
        .unwrap_or_else(|| panic!("no {wanted}: {said}"))
        .to_owned()
}

async fn on_behalf(house: &House, person: &Person, spfx: &str, token: &str) -> String {
    let resource = format!("api://{}", house.our_app().app_id.0);
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
