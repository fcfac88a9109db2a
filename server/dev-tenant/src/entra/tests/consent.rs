//! An administrator consents to what a registration asks for.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::browser::{Browser, text};
use super::fixture::{APP, TENANT};
use super::people::{HANAKO, TARO, peopled};
use crate::directory::AppId;
use crate::entra::Audience;
use crate::world::World;

const GLOBAL_ADMINISTRATOR: Uuid = Uuid::from_u128(0x62e9_0394_69f5_4237_9190_0121_7714_5e10);
const GRAPH: &str = "https%3A%2F%2Fgraph.microsoft.com%2F.default";

/// The registration asks for permissions of two services and has none; TARO administers the tenant.
fn asking() -> World {
    let world = peopled().world;
    let mut tenant = world.tenant();
    tenant
        .directory
        .roles
        .insert(TARO, BTreeSet::from([GLOBAL_ADMINISTRATOR]));
    let app = tenant.directory.apps.get_mut(&AppId(APP)).unwrap();
    app.roles.clear();
    for (audience, name) in [
        (Audience::Graph, "Mail.Send"),
        (Audience::SharePoint, "Sites.Selected"),
    ] {
        let asks = &mut app.registration.asks;
        asks.insert(audience.app_id(), BTreeSet::from([name.to_owned()]));
    }
    drop(tenant);
    world
}

fn link(redirect: &str, scope: &str) -> String {
    format!(
        "https://login.microsoftonline.com/{TENANT}/v2.0/adminconsent?client_id={APP}&scope={scope}&redirect_uri={redirect}&state=a%20b"
    )
}

fn given(world: &World, audience: Audience) -> BTreeSet<String> {
    let tenant = world.tenant();
    let app = tenant.directory.apps.get(&AppId(APP)).unwrap();
    app.roles.get(&audience.app_id()).cloned().unwrap_or_default()
}

#[test]
fn an_administrator_gives_what_is_asked_of_one_service_and_is_sent_back() {
    let world = asking();
    let mut browser = Browser::new(&world);
    let page = browser.get(&link("https://flow.contoso.example/in", GRAPH));
    let shown = browser.choose(&page, TARO);
    assert!(text(&shown).contains("Mail.Send") && !text(&shown).contains("Sites.Selected"));
    assert!(given(&world, Audience::Graph).is_empty(), "nobody accepted yet");
    browser.submit(&shown, &[]);
    let sent: Vec<_> = browser.url.query_pairs().into_owned().collect();
    let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        sent,
        [
            text("admin_consent", "True"),
            text("tenant", &TENANT.to_string()),
            text("scope", "https://graph.microsoft.com/.default"),
            text("state", "a b"),
        ]
    );
    assert_eq!(
        given(&world, Audience::Graph),
        BTreeSet::from(["Mail.Send".to_owned()])
    );
    assert!(given(&world, Audience::SharePoint).is_empty());
}

#[test]
fn nothing_is_given_by_others_by_a_no_or_by_a_link_that_is_wrong() {
    let world = asking();
    let mut browser = Browser::new(&world);
    let good = link("https://flow.contoso.example/in", GRAPH);
    let page = browser.get(&good);
    let refused = browser.choose(&page, HANAKO);
    assert!(refused.status == 400 && text(&refused).contains("AADSTS90094"));
    let page = browser.get(&good);
    let shown = browser.choose(&page, TARO);
    browser.submit(&shown, &[("cancel", "1")]);
    assert!(
        browser
            .url
            .query()
            .unwrap()
            .starts_with("error=permission_denied")
    );
    for (redirect, scope, code) in [
        ("https://elsewhere.example/", GRAPH, "AADSTS50011"),
        (
            "https://flow.contoso.example/in",
            "https%3A%2F%2Fgraph.microsoft.com%2FMail.Send",
            "AADSTS70011",
        ),
        (
            "https://flow.contoso.example/in",
            "https%3A%2F%2Fother.example%2F.default",
            "AADSTS500011",
        ),
    ] {
        let refused = browser.get(&link(redirect, scope));
        assert!(text(&refused).contains(code), "{code}: {}", text(&refused));
    }
    assert!(given(&world, Audience::Graph).is_empty());
}
