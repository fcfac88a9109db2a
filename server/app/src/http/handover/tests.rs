//! A manager, a stranger and a link scanner at the hand-over page, with the directory behind it.

use axum::http::{Request, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use store::jobs::JobEnd;
use url::Url;

use super::*;
use crate::http::browser::{Browser, Seen, decrypt, pair};
use crate::testing::{ACCOUNT, Directory, MANAGER, TestService, completed, events, mails};

fn token_of(page: &Seen) -> String {
    let (_, rest) = page.body.split_once("data-token=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

fn said(seen: &Seen) -> Value {
    serde_json::from_str(&seen.body).unwrap()
}

/// The one page that a completed application opened.
async fn opened(service: &Service) -> Uuid {
    let mails = mails(service).await;
    let mail = mails
        .iter()
        .find(|mail| mail.kind == crate::mail::Kind::Password)
        .unwrap();
    assert_eq!(mail.to.as_str(), MANAGER.to_string());
    mail.facts.url.rsplit('/').next().unwrap().parse().unwrap()
}

/// The manager, signed in at the page.
struct At<'a> {
    id: Uuid,
    path: String,
    manager: Browser<'a>,
    token: String,
}

impl<'a> At<'a> {
    async fn page(service: &'a Arc<Service>, directory: &'a Directory) -> Self {
        completed(service).await;
        let id = opened(service).await;
        let path = format!("/handover/{id}");
        let mut manager = Browser::of(service, directory, MANAGER);
        let token = token_of(&manager.sign_in(&path).await);
        Self {
            id,
            path,
            manager,
            token,
        }
    }
}

async fn run_job(service: &Service, id: Uuid) -> JobEnd {
    let manager = workflow::PersonId::new(MANAGER.to_string());
    crate::handover::show(service, id, &manager, ACCOUNT)
        .await
        .unwrap()
}

#[tokio::test]
async fn r05_the_manager_sees_a_fresh_password_once_and_opening_the_page_burns_nothing() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let application = completed(service).await;
    let id = opened(service).await;
    let path = format!("/handover/{id}");
    let first = directory.memory().passwords.len();

    let mut manager = Browser::of(service, &directory, MANAGER);
    let page = manager.sign_in(&path).await;
    assert!(page.body.contains("h.takahashi@contoso.example") && page.body.contains("表示"));
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'nonce-"),
        "{policy}"
    );
    manager.open(&path).await;
    assert_eq!(directory.memory().passwords.len(), first);

    let token = token_of(&page);
    for round in 1..=2 {
        let (key, public) = pair();
        let asked = manager
            .post(&format!("{path}/ask"), &token, json!({ "key": public }))
            .await;
        assert_eq!(said(&asked), json!({ "state": "asked" }));
        assert!(matches!(run_job(service, id).await, JobEnd::Later(..)));
        let ready = said(&manager.post(&format!("{path}/answer"), &token, json!({})).await);
        let shown = decrypt(&key, ready["ciphertext"].as_str().unwrap());
        assert_eq!(
            directory.memory().passwords.len(),
            first + round,
            "each showing sets a new one"
        );
        assert_eq!(directory.memory().passwords.last(), Some(&shown));
        let again = manager.post(&format!("{path}/answer"), &token, json!({})).await;
        assert_eq!(said(&again), json!({ "state": "waiting" }));
    }
    let shown = |event: &workflow::Event| matches!(event, workflow::Event::PasswordShown { .. });
    assert_eq!(
        events(service, &application)
            .await
            .iter()
            .filter(|event| shown(event))
            .count(),
        2
    );
}

#[tokio::test]
async fn r05_a_password_that_nobody_fetches_does_not_stay() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let At {
        id,
        path,
        mut manager,
        token,
    } = At::page(service, &directory).await;
    let (_, public) = pair();
    manager
        .post(&format!("{path}/ask"), &token, json!({ "key": public }))
        .await;
    run_job(service, id).await;
    test.later(jiff::SignedDuration::from_mins(6));
    assert_eq!(run_job(service, id).await, JobEnd::Done);
    let answer = manager.post(&format!("{path}/answer"), &token, json!({})).await;
    assert_eq!(said(&answer), json!({ "state": "waiting" }));
}

