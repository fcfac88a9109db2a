//! People signing in to SharePoint as a browser does it.

use http::Method;
use jiff::SignedDuration;
use serde_json::json;

use super::browser::{Browser, between, header, text};
use super::people::{BLOCKED, HANAKO, INITIAL, NEWCOMER, TARO, peopled};
use crate::caller::{Channel, PersonCaller};
use crate::directory::ObjectId;
use crate::entra::{SigningKey, session};
use crate::world::World;

const HOME: &str = "https://contoso.sharepoint.com/sites/flow/?a=1";
const START: &str =
    "https://contoso.sharepoint.com/_layouts/15/Authenticate.aspx?Source=%2Fsites%2Fflow%2F%3Fa%3D1";

fn signed_in(world: &World, person: ObjectId) -> Browser<'_> {
    let mut browser = Browser::new(world);
    let page = browser.get(START);
    let posted = browser.choose(&page, person);
    browser.submit(&posted, &[]);
    browser
}

fn who(browser: &Browser<'_>) -> Option<ObjectId> {
    let call = browser.call(Method::GET, HOME, String::new());
    session::verify(browser.world, &call).map(|caller| caller.person)
}

#[test]
fn a_browser_is_sent_round_and_comes_back_signed_in_where_it_wanted_to_go() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let challenge = session::challenge(&browser.call(Method::GET, HOME, String::new()));
    assert_eq!(header(&challenge, "Location").unwrap(), START);
    let page = browser.get(START);
    assert!(text(&page).contains("総務部"));
    let first = between(&text(&page), "<button", ">").unwrap();
    assert!(!first.contains("name="), "the Enter key would sign somebody in");
    let posted = browser.choose(&page, HANAKO);
    assert_eq!(header(&posted, "Location"), None);
    let reply = browser.submit(&posted, &[]);
    assert_eq!((reply.status, browser.url.as_str()), (200, HOME));
    let call = browser.call(Method::GET, HOME, String::new());
    let expected = PersonCaller {
        person: HANAKO,
        channel: Channel::Cookie,
    };
    assert_eq!(session::verify(&world, &call), Some(expected));
    assert!(session::sid(&world, &call).is_some());
}

#[test]
fn the_login_hosts_session_spares_the_page_until_another_person_is_asked_for() {
    let world = peopled().world;
    let mut browser = signed_in(&world, HANAKO);
    browser.cookies.retain(|(_, name), _| name != session::COOKIE);
    let posted = browser.get(START);
    browser.submit(&posted, &[]);
    assert_eq!(who(&browser), Some(HANAKO));

    let other =
        "https://contoso.sharepoint.com/_layouts/15/closeConnection.aspx?loginasanotheruser=true&Source=/";
    let page = browser.get(other);
    assert_eq!(who(&browser), None);
    let posted = browser.submit(&page, &[("search", "taro@contoso.onmicrosoft.com")]);
    browser.submit(&posted, &[]);
    assert_eq!(who(&browser), Some(TARO));

    let page = browser.get("https://contoso.sharepoint.com/sites/flow/_layouts/15/SignOut.aspx");
    assert!(text(&page).contains("サインアウト"));
    assert!(browser.cookies.keys().all(|(_, name)| name != "ESTSAUTH"));
    assert_eq!(who(&browser), None);
}

#[test]
fn a_session_ends_by_time_by_blocking_by_deletion_and_by_revocation() {
    type End = fn(&World);
    let ends: [End; 4] = [
        |world| world.clock.advance(SignedDuration::from_hours(121)),
        |world| {
            let mut tenant = world.tenant();
            tenant.directory.users.get_mut(&HANAKO).unwrap().account_enabled = false;
        },
        |world| {
            let now = world.clock.now();
            world.tenant().directory.users.get_mut(&HANAKO).unwrap().deleted = Some(now);
        },
        |world| {
            let now = json!(world.clock.now());
            let mut tenant = world.tenant();
            let user = tenant.directory.users.get_mut(&HANAKO).unwrap();
            user.properties
                .insert("signInSessionsValidFromDateTime".to_owned(), now);
        },
    ];
    for end in ends {
        let world = peopled().world;
        let browser = signed_in(&world, HANAKO);
        assert_eq!(who(&browser), Some(HANAKO));
        end(&world);
        assert_eq!(who(&browser), None);
    }
}

