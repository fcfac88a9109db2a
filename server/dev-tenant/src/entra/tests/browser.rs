//! A browser: keeps cookies by host, follows redirects, sends forms.

use std::collections::BTreeMap;

use http::{HeaderValue, Method};
use url::Url;
use url::form_urlencoded::Serializer;

use super::fixture::call;
use crate::call::{Call, Reply};
use crate::directory::ObjectId;
use crate::entra::{answer, session};
use crate::world::World;

pub(super) struct Browser<'a> {
    pub(super) world: &'a World,
    pub(super) cookies: BTreeMap<(String, String), String>,
    pub(super) url: Url,
}

impl<'a> Browser<'a> {
    pub(super) fn new(world: &'a World) -> Self {
        let url = Url::parse("https://contoso.sharepoint.com/").unwrap();
        Self {
            world,
            cookies: BTreeMap::new(),
            url,
        }
    }

    pub(super) fn call(&self, method: Method, url: &str, body: String) -> Call {
        let url = Url::parse(url).unwrap();
        let host = url.host_str().unwrap();
        let mut call = call(method, host, url.path(), body);
        url.query().unwrap_or_default().clone_into(&mut call.query);
        for ((_, name), value) in self.cookies.iter().filter(|((own, _), _)| own == host) {
            let cookie = HeaderValue::from_str(&format!("{name}={value}")).unwrap();
            call.headers.append("cookie", cookie);
        }
        call
    }

    /// One request; cookies are kept, redirects are not followed.
    pub(super) fn once(&mut self, method: Method, url: &str, body: String) -> Reply {
        let call = self.call(method, url, body);
        let reply = if call.host == "login.microsoftonline.com" {
            answer(self.world, &call)
        } else {
            session::answer(self.world, &call).unwrap_or_else(|| Reply::text(200, "text/plain", "home"))
        };
        for (_, cookie) in reply.headers.iter().filter(|(name, _)| name == "Set-Cookie") {
            assert!(cookie.contains("; Secure; HttpOnly; SameSite=None"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            let key = (call.host.clone(), name.to_owned());
            if value.is_empty() {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        self.url = Url::parse(url).unwrap();
        reply
    }

    fn follow(&mut self, mut reply: Reply) -> Reply {
        while let Some(location) = header(&reply, "Location") {
            let next = self.url.join(&location).unwrap();
            if !["contoso.sharepoint.com", "login.microsoftonline.com"].contains(&next.host_str().unwrap()) {
                self.url = next;
                return reply;
            }
            reply = self.once(Method::GET, next.as_str(), String::new());
        }
        reply
    }

    pub(super) fn get(&mut self, url: &str) -> Reply {
        let reply = self.once(Method::GET, url, String::new());
        self.follow(reply)
    }

    /// Sends the page's form with more fields.
    pub(super) fn submit(&mut self, page: &Reply, more: &[(&str, &str)]) -> Reply {
        let html = text(page);
        let action = between(&html, "action=\"", "\"").unwrap();
        let action = self.url.join(&action.replace("&amp;", "&")).unwrap();
        let mut form = Serializer::new(String::new());
        for hidden in html.split("<input type=\"hidden\" ").skip(1) {
            let name = between(hidden, "name=\"", "\"").unwrap();
            form.append_pair(&name, &between(hidden, "value=\"", "\"").unwrap());
        }
        let body = form.extend_pairs(more).finish();
        let reply = self.once(Method::POST, action.as_str(), body);
        self.follow(reply)
    }

    pub(super) fn choose(&mut self, page: &Reply, person: ObjectId) -> Reply {
        self.submit(page, &[("person", &person.0.to_string())])
    }
}

pub(super) fn header(reply: &Reply, name: &str) -> Option<String> {
    let found = reply.headers.iter().find(|(own, _)| own == name);
    found.map(|(_, value)| value.clone())
}

pub(super) fn text(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).unwrap()
}

pub(super) fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found.to_owned())
}
