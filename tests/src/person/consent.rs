//! An administrator consents for the tenant: at the login host, by the link that he was given.

use reqwest::Url;

use super::Person;
use super::browsing::MAX_PAGES;

const LOGIN: &str = "login.microsoftonline.com";

impl Person {
    /// Accepts what the link asks for; where the browser is sent afterwards, which may not answer yet.
    pub async fn consent(&mut self, link: &str) -> Url {
        let (mut url, mut fields) = (link.parse().expect("an address"), None);
        for _ in 0..MAX_PAGES {
            let at_login = |url: &Url| url.host_str() == Some(LOGIN);
            let page = match self.open_within(url, fields.take(), at_login).await {
                Ok(page) => page,
                Err(away) => return away,
            };
            assert!(page.html.contains("<form"), "refused: {}", page.html);
            let (action, filled) = self.form(&page);
            (url, fields) = (action, Some(filled));
        }
        panic!("the consent comes to no end: {link}")
    }
}