#[test]
fn forged_and_misplaced_cookies_are_no_session() {
    let world = peopled().world;
    let mut browser = signed_in(&world, HANAKO);
    let key = ("contoso.sharepoint.com".to_owned(), session::COOKIE.to_owned());
    let good = browser.cookies[&key].clone();
    let estsauth = browser.cookies[&("login.microsoftonline.com".to_owned(), "ESTSAUTH".to_owned())].clone();
    let body = json!({"host": "contoso.sharepoint.com", "person": HANAKO, "sid": HANAKO});
    let claims = json!({"aud": "urn:ticket:fedauth", "at": world.clock.now(), "body": body});
    let forged = SigningKey::generate().unwrap().sign(&claims).unwrap();
    let unsigned = good.rsplit_once('.').unwrap().0.to_owned() + ".";
    for cookie in [estsauth, forged, unsigned, "x".to_owned()] {
        browser.cookies.insert(key.clone(), cookie);
        assert_eq!(who(&browser), None);
    }
    browser
        .cookies
        .insert(("contoso-admin.sharepoint.com".to_owned(), key.1), good);
    let elsewhere = browser.call(
        Method::GET,
        "https://contoso-admin.sharepoint.com/",
        String::new(),
    );
    assert_eq!(session::verify(&world, &elsewhere), None);
}

#[test]
fn a_sign_in_begun_by_another_browser_or_leading_off_the_host_is_refused() {
    let world = peopled().world;
    let mut attacker = Browser::new(&world);
    let page = attacker.get(START);
    let posted = attacker.choose(&page, TARO);
    let mut victim = signed_in(&world, HANAKO);
    victim.get(START);
    let reply = victim.submit(&posted, &[]);
    assert_eq!(reply.status, 403);
    assert_eq!(who(&victim), Some(HANAKO));
    for source in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let start = "https://contoso.sharepoint.com/_layouts/15/authenticate.aspx";
        let url = url::Url::parse_with_params(start, [("source", source)]).unwrap();
        assert_eq!(
            victim.once(Method::GET, url.as_str(), String::new()).status,
            400,
            "{source}"
        );
    }
}

#[test]
fn a_blocked_account_is_told_so() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let page = browser.get(START);
    let page = browser.choose(&page, BLOCKED);
    assert!(text(&page).contains("AADSTS50057"));
    assert!(browser.cookies.keys().all(|(_, name)| name != "ESTSAUTH"));
}

#[test]
fn an_initial_password_works_once_and_must_be_changed() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let page = browser.get(START);
    let page = browser.choose(&page, NEWCOMER);
    let page = browser.submit(&page, &[("password", "wrong")]);
    assert!(text(&page).contains("AADSTS50126"));
    let page = browser.submit(&page, &[("password", INITIAL)]);
    let change = |new, again| [("password", INITIAL), ("new", new), ("again", again)];
    for (new, again) in [
        ("", ""),
        ("weak", "weak"),
        (INITIAL, INITIAL),
        ("Own-Horse-22", "Own-Horse-23"),
    ] {
        let page = browser.submit(&page, &change(new, again));
        assert!(text(&page).contains("name=\"again\""), "{new}");
        assert!(browser.cookies.keys().all(|(_, name)| name != "ESTSAUTH"));
    }
    let posted = browser.submit(&page, &change("Own-Horse-22", "Own-Horse-22"));
    browser.submit(&posted, &[]);
    assert_eq!(who(&browser), Some(NEWCOMER));

    let mut again = Browser::new(&world);
    let page = again.get(START);
    let page = again.choose(&page, NEWCOMER);
    let page = again.submit(&page, &[("password", INITIAL)]);
    assert!(text(&page).contains("AADSTS50126"));
    let posted = again.submit(&page, &[("password", "Own-Horse-22")]);
    again.submit(&posted, &[]);
    assert_eq!(who(&again), Some(NEWCOMER));
}

#[test]
fn texts_of_the_directory_and_of_requests_are_escaped() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let page = text(&browser.get(START));
    assert!(
        !page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"),
        "{page}"
    );
    let sign_in = browser.get(START);
    let found = browser.submit(&sign_in, &[("search", "\"><script>alert(2)</script>")]);
    assert!(text(&found).contains("value=\"&quot;&gt;&lt;script&gt;alert(2)"));
    let url = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=%3Cscript%3Ealert(3)";
    let refused = browser.once(Method::GET, url, String::new());
    assert_eq!(refused.status, 400);
    assert!(!text(&refused).contains("<script>alert"));
    assert!(
        header(&refused, "Content-Security-Policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
}
