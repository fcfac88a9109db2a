//! A person with a browser, over the wire.

use std::collections::BTreeMap;

use reqwest::Response;
use url::Url;

use super::house::House;
use crate::directory::ObjectId;

/// A site's contents page needs a signed-in person with a right to it.
const CONTENTS: &str = "https://contoso.sharepoint.com/sites/flow/_layouts/15/viewlsts.aspx";

struct Browser<'h> {
    house: &'h House,
    /// By host and name.
    cookies: BTreeMap<(String, String), String>,
}

impl Browser<'_> {
    /// Follows redirects, and ends at the first answer that is none.
    async fn go(&mut self, method: &str, url: Url, form: Vec<(String, String)>) -> (Url, Response) {
        let (mut url, mut answer) = (url.clone(), self.once(method, &url, form).await);
        while let Some(location) = answer.headers().get("location") {
            url = url.join(location.to_str().unwrap()).unwrap();
            answer = self.once("GET", &url, Vec::new()).await;
        }
        (url, answer)
    }

    async fn once(&mut self, method: &str, url: &Url, form: Vec<(String, String)>) -> Response {
        let host = url.host_str().unwrap();
        let own = self.cookies.iter().filter(|((of, _), _)| of == host);
        let cookies: Vec<String> = own.map(|((_, name), value)| format!("{name}={value}")).collect();
        let call = self
            .house
            .bare(method, url.as_str())
            .header("cookie", cookies.join("; "));
        let call = if form.is_empty() { call } else { call.form(&form) };
        let answer = call.send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            self.cookies.insert((host.to_owned(), name.to_owned()), value);
        }
        answer
    }

    /// Sends the page's form with what it hides, and a choice if there is one to make.
    async fn submit(&mut self, at: &Url, page: &str, person: Option<ObjectId>) -> (Url, Response) {
        let action = between(page, "action=\"", "\"").replace("&amp;", "&");
        let hidden = page.split("<input type=\"hidden\" ").skip(1);
        let mut form: Vec<(String, String)> = hidden
            .map(|input| (between(input, "name=\"", "\""), between(input, "value=\"", "\"")))
            .collect();
        form.extend(person.map(|person| ("person".to_owned(), person.0.to_string())));
        self.go("POST", at.join(&action).unwrap(), form).await
    }
}

fn between(text: &str, before: &str, after: &str) -> String {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0.to_owned()
}

#[tokio::test]
async fn a_person_signs_in_and_sees_the_page_that_was_asked_for() {
    let house = House::open().await;
    let admin = {
        let tenant = house.running.world.tenant();
        let mut users = tenant.sharepoint.sites[0].users.values();
        let admin = users.find(|user| user.is_site_admin && user.object_id().is_some());
        admin.unwrap().object_id().unwrap()
    };
    let mut browser = Browser {
        house: &house,
        cookies: BTreeMap::new(),
    };
    let (at, choice) = browser.go("GET", Url::parse(CONTENTS).unwrap(), Vec::new()).await;
    assert_eq!(at.host_str(), Some("login.microsoftonline.com"));
    let choice = choice.text().await.unwrap();
    let (mut at, mut page) = browser.submit(&at, &choice, Some(admin)).await;
    while at.host_str() == Some("login.microsoftonline.com") {
        let text = page.text().await.unwrap();
        (at, page) = browser.submit(&at, &text, None).await;
    }
    assert_eq!((page.status().as_u16(), at.as_str()), (200, CONTENTS));

    let web = Url::parse("https://contoso.sharepoint.com/sites/flow/_api/web/currentuser").unwrap();
    let cookies = browser
        .cookies
        .iter()
        .filter(|((of, _), _)| of == "contoso.sharepoint.com");
    let cookies: Vec<String> = cookies
        .map(|((_, name), value)| format!("{name}={value}"))
        .collect();
    let call = house
        .bare("GET", web.as_str())
        .header("accept", "application/json");
    let me = call.header("cookie", cookies.join("; ")).send().await.unwrap();
    assert_eq!(me.status(), 200);
    house.running.stop().await;
}