#[tokio::test]
async fn nobody_else_gets_in() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let At {
        path,
        mut manager,
        token,
        ..
    } = At::page(service, &directory).await;
    let key = json!({ "key": pair().1 });
    let ask = format!("{path}/ask");

    let mut stranger = Browser::of(service, &directory, ACCOUNT);
    stranger.sign_in(&path).await;
    let forgotten = stranger.open(&path).await;
    assert_eq!(
        forgotten.status,
        StatusCode::SEE_OTHER,
        "he may sign in as somebody else"
    );
    let mut stranger = Browser::of(service, &directory, ACCOUNT);
    stranger.stubborn = true;
    assert_eq!(stranger.sign_in(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        stranger.post(&ask, &token, key.clone()).await.status,
        StatusCode::FORBIDDEN
    );
    let mut unknown = Browser::of(service, &directory, MANAGER);
    assert_eq!(
        unknown.post(&ask, &token, key.clone()).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        manager.post(&ask, "", key.clone()).await.status,
        StatusCode::FORBIDDEN
    );
    let foreign = Request::post(&ask)
        .header("x-handover-token", &token)
        .header("origin", "https://evil.example");
    assert_eq!(manager.send(foreign, &key).await.status, StatusCode::FORBIDDEN);
    let weak = json!({ "key": STANDARD.encode(b"not a key") });
    assert_eq!(
        manager.post(&ask, &token, weak).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        directory.memory().passwords.len(),
        1,
        "only the one of the creation"
    );
}

#[tokio::test]
async fn a_sign_in_that_was_not_started_here_is_refused() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let mut browser = Browser::of(&test.service, &directory, MANAGER);
    let path = "/handover/00000000-0000-0000-0000-000000000001";
    browser.vouch("nonce of another sign-in");
    assert_eq!(
        browser.open("/sign-in?code=c&state=s").await.status,
        StatusCode::FORBIDDEN
    );
    browser.open(path).await;
    assert_eq!(
        browser.open("/sign-in?code=c&state=s").await.status,
        StatusCode::FORBIDDEN
    );
    let sent = browser.open(path).await;
    let entra = Url::parse(sent.headers[header::LOCATION].to_str().unwrap()).unwrap();
    let state = entra
        .query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned();
    browser.cookies = vec![browser.cookies.pop().unwrap()];
    let answer = browser.open(&format!("/sign-in?code=c&state={state}")).await;
    assert_eq!(
        answer.status,
        StatusCode::FORBIDDEN,
        "the token answers another nonce"
    );
    let mut forged = browser.cookies[0].clone();
    forged.insert(forged.find('=').unwrap() + 1, 'A');
    browser.cookies = vec![forged];
    assert_eq!(
        browser
            .open(&format!("/sign-in?code=c&state={state}"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn whoever_has_left_is_shown_nothing_although_his_cookie_is_still_good() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let At {
        id,
        path,
        mut manager,
        token,
        ..
    } = At::page(service, &directory).await;
    let key = json!({ "key": pair().1 });
    let ask = format!("{path}/ask");
    assert_eq!(
        manager.post(&ask, &token, key.clone()).await.status,
        StatusCode::OK
    );
    directory.memory().leaves("j.suzuki@contoso.example");
    assert_eq!(run_job(service, id).await, JobEnd::Done);
    assert_eq!(
        directory.memory().passwords.len(),
        1,
        "only the one of the creation"
    );
    for seen in [
        manager.post(&ask, &token, key).await,
        manager.post(&format!("{path}/answer"), &token, json!({})).await,
    ] {
        assert_eq!(seen.status, StatusCode::UNAUTHORIZED);
    }
    let page = manager.sign_in(&path).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "and no circle of sign-ins");
}
