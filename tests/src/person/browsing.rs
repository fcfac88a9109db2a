//! Pages as a browser goes through them: redirects, cookies, and forms that are filled in.

use reqwest::{Method, Url, header};

use super::Person;
use crate::almighty::PASSWORD;

/// A round trip of signing in needs fewer pages than this.
pub(super) const MAX_PAGES: usize = 12;

pub(super) type Fields = Vec<(String, String)>;

/// A page, and where it was found.
pub(super) struct Page {
    pub(super) url: Url,
    pub(super) html: String,
}

impl Person {
    /// Opens an address of the product, signing in there too; the page that is shown.
    pub async fn browse(&mut self, address: &str) -> String {
        self.arrive(address).await.html
    }

    /// Opens an address, and fills in what is asked until that is where the browser is.
    pub(super) async fn arrive(&mut self, address: &str) -> Page {
        let start: Url = address.parse().expect("an address");
        let mut page = self.open(start, None).await;
        for _ in 0..MAX_PAGES {
            if page.url.as_str().starts_with(address) {
                return page;
            }
            let (action, fields) = self.form(&page);
            page = self.open(action, Some(fields)).await;
        }
        panic!("nobody was signed in; at last: {}\n{}", page.url, page.html);
    }

    /// Opens a page as a browser does: redirects are followed, cookies are kept.
    pub(super) async fn open(&mut self, url: Url, fields: Option<Fields>) -> Page {
        let page = self.open_within(url, fields, |_| true).await;
        page.unwrap_or_else(|url| panic!("sent away: {url}"))
    }

    /// The same, but no redirect to elsewhere is followed: that address is what comes back then.
    pub(super) async fn open_within(
        &mut self,
        mut url: Url,
        mut fields: Option<Fields>,
        is_within: impl Fn(&Url) -> bool,
    ) -> Result<Page, Url> {
        for _ in 0..MAX_PAGES {
            let request = match fields.take() {
                Some(fields) => self
                    .request(Method::POST, url.clone())
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(encoded(&fields)),
                None => self.request(Method::GET, url.clone()),
            };
            let answer = request
                .header(header::ACCEPT, "text/html")
                .send()
                .await
                .expect("an answer");
            self.keep_cookies(&url, answer.headers());
            let next = answer.headers().get(header::LOCATION).cloned();
            let Some(next) = next else {
                let html = answer.text().await.expect("a page");
                return Ok(Page { url, html });
            };
            let next = next.to_str().expect("a readable address");
            url = url.join(next).expect("an address");
            if !is_within(&url) {
                return Err(url);
            }
        }
        panic!("redirected for ever: {url}")
    }

    fn keep_cookies(&mut self, url: &Url, headers: &header::HeaderMap) {
        let jar = self
            .cookies
            .entry(url.host_str().unwrap_or_default().to_owned())
            .or_default();
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap_or_default();
            let pair = text.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                jar.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// The form of a page, filled in: this person is chosen where a person is asked for.
    pub(super) fn form(&self, page: &Page) -> (Url, Fields) {
        let form = page.html.split("<form").nth(1).expect("a form");
        let form = form.split("</form").next().expect("a form");
        let tag = form.split('>').next().expect("a form's tag");
        let action = attribute(tag, "action").unwrap_or_default();
        let inputs = form.split("<input").skip(1);
        let mut fields: Fields = inputs
            .filter_map(|input| {
                let tag = input.split('>').next()?;
                Some((
                    attribute(tag, "name")?,
                    attribute(tag, "value").unwrap_or_default(),
                ))
            })
            .collect();
        if form.contains("type=\"password\"") {
            fields.retain(|(name, _)| name != "password");
            fields.push(("password".to_owned(), PASSWORD.to_owned()));
        }
        if form.contains("name=\"person\"") {
            fields.push(("person".to_owned(), self.id.to_string()));
        }
        (page.url.join(&action).expect("an address"), fields)
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    let plain = value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'");
    Some(
        plain
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

fn encoded(fields: &Fields) -> String {
    let mut url: Url = "https://form.example".parse().expect("an address");
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}
