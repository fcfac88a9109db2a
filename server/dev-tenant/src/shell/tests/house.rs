//! A running tenant and the clients that talk to it.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::directory::App;
use crate::entra::{Audience, Credential, app_token};
use crate::seed::ALMIGHTY;
use crate::shell::{Options, Running, start};
use crate::world::World;

pub(super) const LIST: &str = "/sites/flow/_api/web/lists/getbytitle('Things')";

/// Keys and certificates are slow to make: every house has copies of these.
static KEYS: LazyLock<TempDir> = LazyLock::new(|| {
    let data = tempfile::tempdir().unwrap();
    crate::seed::world(3, data.path(), Timestamp::UNIX_EPOCH).unwrap();
    crate::shell::issue_leaf(data.path(), &["localhost"]).unwrap();
    data
});

pub(super) struct House {
    pub(super) running: Running,
    pub(super) data: Arc<TempDir>,
    client: Client,
    control: Client,
}

pub(super) fn options(data: &Path) -> Options {
    Options {
        data: data.to_owned(),
        seed: 3,
        ..Options::default()
    }
}

/// A data folder with keys and certificates.
fn keys() -> TempDir {
    let data = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(KEYS.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), data.path().join(file.file_name())).unwrap();
    }
    data
}

impl House {
    pub(super) async fn open() -> Self {
        Self::open_at(Arc::new(keys())).await
    }

    /// With a SharePoint Server at `host`.
    pub(super) async fn open_with_farm(host: &str) -> Self {
        let data = Arc::new(keys());
        let options = Options {
            server_host: Some(host.to_owned()),
            ..options(data.path())
        };
        Self::open_by(options, data).await
    }

    pub(super) async fn open_at(data: Arc<TempDir>) -> Self {
        Self::open_by(options(data.path()), data).await
    }

    async fn open_by(options: Options, data: Arc<TempDir>) -> Self {
        let running = start(options).await.unwrap();
        let client = trusting(&running, |builder| builder);
        let control = Client::builder().build().unwrap();
        Self {
            running,
            data,
            client,
            control,
        }
    }

    /// The same data folder, another run.
    pub(super) async fn reopen(self) -> Self {
        let data = Arc::clone(&self.data);
        self.running.stop().await;
        Self::open_at(data).await
    }

    pub(super) fn http1(&self) -> Client {
        trusting(&self.running, reqwest::ClientBuilder::http1_only)
    }

    /// HTTP/2, as the server offers it.
    pub(super) fn any_protocol(&self) -> Client {
        trusting(&self.running, |builder| builder)
    }

    /// Waits no longer than half a second for an answer.
    pub(super) fn impatient(&self) -> Client {
        trusting(&self.running, |builder| {
            builder.timeout(std::time::Duration::from_millis(500))
        })
    }

    /// A call without a token.
    pub(super) fn bare(&self, method: &str, url: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap(), url)
    }

    /// A call of the app that may do everything.
    pub(super) fn call(&self, method: &str, url: &str) -> RequestBuilder {
        self.call_by(&self.client, method, url)
    }

    pub(super) fn call_by(&self, client: &Client, method: &str, url: &str) -> RequestBuilder {
        let audience = if url.contains("sharepoint") {
            Audience::SharePoint
        } else if url.contains("outlook") {
            Audience::Exchange
        } else {
            Audience::Graph
        };
        let call = client.request(method.parse().unwrap(), url);
        call.bearer_auth(self.token(ALMIGHTY, audience))
            .header("accept", "application/json;odata=nometadata")
    }

    pub(super) fn token(&self, app: &str, audience: Audience) -> String {
        let world = &self.running.world;
        let app = app_named(world, app);
        let aud = match audience {
            Audience::SharePoint => "https://contoso.sharepoint.com",
            Audience::Graph => "https://graph.microsoft.com",
            Audience::Exchange => "https://outlook.office365.com",
        };
        let key = world.signing_key().unwrap();
        app_token(world, key, &app, audience, aud, Credential::Certificate).unwrap()
    }

    pub(super) async fn control(&self, method: &str, path: &str, body: Value) -> Response {
        let url = format!("http://{}{path}", self.running.control_address);
        let call = self.control.request(method.parse().unwrap(), url);
        let call = if body.is_null() { call } else { call.json(&body) };
        call.send().await.unwrap()
    }

    /// Registers an add-in with the farm; the status of the answer.
    pub(super) async fn register(&self, manifest: &str, site: &str) -> u16 {
        let url = format!("http://{}/farm/add-ins?site={site}", self.running.control_address);
        let call = self.control.put(url).body(manifest.to_owned());
        call.send().await.unwrap().status().as_u16()
    }

    /// A client that finds these hosts too.
    pub(super) fn trusting(&self, hosts: &[&str]) -> Client {
        trusting(&self.running, |builder| {
            hosts.iter().fold(builder, |builder, host| {
                builder.resolve(host, self.running.address)
            })
        })
    }

    pub(super) async fn look(&self, path: &str) -> Value {
        let answer = self.control("GET", path, Value::Null).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    pub(super) async fn create_user(&self, client: &Client, name: &str) -> reqwest::Result<Response> {
        let user = json!({
            "accountEnabled": true, "displayName": name, "mailNickname": name,
            "userPrincipalName": format!("{name}@contoso.onmicrosoft.com"),
            "passwordProfile": {"password": "Correct-Horse-9"},
        });
        let url = "https://graph.microsoft.com/v1.0/users";
        self.call_by(client, "POST", url).json(&user).send().await
    }

    /// Keys of the effects that begin so.
    pub(super) fn effects(&self, prefix: &str) -> Vec<String> {
        let tenant = self.running.world.tenant();
        let keys = tenant.ledger.effects.iter().map(|effect| effect.key.clone());
        keys.filter(|key| key.starts_with(prefix)).collect()
    }

    pub(super) async fn make_list(&self) {
        let url = "https://contoso.sharepoint.com/sites/flow/_api/web/lists";
        let body = json!({"Title": "Things", "BaseTemplate": 100});
        let made = self.call("POST", url).json(&body).send().await.unwrap();
        assert_eq!(made.status(), 201);
    }
}

fn trusting(
    running: &Running,
    shape: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Client {
    let ca = std::fs::read(&running.ca_file).unwrap();
    let ca = reqwest::Certificate::from_pem(&ca).unwrap();
    let hosts = [
        "login.microsoftonline.com",
        "graph.microsoft.com",
        "contoso.sharepoint.com",
        "contoso-admin.sharepoint.com",
        "outlook.office365.com",
    ];
    let builder = Client::builder()
        .tls_certs_only([ca])
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never());
    let bent = hosts
        .iter()
        .fold(builder, |builder, host| builder.resolve(host, running.address));
    shape(bent).build().unwrap()
}

pub(super) fn app_named(world: &World, name: &str) -> App {
    let tenant = world.tenant();
    let mut apps = tenant.directory.apps.values();
    apps.find(|app| app.display_name == name).unwrap().clone()
}

pub(super) fn time(text: &Value) -> Timestamp {
    text.as_str().unwrap().parse().unwrap()
}
