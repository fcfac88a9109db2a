//! What becomes of sessions and tokens when Graph changes their person.

use http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::browser::{Browser, text};
use super::client::{fields, redemption, request};
use super::fixture::{bear, call};
use super::people::{HANAKO, PUBLIC, peopled};
use crate::caller::{AppCaller, Caller};
use crate::directory::{AppId, ObjectId};
use crate::entra::{Audience, BearerFault, session};
use crate::graph;
use crate::world::World;

const HOME: &str = "https://contoso.sharepoint.com/sites/flow/";
const START: &str = "https://contoso.sharepoint.com/_layouts/15/Authenticate.aspx";

/// A global administrator's app: Hanako has a directory role herself, and only such a one reaches her.
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// An administrator's call to Graph.
fn administer(world: &World, method: Method, path: &str, body: &Value) -> Value {
    let caller = Caller::App(AppCaller {
        app_id: AppId(Uuid::from_u128(3)),
        principal: ObjectId(Uuid::from_u128(4)),
        display_name: "Flow".to_owned(),
        roles: vec!["User.ReadWrite.All".to_owned()],
        wids: vec![GLOBAL_ADMINISTRATOR.to_owned()],
        by_certificate: true,
    });
    let call = call(
        method,
        "graph.microsoft.com",
        &format!("/v1.0{path}"),
        body.to_string(),
    );
    let reply = graph::answer_as(world, &caller, &call);
    assert!(reply.status < 300, "{path}: {}", text(&reply));
    serde_json::from_slice(&reply.body).unwrap_or_default()
}

/// Signs Hanako in at SharePoint and at the public app.
struct SignedIn<'w> {
    browser: Browser<'w>,
    access: String,
    refresh: String,
}

impl<'w> SignedIn<'w> {
    fn new(world: &'w World) -> Self {
        let mut browser = Browser::new(world);
        let page = browser.get(START);
        let posted = browser.choose(&page, HANAKO);
        browser.submit(&posted, &[]);
        let wish = request("openid offline_access User.Read", &[("prompt", "login")]);
        let back = browser.sign_in(&wish, HANAKO);
        let (_, body) = browser.token(&redemption(&back["code"], &[]), None);
        Self {
            access: body["access_token"].as_str().unwrap().to_owned(),
            refresh: body["refresh_token"].as_str().unwrap().to_owned(),
            browser,
        }
    }

    fn at_sharepoint(&self) -> Option<ObjectId> {
        let call = self.browser.call(Method::GET, HOME, String::new());
        session::verify(self.browser.world, &call).map(|caller| caller.person)
    }

    fn renew(&self) -> Value {
        let client = PUBLIC.0.to_string();
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", client.as_str()),
            ("refresh_token", self.refresh.as_str()),
        ];
        self.browser.token(&fields(&form), None).1
    }

    fn at_graph(&self) -> Result<Caller, BearerFault> {
        bear(self.browser.world, &self.access, Audience::Graph)
    }
}

fn hanako() -> String {
    format!("/users/{}", HANAKO.0)
}

#[test]
fn a_blocked_person_is_out_everywhere_and_in_again_when_let() {
    let world = peopled().world;
    let signed_in = SignedIn::new(&world);
    assert_eq!(signed_in.at_sharepoint(), Some(HANAKO));
    assert!(signed_in.at_graph().is_ok());
    administer(
        &world,
        Method::PATCH,
        &hanako(),
        &json!({"accountEnabled": false}),
    );
    assert_eq!(signed_in.at_sharepoint(), None);
    assert_eq!(signed_in.at_graph(), Err(BearerFault::UnknownCaller));
    assert_eq!(signed_in.renew()["error_codes"], json!([50057]));
    administer(&world, Method::PATCH, &hanako(), &json!({"accountEnabled": true}));
    assert!(signed_in.renew()["access_token"].is_string());
}

#[test]
fn the_next_owner_of_a_name_gets_nothing_of_the_old_ones_sessions() {
    let world = peopled().world;
    let signed_in = SignedIn::new(&world);
    administer(&world, Method::DELETE, &hanako(), &Value::Null);
    let next = json!({"accountEnabled": true, "displayName": "hanako", "mailNickname": "hanako",
        "userPrincipalName": "hanako@contoso.onmicrosoft.com", "passwordProfile": {"password": "Correct-Horse-9"}});
    let next = administer(&world, Method::POST, "/users", &next);
    assert_ne!(next["id"], json!(HANAKO));
    assert_eq!(signed_in.at_sharepoint(), None);
    assert_eq!(signed_in.at_graph(), Err(BearerFault::UnknownCaller));
    assert_eq!(signed_in.renew()["error_codes"], json!([50034]));
    let page = Browser::new(&world).get(START);
    assert!(
        !text(&page).contains(&HANAKO.0.to_string()),
        "who is gone cannot be chosen"
    );
    assert!(text(&page).contains(next["id"].as_str().unwrap()));
}
