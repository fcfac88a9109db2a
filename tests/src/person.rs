//! A person at a browser: signs in through the login host's pages, then uses SharePoint's REST as himself.

mod browsing;
mod consent;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url, header};
use serde_json::Value;
use uuid::Uuid;

use crate::house::House;

pub(crate) const SITE: &str = "https://contoso.sharepoint.com/sites/flow";

/// One signed-in person.
pub struct Person {
    pub id: Uuid,
    client: Client,
    cookies: BTreeMap<String, BTreeMap<String, String>>,
    /// Valid for half an hour, which a test lets pass quickly.
    digest: Mutex<String>,
}

impl Person {
    /// Signs in as the one with this local part of the user principal name.
    pub async fn sign_in(house: &House, local: &str) -> Self {
        Self::enter(id_of(house, local), house.client()).await
    }

    /// The same person in a new session: the old one may be over.
    pub async fn sign_in_again(&self) -> Self {
        Self::enter(self.id, self.client.clone()).await
    }

    async fn enter(id: Uuid, client: Client) -> Self {
        let mut person = Self {
            id,
            client,
            cookies: BTreeMap::new(),
            digest: Mutex::default(),
        };
        person.arrive(SITE).await;
        person.renew_digest().await;
        person
    }

    /// What reaches the hosts that this person's browser reaches.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let cookies = self.cookies.get(url.host_str().unwrap_or_default());
        let pairs: Vec<_> = cookies
            .into_iter()
            .flatten()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        self.client
            .request(method, url)
            .header(header::COOKIE, pairs.join("; "))
    }

    fn digest(&self) -> String {
        self.digest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn renew_digest(&self) {
        let (_, answer) = self.send_once(Method::POST, "contextinfo", &[], None).await;
        let digest = answer["FormDigestValue"].as_str();
        let digest = digest.unwrap_or_else(|| panic!("no form digest: {answer}"));
        digest.clone_into(&mut self.digest.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// One REST call below `/_api`; the answer's status and JSON.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> (StatusCode, Value) {
        let answer = self.send_once(method.clone(), path, headers, body).await;
        if !is_stale(&answer) {
            return answer;
        }
        self.renew_digest().await;
        self.send_once(method, path, headers, body).await
    }

    async fn send_once(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> (StatusCode, Value) {
        let url = format!("{SITE}/_api/{path}").parse().expect("an address");
        let mut request = self
            .request(method, url)
            .header(header::ACCEPT, "application/json;odata=nometadata")
            .header("X-RequestDigest", self.digest());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let text = body.map(Value::to_string).unwrap_or_default();
        let answer = request
            .header(header::CONTENT_TYPE, "application/json;odata=nometadata")
            .body(text)
            .send()
            .await
            .expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Adds a row to a list; its number.
    pub async fn add(&self, list: &str, fields: &Value) -> i64 {
        let path = format!("{}/items", list_path(list));
        let (status, item) = self.send(Method::POST, &path, &[], Some(fields)).await;
        assert!(status.is_success(), "{status}: {item}");
        item["Id"].as_i64().expect("a number")
    }

    /// Changes a row, whatever its state.
    pub async fn change(&self, list: &str, item: i64, fields: &Value) -> StatusCode {
        let path = format!("{}/items({item})", list_path(list));
        let headers = [("X-HTTP-Method", "MERGE"), ("IF-MATCH", "*")];
        self.send(Method::POST, &path, &headers, Some(fields)).await.0
    }

    /// Attaches a small file to a row.
    pub async fn attach(&self, list: &str, item: i64, name: &str, content: impl AsRef<[u8]>) {
        self.renew_digest().await;
        let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
        let path = format!(
            "{SITE}/_api/{}/items({item})/AttachmentFiles/add(FileName='{name}')",
            list_path(list)
        );
        let answer = self
            .request(Method::POST, path.parse().expect("an address"))
            .header("X-RequestDigest", self.digest())
            .header(header::ACCEPT, "application/json;odata=nometadata")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(content.as_ref().to_vec())
            .send()
            .await
            .expect("an answer");
        let status = answer.status();
        let said = answer.text().await.expect("a body");
        assert!(status.is_success(), "{status}: {said}");
    }

    /// One request of the client object model; the objects of the answer, the header first.
    pub async fn process_query(&self, request: String) -> (StatusCode, Value) {
        self.post("_vti_bin/client.svc/ProcessQuery", "text/xml", request)
            .await
    }

    /// Any text below the site; the answer as JSON if it is, else as text.
    pub(crate) async fn post(&self, path: &str, kind: &str, body: String) -> (StatusCode, Value) {
        let answer = self.post_once(path, kind, body.clone()).await;
        if !is_stale(&answer) {
            return answer;
        }
        self.renew_digest().await;
        self.post_once(path, kind, body).await
    }

    async fn post_once(&self, path: &str, kind: &str, body: String) -> (StatusCode, Value) {
        let url = format!("{SITE}/{path}");
        let answer = self
            .request(Method::POST, url.parse().expect("an address"))
            .header("X-RequestDigest", self.digest())
            .header(header::CONTENT_TYPE, kind)
            .body(body)
            .send()
            .await
            .expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// A page or file of the site, without following where it leads.
    pub async fn page(&self, path: &str) -> (StatusCode, String) {
        let url = format!("{SITE}/{path}").parse().expect("an address");
        let answer = self.request(Method::GET, url).header(header::ACCEPT, "text/html");
        let answer = answer.send().await.expect("an answer");
        let status = answer.status();
        (status, answer.text().await.expect("a page"))
    }

    /// Opens an address as a browser in which this person is signed in, without following where it leads.
    pub async fn visit(&self, url: &str) -> StatusCode {
        let request = self.request(Method::GET, url.parse().expect("an address"));
        let answer = request.header(header::ACCEPT, "text/html").send().await;
        answer.expect("an answer").status()
    }

    /// Asks for a file by its address, or for a range of it such as `bytes=1-3`: status, headers and content.
    pub async fn download(&self, url: &str, range: Option<&str>) -> (StatusCode, header::HeaderMap, String) {
        let mut request = self.request(Method::GET, url.parse().expect("an address"));
        if let Some(range) = range {
            request = request.header(header::RANGE, range);
        }
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        (status, headers, answer.text().await.expect("a text"))
    }

    /// A row as this person sees it, or the refusal.
    pub async fn read(&self, list: &str, item: i64) -> Result<Value, StatusCode> {
        let path = format!("{}/items({item})", list_path(list));
        let (status, item) = self.send(Method::GET, &path, &[], None).await;
        if status.is_success() {
            Ok(item)
        } else {
            Err(status)
        }
    }

    /// How many rows of a list this person sees.
    pub async fn count(&self, list: &str) -> usize {
        let path = format!("{}/items?$select=Id", list_path(list));
        let (_, rows) = self.send(Method::GET, &path, &[], None).await;
        rows["value"].as_array().map_or(0, Vec::len)
    }
}

/// Whether an answer says that the form digest is too old.
fn is_stale((status, answer): &(StatusCode, Value)) -> bool {
    const INVALID: &str = "-2130575251";
    *status == StatusCode::FORBIDDEN && answer.to_string().contains(INVALID)
}

pub fn list_path(list: &str) -> String {
    format!("web/getlist('/sites/flow/Lists/{list}')")
}

pub(crate) fn id_of(house: &House, local: &str) -> Uuid {
    let tenant = house.world().tenant();
    let upn = format!("{local}@{}", house.world().names.domain);
    let mut users = tenant.directory.users.values();
    let user = users.find(|user| user.user_principal_name == upn);
    user.expect("somebody of this name").id.0
}
